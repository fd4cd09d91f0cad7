"""The exact audit of §4.4: an attacker who knows sizes, memberships, rules and every display.

It shares with the protector the model of the question and nothing else. A pair (target, answer)
is safe when two whole-number populations, both in agreement with everything displayed, are far
enough apart (``regles`` are monotone); a leak is proved by two optima; what could be proved
neither way is not published (fail closed).
"""

from dataclasses import dataclass, field

import numpy as np

from .cibles import NOMS, Cibles, cibles_de
from .modele import Audit, Booleens, Entiers, Fuite, Probleme, Reels
from .moyennes import fuites_de_moyennes
from .regles import Mesure, enfreint, nommer
from .temoins import Programme, Reserve, indicatrice

_GRAINE = 4004
_MANCHES = 60
"""Programs that each look for many pairs at once, at most, before one pair at a time."""
_STERILES = 3


def auditer(
    probleme: Probleme, bas: Entiers, haut: Entiers, cibles: Cibles | None = None
) -> Audit:
    """Attack one question shown between ``bas`` and ``haut`` (cell by cell), in full.

    ``cibles``: targets already listed for the same groups and ``n_min``.
    """
    cibles = cibles or cibles_de(probleme.groupes, probleme.tailles, probleme.parametres.n_min)
    audits = []
    for rang, partie in enumerate(probleme.par_reponse()):
        ici = probleme.cellules[:, 1] == rang if partie is not probleme else slice(None)
        audit = Auditeur(partie, cibles).examiner(bas[ici], haut[ici])
        audits.append(_replacer(audit, rang) if partie is not probleme else audit)
    return reunir(audits)


def _replacer(audit: Audit, classe: int) -> Audit:
    fuites = tuple(
        Fuite(f.morceaux, classe, f.bas, f.haut, f.regle, f.cible) for f in audit.fuites
    )
    return Audit(fuites, audit.inacheve, audit.cibles, audit.temoins, audit.programmes)


def reunir(audits: list[Audit]) -> Audit:
    """Return one verdict for several independent audits."""
    return Audit(
        tuple(fuite for audit in audits for fuite in audit.fuites),
        " ; ".join(sorted({audit.inacheve for audit in audits if audit.inacheve})),
        sum(audit.cibles for audit in audits),
        sum(audit.temoins for audit in audits),
        sum(audit.programmes for audit in audits),
    )


@dataclass(slots=True)
class _Enquete:
    """One attack in progress: what is left to prove."""

    programme: Programme
    bas: Entiers
    haut: Entiers
    ouvertes: Booleens
    """Pairs not yet proved safe nor leaking."""
    fuites: list[Fuite] = field(default_factory=list)
    inacheve: str = ""


