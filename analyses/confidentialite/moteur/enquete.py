"""Auditor: one attack, from what is known of earlier ones to a verdict on every pair."""

import numpy as np

from .blocs import Bloc, blocs_de
from .cibles import NOMS, Cibles, a_risque
from .memoire import Memoire
from .modele import Booleens, Entiers, Fuite, Probleme, Reels
from .regles import Mesure, enfreint, nommer
from .restes import avec_les_restes
from .temoins import Programme, Reserve, indicatrice

INACHEVE = "preuve inachevée\u00a0: le solveur n’a pas conclu"
_GRAINE = 4004
_MANCHES = 200
"""Programs that each look for many pairs at once, at most, before one pair at a time."""
_STERILES = 3
_STERILES_DU_BLOC = 2
"""Small programs in vain before the next: they cost next to nothing."""
_RENTABLE = 0.02
_DECRUE = 0.8
_PEU = 4
_SUSPECTES = 12
_PREMIERES = 20
_ESSAIS = 4
_MARGE = 1e-4


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
        self.passe_bas = np.full(self.vrais.shape, -1)
        self.passe_haut = np.full(self.vrais.shape, -1)
        """What the past alone told of a pair that was audited then; -1 when it was not."""
        self.memoire = Memoire(probleme)
        self.blocs = blocs_de(probleme, self.programme)
        self._situees: set[int] = set()
        self.suspectes: dict[int, None] = {}
        """Pairs that leaked, the latest last."""
        if not probleme.erases.any():
            self.reserve.ajouter(probleme.verite)

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
        paires = self.reserve.paires[rangs]
        poids = np.zeros((self.probleme.nb_morceaux, self.probleme.nb_reponses))
        for classe in np.unique(paires[:, 1]):
            ici = paires[:, 1] == classe
            somme = self.reserve.ensembles[paires[ici, 0]].T @ signes[ici]
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
        cible, classe = (int(v) for v in self.reserve.paires[rang])
        passe = self.memoire.bornes(self._morceaux(cible), classe, objectif)
        if passe is not None:
            self.passe_bas[rang], self.passe_haut[rang] = passe

    def regle(self, rang: int, bas: int, haut: int) -> str:
        """Name the rule that an interval breaks for one pair, or nothing."""
        ici = np.array([rang])
        return nommer(self.mesurer(np.array([bas]), np.array([haut]), ici))

    def indicatrice(self, rang: int) -> Reels:
        """Return the objective that counts one pair."""
        cible, classe = self.reserve.paires[rang]
        morceaux = np.zeros(self.probleme.nb_morceaux, dtype=np.int64)
        morceaux[self._morceaux(int(cible))] = 1
        return indicatrice(morceaux, self.probleme.classes[classe])

    def _morceaux(self, cible: int) -> Entiers:
        """Return the pieces of a target, read in place: slicing costs more than the program."""
        ensembles = self.reserve.ensembles
        ici = slice(ensembles.indptr[cible], ensembles.indptr[cible + 1])
        return np.asarray(ensembles.indices[ici])

    def fuite(self, rang: int, bas: int, haut: int) -> Fuite:
        """Write down that one pair leaks."""
        cible, classe = (int(v) for v in self.reserve.paires[rang])
        morceaux = tuple(self._morceaux(cible).tolist())
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
        self._par_blocs(self.dossier.reserve.population(self._places[0]))
        while self.ouvertes.any() and not self.inacheve and not self._assez:
            avant = int(self.ouvertes.sum())
            self._par_lots()
            self._fuites_faciles()
            if self.fuites and self.limite is not None:
                return
            if int(self.ouvertes.sum()) > avant * _DECRUE:
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

    def en_doute(self) -> Booleens:
        """Return the pairs that the populations met so far do not prove safe."""
        self._refermer()
        return self.ouvertes

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
                self._sonder(rang)
        self._fuites_faciles(_PREMIERES)

    def _par_lots(self) -> None:
        """Push one answer of many targets at once, the way that is missing, while it pays."""
        steriles = 0
        for _ in range(_MANCHES):
            rangs = np.flatnonzero(self.ouvertes)
            if rangs.size <= _PEU or steriles >= _STERILES or self.inacheve or self._assez:
                return
            trouve = self.dossier.programme.secouer(self._elan(rangs))
            self._noter(trouve.x)
            self._par_blocs(trouve.x)
            ferme = rangs.size - int(self.ouvertes.sum())
            steriles = 0 if ferme > _RENTABLE * rangs.size else steriles + 1

    def _par_blocs(self, base: Entiers | None) -> None:
        """Push the targets that some unknowns alone can move from a population, while it pays."""
        if base is None:
            return
        for bloc in self.dossier.blocs:
            self._par_bloc(bloc, base, bloc.classes[self.dossier.reserve.paires[:, 1]])

    def _par_bloc(self, bloc: Bloc, base: Entiers, touchees: Booleens) -> None:
        steriles = 0
        rangs = np.flatnonzero(self.ouvertes & touchees)
        if rangs.size > _PEU:
            bloc.fixer(base)
        while rangs.size > _PEU and steriles < _STERILES_DU_BLOC:
            self._noter(bloc.secouer(self._elan(rangs)).x)
            reste = np.flatnonzero(self.ouvertes & touchees)
            steriles = 0 if reste.size < rangs.size else steriles + 1
            rangs = reste

    def _elan(self, rangs: Entiers) -> Reels:
        """Return an objective drawn by chance: one open answer of each target, up or down."""
        hasard = self.dossier.hasard
        cibles = self.dossier.reserve.paires[rangs, 0]
        ordre = np.lexsort((hasard.random(rangs.size), cibles))
        choix = rangs[ordre[np.concatenate([[True], np.diff(cibles[ordre]) > 0])]]
        plus, moins = self._manques(choix)
        vers_le_haut = hasard.random(choix.size) * (plus + moins) < plus
        poids = hasard.exponential(1.0, choix.size)
        return self.dossier.objectif(choix, np.where(vers_le_haut, poids, -poids))

    def _manques(self, rangs: Entiers) -> tuple[Entiers, Entiers]:
        """Return how far counts still have to go, up and down, for the room of their bands."""
        haut, bas = self.dossier.bandes(rangs)
        plus, moins = haut - self.haut[rangs], self.bas[rangs] - bas
        return np.maximum(plus, 0), np.maximum(moins, 0)

    def _fuites_faciles(self, combien: int | None = None) -> None:
        """Find the leaks that bounds over real numbers prove, displayed groups first."""
        for rang in np.flatnonzero(self.ouvertes).tolist()[:combien]:
            if self._assez or self.inacheve:
                return
            if self.ouvertes[rang]:
                self._sonder(rang)

    def _sonder(self, rang: int) -> None:
        """Note a leak if bounds over real numbers prove one; say nothing otherwise."""
        dehors = self._dehors(rang, self.dossier.indicatrice(rang))
        if dehors is None:
            if self.ouvertes[rang]:
                self.inacheve = INACHEVE
        elif (
            self.dossier.regle(rang, *dehors)
            and not self._rassurer(rang)
            and self.dossier.regle(rang, *dehors)  # still, whoever erased their answers
        ):
            self._fuir(rang, dehors)

    def _une_a_une(self) -> None:
        for rang in np.flatnonzero(self.ouvertes).tolist():
            if self.inacheve or self._assez:
                return
            if self.ouvertes[rang]:
                self._trancher(rang)

    def _trancher(self, rang: int) -> None:
        """Prove over whole numbers one pair safe or leaking; otherwise the attack is unfinished."""
        objectif = self.dossier.indicatrice(rang)
        self._approcher(rang, objectif)
        dehors = self._en_entiers(rang, objectif) if self.ouvertes[rang] else None
        if not self.ouvertes[rang]:
            return
        if dehors is None:
            self.inacheve = INACHEVE
        elif not self._rassurer(rang):
            self._fuir(rang, dehors)

    def _rassurer(self, rang: int) -> bool:
        """Return whether a count that seemed to leak is safe, once its bounds are proved."""
        if self.dossier.plus[rang]:
            self.dossier.situer(rang)
            self._refermer()
        return not self.ouvertes[rang]

    def _fuir(self, rang: int, dehors: tuple[int, int]) -> None:
        self.ouvertes[rang] = False
        self.fuites.append(self.dossier.fuite(rang, *dehors))

    def _dehors(self, rang: int, objectif: Reels) -> tuple[int, int] | None:
        """Bound one count over real numbers: if even those bounds break a rule, it leaks."""
        n = int(self.dossier.tailles[self.dossier.reserve.paires[rang, 0]])
        bornes = []
        for sens, bout in ((1.0, n), (-1.0, 0)):
            # Met already: no population can go further.
            if int(self.haut[rang] if sens > 0 else self.bas[rang]) == bout:
                bornes.append(bout)
                continue
            trouve = self.dossier.programme.pousser(sens * objectif)
            if not trouve.fini:
                return None
            self._noter(trouve.x)
            if not self.ouvertes[rang]:
                return None
            bornes.append(int(sens) * int(np.floor(trouve.valeur + _MARGE)))
        return bornes[1], bornes[0]

    def _approcher(self, rang: int, objectif: Reels) -> None:
        """Look for populations where one count is just far enough, not as far as it can be."""
        ici = np.array([rang])
        (haut,), (bas,) = self.dossier.bandes(ici)
        for sens, but in ((1.0, int(haut)), (-1.0, -int(bas))):
            for essai in range(_ESSAIS):
                atteint = self.haut[rang] if sens > 0 else -self.bas[rang]
                if atteint >= but or not self.ouvertes[rang]:
                    break
                programme = self.dossier.programme
                if essai == 0:
                    trouve = programme.secouer(sens * objectif)
                elif essai < _ESSAIS - 1:
                    trouve = programme.approcher(sens * objectif, float(but))
                else:
                    trouve = programme.approcher_en_entiers(sens * objectif, float(but))
                self._noter(trouve.x)

    def _en_entiers(self, rang: int, objectif: Reels) -> tuple[int, int] | None:
        for sens in (1.0, -1.0):
            trouve = self.dossier.programme.maximiser_en_entiers(sens * objectif)
            if trouve.x is None:
                return None
            self._noter(trouve.x)
            if not self.ouvertes[rang]:
                return None
        return int(self.bas[rang]), int(self.haut[rang])
