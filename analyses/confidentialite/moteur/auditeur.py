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
_PRES = 0.3
_SUSPECTES = 12
_ESSAIS = 3
_MARGE = 1e-4


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
        self.programme = Programme(probleme)
        self._hasard = np.random.default_rng(_GRAINE)
        paires = self._paires_a_risque()
        utiles, rangs = np.unique(paires[:, 0], return_inverse=True)
        self._origines = cibles.origines[utiles]
        self._tailles = cibles.tailles[utiles]
        self.reserve = Reserve(
            probleme, cibles.ensembles[utiles], np.column_stack([rangs, paires[:, 1]])
        )
        self._vrais = self.reserve.compter(probleme.verite)
        plus = np.asarray(self.reserve.ensembles @ probleme.erases)
        self._plus = plus[self.reserve.paires[:, 0]]
        self._suspectes: dict[int, None] = {}
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
        programme = self.programme
        programme.montrer(bas, haut)
        avant = programme.resolus
        fuites = self._groupes_trop_petits(bas, haut)
        places = self._depart(programme)
        if not places.size:
            return Audit(tuple(fuites), "aucune population ne correspond à ce qui est affiché")
        dessous, dessus = self.reserve.bornes(places)
        enquete = _Enquete(programme, dessous, dessus, np.ones(dessous.size, np.bool_), fuites)
        self._refermer(enquete)
        if limite is not None:
            self._suspectes_d_abord(enquete, limite)
        self._par_lots(enquete, limite)
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
            programme.resolus - avant,
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

    def _depart(self, programme: Programme) -> Entiers:
        """Return the populations known to agree; find a first one if there is none."""
        places = self.reserve.accord(programme.bas, programme.haut)
        if not places.size:
            premier = programme.extreme(np.zeros(self.probleme.verite.size))
            if premier.x is not None:
                self.reserve.ajouter(premier.x)
                places = self.reserve.accord(programme.bas, programme.haut)
        return places

    def _mesurer(self, bas: Entiers, haut: Entiers, rangs: Entiers) -> Mesure:
        paires = self.reserve.paires[rangs]
        vrais = self._vrais[rangs]
        return Mesure(
            self._tailles[paires[:, 0]],
            bas,
            haut,
            vrais,
            vrais + self._plus[rangs],
            self.probleme.parametres,
        )

    def _refermer(self, enquete: _Enquete) -> None:
        """Close the pairs that the populations met so far prove safe."""
        rangs = np.flatnonzero(enquete.ouvertes)
        if rangs.size:
            enquete.ouvertes[rangs] = enfreint(
                self._mesurer(enquete.bas[rangs], enquete.haut[rangs], rangs)
            )

    def _noter(self, enquete: _Enquete, x: Entiers | None) -> None:
        place = None if x is None else self.reserve.ajouter(x)
        if place is not None:
            comptes = self.reserve.comptes(place)
            np.minimum(enquete.bas, comptes, out=enquete.bas)
            np.maximum(enquete.haut, comptes, out=enquete.haut)
            self._refermer(enquete)

    def _suspectes_d_abord(self, enquete: _Enquete, limite: int) -> None:
        """Try first what leaked lately: the quickest way to refuse a display."""
        for rang in list(self._suspectes)[::-1][:_SUSPECTES]:
            if len(enquete.fuites) >= limite or enquete.inacheve:
                return
            if enquete.ouvertes[rang]:
                self._trancher(enquete, rang)

    def _par_lots(self, enquete: _Enquete, limite: int | None) -> None:
        """Push many pairs at once, up or down by chance, while it pays."""
        if enquete.inacheve or (limite is not None and len(enquete.fuites) >= limite):
            return
        steriles = 0
        for _ in range(_MANCHES):
            rangs = np.flatnonzero(enquete.ouvertes)
            if rangs.size <= 1 or steriles >= _STERILES:
                return
            choix = self._hasard.permutation(rangs)[: max(1, rangs.size // 2)]
            signes = self._hasard.choice([-1.0, 1.0], size=choix.size)
            trouve = enquete.programme.secouer(self._objectif(choix, signes), _PRES)
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
        dehors = self._dehors(enquete, rang, objectif)
        if not enquete.ouvertes[rang]:
            return
        if dehors is None or not self._regle(rang, *dehors):
            # Real numbers leave room, no whole population was met yet: look for some.
            self._approcher(enquete, rang, objectif)
            if not enquete.ouvertes[rang]:
                return
            dehors = self._en_entiers(enquete, rang, objectif)
            if not enquete.ouvertes[rang]:
                return
        if dehors is None:
            enquete.inacheve = "preuve inachevée : le solveur n’a pas conclu"
            return
        enquete.ouvertes[rang] = False
        self._suspectes.pop(rang, None)
        self._suspectes[rang] = None
        enquete.fuites.append(
            Fuite(
                tuple(np.flatnonzero(morceaux).tolist()),
                int(classe),
                *dehors,
                self._regle(rang, *dehors),
                NOMS[int(self._origines[cible])],
            )
        )

    def _dehors(self, enquete: _Enquete, rang: int, objectif: Reels) -> tuple[int, int] | None:
        """Bound one count over real numbers: if even those bounds break a rule, it leaks."""
        bornes = []
        for sens in (1.0, -1.0):
            trouve = enquete.programme.pousser(sens * objectif)
            if not trouve.fini:
                return None
            self._noter(enquete, trouve.x)
            if not enquete.ouvertes[rang]:
                return None
            bornes.append(int(np.floor(trouve.valeur + _MARGE)))
        return -bornes[1], bornes[0]

    def _approcher(self, enquete: _Enquete, rang: int, objectif: Reels) -> None:
        """Look for populations where one count is just far enough, not as far as it can be."""
        n = int(self._tailles[self.reserve.paires[rang, 0]])
        vrai, m = int(self._vrais[rang]), self.probleme.parametres.m
        haut = m - 1 if vrai < m else n if n - vrai < m else vrai + 1
        bas = 0 if vrai < m else n - m + 1 if n - vrai < m else vrai - 1
        for sens, but in ((1.0, min(haut, n)), (-1.0, -max(bas, 0))):
            for essai in range(_ESSAIS + 1):
                atteint = enquete.haut[rang] if sens > 0 else -enquete.bas[rang]
                if atteint >= but or not enquete.ouvertes[rang]:
                    break
                chercher = (
                    enquete.programme.approcher
                    if essai < _ESSAIS
                    else enquete.programme.approcher_en_entiers
                )
                self._noter(enquete, chercher(sens * objectif, float(but)).x)

    def _en_entiers(self, enquete: _Enquete, rang: int, objectif: Reels) -> tuple[int, int] | None:
        for sens in (1.0, -1.0):
            trouve = enquete.programme.maximiser_en_entiers(sens * objectif)
            if trouve.x is None:
                return None
            self._noter(enquete, trouve.x)
            if not enquete.ouvertes[rang]:
                return None
        return int(enquete.bas[rang]), int(enquete.haut[rang])

    def _regle(self, rang: int, bas: int, haut: int) -> str:
        """Name the rule that an interval breaks for one pair, or nothing."""
        ici = np.array([rang])
        return nommer(self._mesurer(np.array([bas]), np.array([haut]), ici))

    def intervalle(
        self, bas: Entiers, haut: Entiers, morceaux: Booleens | Entiers, classe: int
    ) -> tuple[int, int]:
        """Return exactly the least and greatest count of a class in a set of pieces.

        Errors: ``ArithmeticError`` when a program is not finished.
        """
        self.programme.montrer(bas, haut)
        objectif = indicatrice(morceaux, self.probleme.classes[classe])
        dessus, dessous = self.programme.extreme(objectif), self.programme.extreme(-objectif)
        if dessus.x is None or dessous.x is None:
            raise ArithmeticError("unfinished")
        return round(-dessous.valeur), round(dessus.valeur)
