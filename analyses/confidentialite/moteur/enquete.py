"""Auditor: one attack, from what is known of earlier ones to a verdict on every pair."""

import numpy as np

from .blocs import Bloc
from .dossier import Dossier
from .modele import Booleens, Entiers, Fuite, Reels
from .regles import enfreint

INACHEVE = "preuve inachevée\u00a0: le solveur n’a pas conclu"
_MANCHES = 200
"""Programs that each look for many pairs at once, at most, before one pair at a time."""
_ENSEMBLE = 64
"""Counts sought by one program, at most; half as many when it pays no longer."""
_RENTABLE = 0.5
"""Pairs closed for each count that was sought."""
_STERILES_DU_BLOC = 2
"""Small programs in vain before the next: they cost next to nothing."""
_DECRUE = 0.8
_PEU = 4
_SUSPECTES = 12
_PREMIERES = 20
_ESSAIS = 4
_MARGE = 1e-4


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
        """Bring many counts at once to the ends of their bands, the way that is missing, while it pays."""
        combien = _ENSEMBLE
        for _ in range(_MANCHES):
            rangs = np.flatnonzero(self.ouvertes)
            if rangs.size <= _PEU or combien < _PEU or self.inacheve or self._assez:
                return
            choix = self._disjointes(rangs, combien)
            self._par_blocs(self._viser(choix, self._cotes(choix)))
            ferme = rangs.size - int(self.ouvertes.sum())
            if ferme < _RENTABLE * choix.size:
                combien = min(combien, choix.size) // 2

    def _disjointes(self, rangs: Entiers, combien: int) -> Entiers:
        """Draw pairs whose targets have no piece in common: each may move without the others.

        What was ticked beside something else moves alone: the same pieces do again for another answer.
        """
        prises = 0
        choix: list[int] = []
        for rang in self.dossier.hasard.permutation(rangs).tolist():
            ici = self.dossier.inconnues_de(rang)
            if not prises & ici:
                prises |= ici
                choix.append(rang)
            if len(choix) == combien:
                break
        return np.array(choix, dtype=np.int64)

    def _cotes(self, rangs: Entiers) -> Booleens:
        """Draw which pairs to push up; the way that is missing most, most often."""
        plus, moins = self._manques(rangs)
        return np.asarray(self.dossier.hasard.random(rangs.size) * (plus + moins) < plus)

    def _viser(self, rangs: Entiers, vers_le_haut: Booleens) -> Entiers | None:
        """Look for a population where some counts are at the ends of their bands, up or down."""
        haut, bas = self.dossier.bandes(rangs)
        signes = np.where(vers_le_haut, 1.0, -1.0)
        lignes = np.array([self.dossier.indicatrice(rang) for rang in rangs.tolist()])
        trouve = self.dossier.programme.viser(
            lignes * signes[:, None], np.where(vers_le_haut, haut, -bas).astype(np.float64)
        )
        self._noter(trouve.x)
        return trouve.x

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
        """Find the leaks that bounds over real numbers prove, displayed groups first.

        Where answers go together a bound costs more than a population that shows there is no leak.
        """
        for rang in np.flatnonzero(self.ouvertes).tolist()[:combien]:
            if self._assez or self.inacheve:
                return
            for cote, vers_le_haut in enumerate((True, False) if self.dossier.blocs else ()):
                ici = np.array([rang])
                if self.ouvertes[rang] and self._manques(ici)[cote][0]:
                    self._viser(ici, np.array([vers_le_haut]))
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
                if essai < _ESSAIS - 1:
                    self._viser(ici, np.array([sens > 0]))
                    continue
                programme = self.dossier.programme
                self._noter(programme.approcher_en_entiers(sens * objectif, float(but)).x)

    def _en_entiers(self, rang: int, objectif: Reels) -> tuple[int, int] | None:
        for sens in (1.0, -1.0):
            trouve = self.dossier.programme.maximiser_en_entiers(sens * objectif)
            if trouve.x is None:
                return None
            self._noter(trouve.x)
            if not self.ouvertes[rang]:
                return None
        return int(self.bas[rang]), int(self.haut[rang])
