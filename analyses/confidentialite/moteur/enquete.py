"""Auditor: one attack, from what is known of earlier ones to a verdict on every pair."""

import numpy as np

from .cibles import NOMS, Cibles
from .modele import Entiers, Fuite, Probleme, Reels
from .regles import Mesure, enfreint, nommer
from .temoins import Optimum, Programme, Reserve, indicatrice

INACHEVE = "preuve inachevée\u00a0: le solveur n’a pas conclu"
_GRAINE = 4004
_MANCHES = 60
"""Programs that each look for many pairs at once, at most, before one pair at a time."""
_STERILES = 3
_PRES = 0.3
_SUSPECTES = 12
_ESSAIS = 3
_MARGE = 1e-4


class Dossier:
    """What an attacker keeps from one display to the next: programs, populations, truths."""

    def __init__(self, probleme: Probleme, cibles: Cibles) -> None:
        self.probleme, self.cibles = probleme, cibles
        self.programme = Programme(probleme)
        self.hasard = np.random.default_rng(_GRAINE)
        paires = self._paires_a_risque()
        utiles, rangs = np.unique(paires[:, 0], return_inverse=True)
        self.origines = cibles.origines[utiles]
        self.tailles = cibles.tailles[utiles]
        self.reserve = Reserve(
            probleme, cibles.ensembles[utiles], np.column_stack([rangs, paires[:, 1]])
        )
        self.vrais = self.reserve.compter(probleme.verite)
        plus = np.asarray(self.reserve.ensembles @ probleme.erases)
        self.plus = plus[self.reserve.paires[:, 0]]
        self.suspectes: dict[int, None] = {}
        """Pairs that leaked, the latest last."""
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

    def mesurer(self, bas: Entiers, haut: Entiers, rangs: Entiers) -> Mesure:
        """Return what is known of some pairs."""
        paires = self.reserve.paires[rangs]
        vrais = self.vrais[rangs]
        return Mesure(
            self.tailles[paires[:, 0]],
            bas,
            haut,
            vrais,
            vrais + self.plus[rangs],
            self.probleme.parametres,
        )

    def objectif(self, rangs: Entiers, signes: Reels) -> Reels:
        """Return the objective that pushes several pairs at once, up or down."""
        paires = self.reserve.paires[rangs]
        poids = np.zeros((self.probleme.nb_morceaux, self.probleme.nb_reponses))
        for classe in np.unique(paires[:, 1]):
            ici = paires[:, 1] == classe
            somme = self.reserve.ensembles[paires[ici, 0]].T @ signes[ici]
            poids += np.outer(somme, self.probleme.classes[classe])
        return np.asarray(poids.ravel(), dtype=np.float64)

    def regle(self, rang: int, bas: int, haut: int) -> str:
        """Name the rule that an interval breaks for one pair, or nothing."""
        ici = np.array([rang])
        return nommer(self.mesurer(np.array([bas]), np.array([haut]), ici))

    def indicatrice(self, rang: int) -> Reels:
        """Return the objective that counts one pair."""
        cible, classe = self.reserve.paires[rang]
        morceaux = self.reserve.ensembles[[cible]].toarray()[0]
        return indicatrice(morceaux, self.probleme.classes[classe])

    def fuite(self, rang: int, bas: int, haut: int) -> Fuite:
        """Write down that one pair leaks."""
        cible, classe = (int(v) for v in self.reserve.paires[rang])
        morceaux = tuple(self.reserve.ensembles[[cible]].indices.tolist())
        nom = NOMS[int(self.origines[cible])]
        self.suspectes.pop(rang, None)
        self.suspectes[rang] = None
        return Fuite(morceaux, classe, bas, haut, self.regle(rang, bas, haut), nom)