class Auditeur:
    """Attacks successive displays of one problem, and keeps the populations it met."""

    def __init__(self, probleme: Probleme, cibles: Cibles) -> None:
        if probleme.multiple and probleme.nb_reponses > 1:
            raise ValueError("audit each answer of a multiple choice (par_reponse)")
        self.probleme, self.cibles = probleme, cibles
        self._hasard = np.random.default_rng(_GRAINE)
        paires = self._paires_a_risque()
        utiles, rangs = np.unique(paires[:, 0], return_inverse=True)
        self._origines = cibles.origines[utiles]
        self._tailles = cibles.tailles[utiles]
        self.reserve = Reserve(
            probleme, cibles.ensembles[utiles], np.column_stack([rangs, paires[:, 1]])
        )
        if not probleme.erases.any():
            self.reserve.ajouter(probleme.verite)

    def _paires_a_risque(self) -> Entiers:
        """Return the pairs that some interval could expose, by their true count.

        With m ≤ x ≤ n-m and n ≥ n_min no rule can be broken by an interval that contains x.
        """
        p = self.probleme.parametres
        connus = self.cibles.ensembles @ (self.probleme.verite @ self.probleme.classes.T)
        plus = np.asarray(self.cibles.ensembles @ self.probleme.erases)[:, None]
        n = self.cibles.tailles[:, None]
        risque = (n < p.n_min) | (connus < p.m) | (n - connus - plus < p.m)
        return np.argwhere(risque & (n > 0)).astype(np.int64)

    def ajouter(self, x: Entiers) -> None:
        """Take a population that may agree with what is shown: it may spare a program."""
        self.reserve.ajouter(x)

    def examiner(self, bas: Entiers, haut: Entiers, *, limite: int | None = None) -> Audit:
        """Attack the cells shown between ``bas`` and ``haut``; stop after ``limite`` leaks."""
        if self.cibles.inacheve:
            return Audit((), self.cibles.inacheve)
        programme = Programme(self.probleme, bas, haut)
        fuites = self._groupes_trop_petits(bas, haut)
        rangs = self._depart(programme)
        if not rangs:
            return Audit(tuple(fuites), "aucune population ne correspond à ce qui est affiché")
        dessous, dessus = self.reserve.bornes(rangs)
        enquete = _Enquete(programme, dessous, dessus, np.ones(dessous.size, np.bool_), fuites)
        self._refermer(enquete)
        self._par_lots(enquete)
        self._une_a_une(enquete, limite)
        if not enquete.inacheve and (limite is None or len(enquete.fuites) < limite):
            trouvees, doute = fuites_de_moyennes(programme, self.reserve, self.cibles)
            enquete.fuites += trouvees
            enquete.inacheve = doute
        return Audit(
            tuple(enquete.fuites),
            enquete.inacheve,
            dessous.size,
            len(self.reserve.accord(bas, haut)),
            programme.resolus,
        )

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

    def _depart(self, programme: Programme) -> list[int]:
        """Return the populations known to agree; find a first one if there is none."""
        rangs = self.reserve.accord(programme.bas, programme.haut)
        if not rangs:
            rien = np.zeros(self.probleme.verite.size)
            premier = programme.extreme(rien)
            if premier.x is not None and self.reserve.ajouter(premier.x):
                rangs = [len(self.reserve.populations) - 1]
        return rangs

    def _mesure(self, enquete: _Enquete, rangs: Entiers | slice = slice(None)) -> Mesure:
        paires = self.reserve.paires[rangs]
        ensembles = self.reserve.ensembles
        if not hasattr(self, "_vrais"):
            self._vrais = self.reserve.compter(self.probleme.verite)
            self._plus = np.asarray(ensembles @ self.probleme.erases)[self.reserve.paires[:, 0]]
        vrais = self._vrais[rangs]
        return Mesure(
            self._tailles[paires[:, 0]],
            enquete.bas[rangs],
            enquete.haut[rangs],
            vrais,
            vrais + self._plus[rangs],
            self.probleme.parametres,
        )

    def _refermer(self, enquete: _Enquete) -> None:
        """Close the pairs that the populations met so far prove safe."""
        rangs = np.flatnonzero(enquete.ouvertes)
        if rangs.size:
            enquete.ouvertes[rangs] = enfreint(self._mesure(enquete, rangs))

    def _noter(self, enquete: _Enquete, x: Entiers | None) -> None:
        if x is not None and self.reserve.ajouter(x):
            comptes = self.reserve.dernier()
            np.minimum(enquete.bas, comptes, out=enquete.bas)
            np.maximum(enquete.haut, comptes, out=enquete.haut)
            self._refermer(enquete)

    def _par_lots(self, enquete: _Enquete) -> None:
        """Push many pairs at once, up or down by chance, while it pays."""
        steriles = 0
        for _ in range(_MANCHES):
            rangs = np.flatnonzero(enquete.ouvertes)
            if rangs.size <= 1 or steriles >= _STERILES:
                return
            choix = self._hasard.permutation(rangs)[: max(1, rangs.size // 2)]
            signes = self._hasard.choice([-1.0, 1.0], size=choix.size)
            trouve = enquete.programme.maximiser(self._objectif(choix, signes))
            if trouve.fini and trouve.x is None:
                trouve = enquete.programme.maximiser(
                    self._objectif(choix, signes), entier=True, ecart=0.02
                )
            avant = int(enquete.ouvertes.sum())
            self._noter(enquete, trouve.x)
            steriles = 0 if avant - int(enquete.ouvertes.sum()) > 1 else steriles + 1

    def _objectif(self, rangs: Entiers, signes: Reels) -> Reels:
        paires = self.reserve.paires[rangs]
        poids = np.zeros((self.probleme.nb_morceaux, self.probleme.nb_reponses))
        for classe in np.unique(paires[:, 1]):
            ici = paires[:, 1] == classe
            somme = self.reserve.ensembles[paires[ici, 0]].T @ signes[ici]
            poids += np.outer(somme, self.probleme.classes[classe])
        return np.asarray(poids.ravel(), dtype=np.float64)

    def _une_a_une(self, enquete: _Enquete, limite: int | None) -> None:
        while not enquete.inacheve and (limite is None or len(enquete.fuites) < limite):
            rangs = np.flatnonzero(enquete.ouvertes)
            if not rangs.size:
                return
            self._trancher(enquete, int(rangs[0]))

    def _trancher(self, enquete: _Enquete, rang: int) -> None:
        """Find how far one count can go, up then down; name the rule it breaks, if any."""
        cible, classe = self.reserve.paires[rang]
        morceaux = self.reserve.ensembles[[cible]].toarray()[0]
        objectif = indicatrice(morceaux, self.probleme.classes[classe])
        for sens in (1.0, -1.0):
            trouve = enquete.programme.extreme(sens * objectif)
            if trouve.x is None:
                enquete.inacheve = "preuve inachevée : le solveur n’a pas conclu"
                return
            self._noter(enquete, trouve.x)
            if not enquete.ouvertes[rang]:
                return
        enquete.ouvertes[rang] = False
        regle = nommer(self._mesure(enquete, np.array([rang])))
        enquete.fuites.append(
            Fuite(
                tuple(np.flatnonzero(morceaux).tolist()),
                int(classe),
                int(enquete.bas[rang]),
                int(enquete.haut[rang]),
                regle,
                NOMS[int(self._origines[cible])],
            )
        )

    def intervalle(
        self, bas: Entiers, haut: Entiers, morceaux: Booleens | Entiers, classe: int
    ) -> tuple[int, int]:
        """Return exactly the least and greatest count of a class in a set of pieces.

        Errors: ``ArithmeticError`` when a program is not finished.
        """
        programme = Programme(self.probleme, bas, haut)
        objectif = indicatrice(morceaux, self.probleme.classes[classe])
        dessus, dessous = programme.extreme(objectif), programme.extreme(-objectif)
        if dessus.x is None or dessous.x is None:
            raise ArithmeticError("unfinished")
        return round(-dessous.valeur), round(dessus.valeur)
