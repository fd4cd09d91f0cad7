"""The exact audit of §4.4: an attacker who knows sizes, memberships, rules and every display.

It shares with the protector the model of the question and nothing else. A pair (target, answer)
is safe when two whole-number populations, both in agreement with everything displayed, are far
enough apart (``regles`` are monotone); a leak is proved by two optima; what could be proved
neither way is not published (fail closed).
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from .cibles import Cibles, cibles_de
from .dossier import Dossier
from .enquete import Enquete
from .modele import Audit, Booleens, Entiers, Fuite, Probleme
from .moyennes import fuites_de_moyennes
from .restes import reunir_les_cachees
from .soustractions import soustraire
from .temoins import indicatrice


def auditer(
    probleme: Probleme,
    bas: Entiers,
    haut: Entiers,
    cibles: Cibles | None = None,
    *,
    connues: Sequence[Entiers] = (),
    limite: int | None = None,
) -> Audit:
    """Attack one question shown between ``bas`` and ``haut`` (cell by cell), in full.

    ``limite``: leaks after which it is not attacked further; without any, all is proved.

    ``cibles``: targets already listed for the same groups and ``n_min``. ``connues``: populations
    that others met; they count only once checked.
    """
    cibles = cibles or cibles_de(probleme.groupes, probleme.tailles, probleme.parametres.n_min)
    auditeur = Auditeur(probleme, cibles)
    for x in connues:
        auditeur.ajouter(x)
    audit = auditeur.examiner(bas, haut, limite=limite)
    while audit.sur and auditeur.chercher(bas, haut):
        audit = auditeur.examiner(bas, haut, limite=limite)
    return audit


def reunir(audits: list[Audit]) -> Audit:
    """Return one verdict for several independent audits."""
    return Audit(
        tuple(fuite for audit in audits for fuite in audit.fuites),
        " ; ".join(sorted({audit.inacheve for audit in audits if audit.inacheve})),
        sum(audit.cibles for audit in audits),
        sum(audit.temoins for audit in audits),
        sum(audit.programmes for audit in audits),
    )


class Auditeur:
    """Attacks successive displays of one problem, and keeps the populations it met."""

    def __init__(self, probleme: Probleme, cibles: Cibles) -> None:
        self.probleme, self.cibles = probleme, cibles
        self._dossier = Dossier(probleme, cibles)

    def ajouter(self, x: Entiers) -> None:
        """Take a population that may agree with what is shown: it may spare a program."""
        self._dossier.reserve.ajouter(x)

    def en_doute(self, bas: Entiers, haut: Entiers) -> int:
        """Return how many pairs the populations met so far do not prove safe."""
        places = self._dossier.reserve.accord(bas, haut)
        if not places.size:
            return len(self._dossier.reserve.paires)
        return int(Enquete(self._dossier, places, [], None).en_doute().sum())

    def chercher(self, bas: Entiers, haut: Entiers) -> bool:
        """Look for sets that sums of told counts give, and attack them from now on (``soustractions``, ``restes``).

        Return whether there was any. ``bas``, ``haut``: as they are shown, all told that follows.
        """
        trouves = (f(self.probleme, bas, haut) for f in (soustraire, reunir_les_cachees))
        neufs = [self._dossier.suivre(*trouve) for trouve in chain.from_iterable(trouves)]
        return any(neufs)

    def temoins(self, bas: Entiers, haut: Entiers) -> list[Entiers]:
        """Return the populations met that agree with what is shown."""
        reserve = self._dossier.reserve
        return [reserve.population(place) for place in reserve.accord(bas, haut)]

    def examiner(self, bas: Entiers, haut: Entiers, *, limite: int | None = None) -> Audit:
        """Attack the cells shown between ``bas`` and ``haut``; stop after ``limite`` leaks."""
        if self.cibles.inacheve:
            return Audit((), self.cibles.inacheve)
        programme, reserve = self._dossier.programme, self._dossier.reserve
        programme.montrer(bas, haut)
        self._dossier.memoire.montrer(bas, haut)
        avant = programme.resolus
        fuites = self._groupes_trop_petits(bas, haut)
        places = self._depart()
        if not places.size:
            return Audit(tuple(fuites), "aucune population ne correspond à ce qui est affiché")
        enquete = Enquete(self._dossier, places, fuites, limite)
        enquete.mener()
        doute = enquete.inacheve
        if not doute and (limite is None or len(fuites) < limite):
            trouvees, doute = fuites_de_moyennes(programme, reserve, self.cibles)
            fuites += trouvees
        accord = len(reserve.accord(bas, haut))
        resolus = programme.resolus - avant
        return Audit(tuple(fuites), doute, enquete.bas.size, accord, resolus)

    def _groupes_trop_petits(self, bas: Entiers, haut: Entiers) -> list[Fuite]:
        """A1: an answer told of a group of fewer than ``n_min`` persons."""
        bases = self.probleme.bases
        dits = (
            (bases < self.probleme.parametres.n_min) & ((bas > 0) | (haut < bases)) & (bases > 0)
        )
        fuites = []
        for rang in np.flatnonzero(dits):
            groupe, classe = self.probleme.cellules[rang]
            morceaux = tuple(self.probleme.groupes[[groupe]].indices.tolist())
            fuites.append(
                Fuite(morceaux, int(classe), int(bas[rang]), int(haut[rang]), "A1", "groupe")
            )
        return fuites

    def _depart(self) -> Entiers:
        """Return the populations known to agree; find a first one if there is none."""
        programme, reserve = self._dossier.programme, self._dossier.reserve
        places = reserve.accord(programme.bas, programme.haut)
        if places.size:
            return places
        premier = programme.extreme(np.zeros(self.probleme.verite.size))
        if premier.x is not None:
            reserve.ajouter(premier.x)
        return reserve.accord(programme.bas, programme.haut)

    def intervalle(
        self, bas: Entiers, haut: Entiers, morceaux: Booleens | Entiers, classe: int
    ) -> tuple[int, int]:
        """Return exactly the least and greatest count of a class in a set of pieces.

        Errors: ``ArithmeticError`` when a program is not finished.
        """
        self._dossier.programme.montrer(bas, haut)
        objectif = indicatrice(morceaux, self.probleme.classes[classe])
        dessus, dessous = (
            self._dossier.programme.extreme(objectif),
            self._dossier.programme.extreme(-objectif),
        )
        if dessus.x is None or dessous.x is None:
            raise ArithmeticError("unfinished")
        return round(-dessous.valeur), round(dessus.valeur)
