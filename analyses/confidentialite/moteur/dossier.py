"""Auditor: what an attacker keeps of one question from one display to the next."""

from functools import cached_property

import numpy as np

from .blocs import blocs_de
from .cibles import NOMS, RESTE, Cibles, a_risque
from .memoire import Memoire
from .modele import Entiers, Fuite, Probleme, Reels
from .regles import Mesure, nommer
from .restes import avec_les_restes
from .temoins import Programme, Reserve, indicatrice

_GRAINE = 4004


class Dossier:
    """What an attacker keeps from one display to the next: programs, populations, truths."""

    def __init__(self, probleme: Probleme, cibles: Cibles) -> None:
        self.probleme, self.cibles = probleme, cibles
        self.programme = Programme(probleme)
        self.hasard = np.random.default_rng(_GRAINE)
        cibles, paires = avec_les_restes(
            probleme, cibles, np.argwhere(a_risque(probleme, cibles.ensembles)).astype(np.int64)
        )
        utiles, rangs = np.unique(paires[:, 0], return_inverse=True)
        self.origines = cibles.origines[utiles]
        self.tailles = cibles.tailles[utiles]
        self.reserve = Reserve(
            probleme, cibles.ensembles[utiles], np.column_stack([rangs, paires[:, 1]])
        )
        self.vrais = self.reserve.compter(probleme.verite)
        """True counts; where answers were erased, the least that they can have been."""
        plus = np.asarray(self.reserve.ensembles @ probleme.erases)
        self.plus = plus[self.reserve.paires[:, 0]]
        """How much more they can have been."""
        self.passe_bas: Entiers = np.full(self.vrais.shape, -1)
        self.passe_haut: Entiers = np.full(self.vrais.shape, -1)
        """What the past alone told of a pair that was audited then; -1 when it was not."""
        self.memoire = Memoire(probleme)
        self.blocs = blocs_de(probleme, self.programme)
        self._situees: set[int] = set()
        self._morceaux: dict[int, int] = {}
        """Pieces of a target, one bit every ``nb_reponses`` (``inconnues_de``)."""
        self._suivis: set[tuple[bytes, int]] = set()
        self.suspectes: dict[int, None] = {}
        """Pairs that leaked, the latest last."""
        if not probleme.erases.any():
            self.reserve.ajouter(probleme.verite)

    def suivre(self, ensemble: Entiers, classe: int) -> bool:
        """Attack one more set of pieces (0/1) in a class from now on; return whether it is new."""
        cle = (ensemble.tobytes(), classe)
        if cle in self._suivis:
            return False
        self._suivis.add(cle)
        p = self.probleme
        self.reserve.suivre(ensemble, classe)
        self.origines = np.append(self.origines, RESTE)
        self.tailles = np.append(self.tailles, ensemble @ p.tailles)
        self.vrais = np.append(self.vrais, ensemble @ p.verite @ p.classes[classe])
        self.plus = np.append(self.plus, ensemble @ p.erases)
        self.passe_bas = np.append(self.passe_bas, -1)
        self.passe_haut = np.append(self.passe_haut, -1)
        return True

    def mesurer(self, bas: Entiers, haut: Entiers, rangs: Entiers) -> Mesure:
        """Return what is known of some pairs.

        Of erased persons the worst truth is assumed; where nothing new is told since they were
        there, the best: the audit of that day knew which (``memoire``).
        """
        n = self.tailles[self.reserve.paires[rangs, 0]]
        moins, plus = self.vrais[rangs], self.vrais[rangs] + self.plus[rangs]
        passe_bas, passe_haut = self.passe_bas[rangs], self.passe_haut[rangs]
        inchange = (passe_haut >= 0) & (bas <= passe_bas) & (haut >= passe_haut)
        milieu = np.clip(n // 2, moins, plus)
        return Mesure(
            n,
            bas,
            haut,
            np.where(inchange, milieu, moins),
            np.where(inchange, milieu, plus),
            self.probleme.parametres,
        )

    def bandes(self, rangs: Entiers) -> tuple[Entiers, Entiers]:
        """Return the ends, high then low, that each count should reach: those of its band."""
        n = self.tailles[self.reserve.paires[rangs, 0]]
        x, m = self.vrais[rangs], self.probleme.parametres.m
        petit, grand = x < m, n - x < m
        haut = np.where(petit, np.minimum(m - 1, n), np.where(grand, n, np.minimum(x + 1, n)))
        bas = np.where(petit, 0, np.where(grand, np.maximum(n - m + 1, 0), x - 1))
        return haut, bas

    def objectif(self, rangs: Entiers, signes: Reels) -> Reels:
        """Return the objective that pushes several pairs at once, up or down."""
        paires, indptr = self.reserve.paires[rangs], self.reserve.ensembles.indptr
        poids = np.zeros((self.probleme.nb_morceaux, self.probleme.nb_reponses))
        for classe in np.unique(paires[:, 1]):
            ici = np.flatnonzero(paires[:, 1] == classe)
            cibles = paires[ici, 0]
            somme = np.bincount(
                np.concatenate([self.morceaux_de(rang) for rang in rangs[ici]]),
                weights=np.repeat(signes[ici], indptr[cibles + 1] - indptr[cibles]),
                minlength=self.probleme.nb_morceaux,
            )
            poids += np.outer(somme, self.probleme.classes[classe])
        return np.asarray(poids.ravel(), dtype=np.float64)

    def situer(self, rang: int) -> None:
        """Bound a count whose answers were erased: by what is displayed, and by the past alone.

        The truth agrees with all that is shown: it lies within any bound proved from that. Only
        bounds proved in whole numbers are taken (``certitude``), so no protection is relaxed: had
        the answers been kept, the count would be known and lie there too.
        """
        if not self.plus[rang] or rang in self._situees:
            return
        self._situees.add(rang)
        objectif = self.indicatrice(rang).astype(np.int64)
        dessus, oppose = self.programme.au_plus(objectif), self.programme.au_plus(-objectif)
        moins, plus = int(self.vrais[rang]), int(self.vrais[rang] + self.plus[rang])
        bas = moins if oppose is None else max(moins, -oppose)
        haut = plus if dessus is None else min(plus, dessus)
        if bas <= haut:
            self.vrais[rang], self.plus[rang] = bas, haut - bas
        classe = int(self.reserve.paires[rang, 1])
        passe = self.memoire.bornes(self.morceaux_de(rang), classe, objectif)
        if passe is not None:
            self.passe_bas[rang], self.passe_haut[rang] = passe

    def regle(self, rang: int, bas: int, haut: int) -> str:
        """Name the rule that an interval breaks for one pair, or nothing."""
        ici = np.array([rang])
        return nommer(self.mesurer(np.array([bas]), np.array([haut]), ici))

    def indicatrice(self, rang: int) -> Reels:
        """Return the objective that counts one pair."""
        morceaux = np.zeros(self.probleme.nb_morceaux, dtype=np.int64)
        morceaux[self.morceaux_de(rang)] = 1
        return indicatrice(morceaux, self.probleme.classes[self.reserve.paires[rang, 1]])

    def morceaux_de(self, rang: int) -> Entiers:
        """Return the pieces of one pair, read in place: slicing costs more than the program."""
        ensembles, cible = self.reserve.ensembles, int(self.reserve.paires[rang, 0])
        ici = slice(ensembles.indptr[cible], ensembles.indptr[cible + 1])
        return np.asarray(ensembles.indices[ici])

    def inconnues_de(self, rang: int) -> int:
        """Return the unknowns that one pair touches, one bit each: many pairs are compared at once.

        Whoever is among others moves the part that holds them too.
        """
        cible, classe = (int(v) for v in self.reserve.paires[rang])
        if cible not in self._morceaux:
            self._morceaux[cible] = sum(
                1 << (morceau * self.probleme.nb_reponses)
                for morceau in self.morceaux_de(rang).tolist()
            )
        return self._morceaux[cible] * self._touchees[classe]

    @cached_property
    def _touchees(self) -> list[int]:
        """Return the answers that each class touches, one bit each."""
        p = self.probleme
        dites = p.classes != 0
        touchees = dites | (dites[:, p.parts].any(axis=1)[:, None] & p.parts)
        return [sum(1 << r for r in np.flatnonzero(ligne).tolist()) for ligne in touchees]

    def fuite(self, rang: int, bas: int, haut: int) -> Fuite:
        """Write down that one pair leaks."""
        cible, classe = (int(v) for v in self.reserve.paires[rang])
        morceaux = tuple(self.morceaux_de(rang).tolist())
        nom = NOMS[int(self.origines[cible])]
        self.suspectes.pop(rang, None)
        self.suspectes[rang] = None
        return Fuite(morceaux, classe, bas, haut, self.regle(rang, bas, haut), nom)