class Enquete:
    """One attack in progress: what is left to prove."""

    def __init__(
        self, dossier: Dossier, places: Entiers, fuites: list[Fuite], limite: int | None
    ) -> None:
        """``places``: populations of the reserve that agree with what is shown."""
        self.dossier, self.fuites, self.limite = dossier, fuites, limite
        self.bas, self.haut = dossier.reserve.bornes(places)
        self.ouvertes = np.ones(self.bas.size, np.bool_)
        """Pairs not yet proved safe nor leaking."""
        self.inacheve = ""
        self._places = places

    def mener(self) -> None:
        """Prove every pair, until the limit of leaks is reached or a proof cannot be finished."""
        self._refermer()
        if self.limite is not None:
            self._suspectes_d_abord()
        self._par_lots()
        self._une_a_une()

    @property
    def _assez(self) -> bool:
        return self.limite is not None and len(self.fuites) >= self.limite

    def _refermer(self) -> None:
        """Close the pairs that the populations met so far prove safe."""
        rangs = np.flatnonzero(self.ouvertes)
        if rangs.size:
            self.ouvertes[rangs] = enfreint(
                self.dossier.mesurer(self.bas[rangs], self.haut[rangs], rangs)
            )

    def _noter(self, x: Entiers | None) -> None:
        place = None if x is None else self.dossier.reserve.ajouter(x)
        if place is not None:
            comptes = self.dossier.reserve.comptes(place)
            np.minimum(self.bas, comptes, out=self.bas)
            np.maximum(self.haut, comptes, out=self.haut)
            self._refermer()

    def _suspectes_d_abord(self) -> None:
        """Try first what leaked lately: the quickest way to refuse a display."""
        for rang in list(self.dossier.suspectes)[::-1][:_SUSPECTES]:
            if self._assez or self.inacheve:
                return
            if self.ouvertes[rang]:
                self._trancher(rang)

    def _par_lots(self) -> None:
        """Push many pairs at once, up or down by chance, while it pays."""
        if self.inacheve or self._assez:
            return
        steriles = 0
        for _ in range(_MANCHES):
            rangs = np.flatnonzero(self.ouvertes)
            if rangs.size <= 1 or steriles >= _STERILES:
                return
            choix = self.dossier.hasard.permutation(rangs)[: max(1, rangs.size // 2)]
            signes = self.dossier.hasard.choice([-1.0, 1.0], size=choix.size)
            trouve = self.dossier.programme.secouer(self.dossier.objectif(choix, signes), _PRES)
            avant = int(self.ouvertes.sum())
            self._noter(trouve.x)
            steriles = 0 if avant - int(self.ouvertes.sum()) > 1 else steriles + 1

    def _une_a_une(self) -> None:
        while not self.inacheve and (not self._assez):
            rangs = np.flatnonzero(self.ouvertes)
            if not rangs.size:
                return
            self._trancher(int(rangs[0]))

    def _trancher(self, rang: int) -> None:
        """Prove one pair safe or leaking; otherwise the attack is unfinished."""
        objectif = self.dossier.indicatrice(rang)
        dehors = self._dehors(rang, objectif)
        if self.ouvertes[rang] and (dehors is None or not self.dossier.regle(rang, *dehors)):
            # Real numbers leave room, no whole population was met yet: look for some.
            self._approcher(rang, objectif)
            dehors = self._en_entiers(rang, objectif) if self.ouvertes[rang] else None
        if not self.ouvertes[rang]:
            return
        if dehors is None:
            self.inacheve = INACHEVE
            return
        self.ouvertes[rang] = False
        self.fuites.append(self.dossier.fuite(rang, *dehors))

    def _recoller(self, trouve: Optimum, objectif: Reels) -> Optimum:
        """Return a whole population near a solution that cuts persons, if one is found."""
        if trouve.brut is None:
            return trouve
        proche = self.dossier.reserve.plus_proche(trouve.brut, self._places)
        return self.dossier.programme.recoller(trouve.brut, proche, objectif)

    def _dehors(self, rang: int, objectif: Reels) -> tuple[int, int] | None:
        """Bound one count over real numbers: if even those bounds break a rule, it leaks."""
        bornes = []
        for sens in (1.0, -1.0):
            trouve = self.dossier.programme.pousser(sens * objectif)
            if not trouve.fini:
                return None
            self._noter(self._recoller(trouve, sens * objectif).x)
            if not self.ouvertes[rang]:
                return None
            bornes.append(int(np.floor(trouve.valeur + _MARGE)))
        return -bornes[1], bornes[0]

    def _approcher(self, rang: int, objectif: Reels) -> None:
        """Look for populations where one count is just far enough, not as far as it can be."""
        n = int(self.dossier.tailles[self.dossier.reserve.paires[rang, 0]])
        vrai, m = int(self.dossier.vrais[rang]), self.dossier.probleme.parametres.m
        haut = m - 1 if vrai < m else n if n - vrai < m else vrai + 1
        bas = 0 if vrai < m else n - m + 1 if n - vrai < m else vrai - 1
        for sens, but in ((1.0, min(haut, n)), (-1.0, -max(bas, 0))):
            for essai in range(_ESSAIS + 1):
                atteint = self.haut[rang] if sens > 0 else -self.bas[rang]
                if atteint >= but or not self.ouvertes[rang]:
                    break
                chercher = (
                    self.dossier.programme.approcher
                    if essai < _ESSAIS
                    else self.dossier.programme.approcher_en_entiers
                )
                self._noter(chercher(sens * objectif, float(but)).x)

    def _en_entiers(self, rang: int, objectif: Reels) -> tuple[int, int] | None:
        for sens in (1.0, -1.0):
            trouve = self.dossier.programme.maximiser_en_entiers(sens * objectif)
            if trouve.x is None:
                return None
            self._noter(trouve.x)
            if not self.ouvertes[rang]:
                return None
        return int(self.bas[rang]), int(self.haut[rang])
