"""Protector: what each cell shows, and how it may be widened (§4.2, §4.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .modele import Affichage, Booleens, Entiers, Nature, Probleme, Reels
from .reparation import Jeu, cout

_DEJA_FLOU = 0.4


class Mode(StrEnum):
    """How the cells of one distribution are shown."""

    BANDES = "bandes"
    TROUS = "trous"
    MASQUE = "masque"


@dataclass(slots=True)
class Consigne:
    """What the protector starts from, cell by cell."""

    fixes: Booleens
    """Cells already published: they say what they said."""
    bas: Entiers
    """Low end of what is published; anything elsewhere."""
    haut: Entiers
    nb_totaux: Entiers
    """Dimensions that each cell adds over."""
    ordre: Reels
    """Keyed random numbers that break ties."""

    def de(self, ici: Entiers) -> "Consigne":
        """Return the part of some cells."""
        return Consigne(
            self.fixes[ici], self.bas[ici], self.haut[ici], self.nb_totaux[ici], self.ordre[ici]
        )

    def suivie(self, bornes: Sequence[tuple[int, int]]) -> "Consigne":
        """Return these cells, then others that are decided: they say what they say."""
        bas, haut = (np.array([b[cote] for b in bornes], dtype=np.int64) for cote in (0, 1))
        zeros = np.zeros(len(bornes), dtype=np.int64)
        return Consigne(
            np.concatenate([self.fixes, np.ones(len(bornes), dtype=np.bool_)]),
            np.concatenate([self.bas, bas]),
            np.concatenate([self.haut, haut]),
            np.concatenate([self.nb_totaux, zeros]),
            np.concatenate([self.ordre, zeros.astype(np.float64)]),
        )


class Presentation:
    """The display in progress."""

    def __init__(self, probleme: Probleme, consigne: Consigne) -> None:
        self.p, self.consigne = probleme, consigne
        self.n = probleme.bases
        self.x = probleme.sommes(probleme.verite)
        self.groupe = probleme.cellules[:, 0]
        self.distribution = self.groupe
        """What passes to bands or holes at once: the answers of a group; of several, each alone."""
        if probleme.coches:
            self.distribution = self.groupe * len(probleme.classes) + probleme.cellules[:, 1]
        self.couts = cout(probleme, consigne.nb_totaux)
        self.modes: dict[int, Mode] = {}
        m = probleme.parametres.m
        self.petit = self.x < m
        self.grand = ~self.petit & (self.n - self.x < m)
        self.primaire = self.petit | self.grand
        self.affichage = Affichage(self.x.copy(), self.x.copy(), [Nature.EXACT] * self.n.size)

    # --- steps 2 and after: writing what a cell shows ---------------------------------------

    def premier_affichage(self) -> None:
        """Step 2: bands for small counts and small complements, nothing of small groups."""
        for rang in range(self.n.size):
            if not self.consigne.fixes[rang]:
                self.montrer(rang, self.nature_de_bande(rang))
        fixes = self.consigne.fixes
        self.affichage.bas[fixes] = self.consigne.bas[fixes]
        self.affichage.haut[fixes] = self.consigne.haut[fixes]
        for une in np.unique(self.distribution[~fixes]).tolist():
            petit = self.effectif(une) < self.p.parametres.n_min
            self.modes[une] = Mode.MASQUE if petit else Mode.BANDES

    def reprendre(self, ici: Entiers, affichage: Affichage, modes: Mapping[int, Mode]) -> None:
        """Take some cells as they were protected alone; ``modes``: by group."""
        for rang, bas, haut, nature in zip(
            ici.tolist(), affichage.bas, affichage.haut, affichage.nature, strict=True
        ):
            self.affichage.bas[rang], self.affichage.haut[rang] = bas, haut
            self.affichage.nature[rang] = nature
            if not self.consigne.fixes[rang]:
                self.modes[int(self.distribution[rang])] = modes[int(self.groupe[rang])]

    def effectif(self, distribution: int) -> int:
        """Return the persons of the group of a distribution."""
        return int(self.p.effectifs[self.groupe_de(distribution)])

    def groupe_de(self, distribution: int) -> int:
        """Return the group of a distribution."""
        return distribution // len(self.p.classes) if self.p.coches else distribution

    def nature_de_bande(self, rang: int) -> Nature:
        """Return what step 2 shows of a cell."""
        if self.n[rang] < self.p.parametres.n_min:
            return Nature.MASQUE
        if self.petit[rang]:
            return Nature.BAS
        return Nature.HAUT if self.grand[rang] else Nature.EXACT

    def montrer(self, rang: int, nature: Nature) -> None:
        """Write what a cell shows."""
        n, m = int(self.n[rang]), self.p.parametres.m
        x = int(self.x[rang])
        self.affichage.bas[rang], self.affichage.haut[rang] = {
            Nature.EXACT: (x, x),
            Nature.BAS: (0, m - 1),
            Nature.HAUT: (n - m + 1, n),
            Nature.MILIEU: (m, n - m),
            Nature.MASQUE: (0, n),
        }[nature]
        self.affichage.nature[rang] = nature

    def cellules(self, distribution: int) -> Entiers:
        """Return the cells of one distribution that were not published before."""
        return np.flatnonzero((self.distribution == distribution) & ~self.consigne.fixes)

    def passer(self, distribution: int, mode: Mode) -> None:
        """Put a distribution in a mode; in TROUS a hole says nothing of what it hides."""
        if self.modes.get(distribution, Mode.MASQUE) in (mode, Mode.MASQUE):
            return
        self.modes[distribution] = mode
        for rang in self.cellules(distribution):
            if mode is Mode.MASQUE or self.affichage.nature[rang] is not Nature.EXACT:
                self.montrer(int(rang), Nature.MASQUE)

    def elargir(self, bouges: Entiers, *, libre: bool) -> bool:
        """Widen the cells that moved; return whether anything changed."""
        change = False
        for rang in bouges.tolist():
            une = int(self.distribution[rang])
            if libre:
                self.passer(une, Mode.TROUS)
            trous = self.modes[une] is not Mode.BANDES
            nature = Nature.MASQUE if trous else Nature.MILIEU
            if self.affichage.nature[rang] is not nature:
                self.montrer(rang, nature)
                change = True
        return change

    # --- before the first audit ----------------------------------------------------------------

    def devancer(self) -> None:
        """Hide what obviously has to be: a lone band is given back by its exact neighbours.

        In each distribution where bands cannot move, the answer told most often overall becomes
        MILIEU: the same one everywhere, so that rows compensate each other.
        """
        if self.p.coches:
            return  # bands of several answers take all their values side by side
        simples = self.p.cellules[:, 1] < self.p.nb_reponses
        poids = np.bincount(self.p.cellules[:, 1], weights=self.x)
        for groupe, mode in self.modes.items():
            if mode is not Mode.BANDES or not self._bloque(groupe):
                continue
            for rang in sorted(self.cellules(groupe), key=lambda r: -poids[self.p.cellules[r, 1]]):
                if simples[rang] and self._peut_ceder(int(rang)):
                    self.montrer(int(rang), Nature.MILIEU)
                    break

    def _bloque(self, groupe: int) -> bool:
        """Return whether the bands of a distribution cannot take all their values."""
        rangs = self.cellules(groupe)
        bas, haut = self.affichage.bas[rangs], self.affichage.haut[rangs]
        bandes = bas < haut
        if not bandes.any():
            return False
        reste = int(self.p.effectifs[groupe]) - int(bas.sum())
        marge = int((haut - bas).sum())
        largeurs = (haut - bas)[bandes]
        return bool((largeurs > reste).any() or (marge - largeurs < reste).any())

    def _peut_ceder(self, rang: int) -> bool:
        m, n, x = self.p.parametres.m, int(self.n[rang]), int(self.x[rang])
        exact = self.affichage.nature[rang] is Nature.EXACT
        return exact and x - m >= m - 1 and n - m - x >= m - 1

    def jeu(self, *, libre: bool) -> Jeu:
        """Return how far cells may move: inside MILIEU, or anywhere (``libre``)."""
        m, a = self.p.parametres.m, self.affichage
        exact = a.bas == a.haut
        trous = np.array(
            [self.modes.get(d) is not Mode.BANDES for d in self.distribution.tolist()]
        )
        partout = trous | libre
        dessous = np.where(partout, a.bas, np.where(exact, a.bas - m, 0))
        dessus = np.where(partout, self.n - a.haut, np.where(exact, self.n - m - a.haut, 0))
        couts = np.where(exact, self.couts, _DEJA_FLOU) * (1.0 + 0.01 * self.consigne.ordre)
        for bornes in (dessous, dessus):
            bornes[self.consigne.fixes] = 0
        return Jeu(np.maximum(dessous, 0.0), np.maximum(dessus, 0.0), couts)
