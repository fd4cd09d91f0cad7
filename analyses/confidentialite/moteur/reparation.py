"""Protector: one linear program finds what must give way so that one count has room (§4.3).

Unknowns may leave the truth as long as every sum holds; a cell that has to leave what it shows
costs ``1 + 2 * totals + ln(1 + x)`` a person, 0.4 when it is no longer exact. Cells that moved are
those to be widened.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, vstack

from .modele import Contraintes, Entiers, Probleme, Reels, contraintes

DUREE = 20.0
_BOUGE = 1e-6


@dataclass(frozen=True, slots=True)
class Jeu:
    """How far each cell may leave what it shows, and at what cost."""

    dessous: Reels
    dessus: Reels
    couts: Reels


@dataclass(frozen=True, slots=True)
class Deviation:
    """One way to reach a goal."""

    bouges: Entiers
    """Ranks of the cells that left what they show."""
    x: Entiers | None
    """The population, if whole."""


def cout(probleme: Probleme, nb_totaux: Entiers) -> Reels:
    """Return what it costs to move each cell by one person.

    ``nb_totaux``: of each cell, how many dimensions it adds over.
    """
    x = probleme.sommes(probleme.verite)
    return np.asarray(1.0 + 2.0 * nb_totaux + np.log1p(x))


class Reparateur:
    """Programs over one problem; its sums are written once."""

    def __init__(self, probleme: Probleme) -> None:
        self.probleme = probleme
        rien = np.zeros_like(probleme.bases)
        # Every cell is written, even one that says nothing: rows must not change.
        ecrites: Contraintes = contraintes(probleme, rien + 1, probleme.bases + 1)
        self._fixes = ecrites.matrice[probleme.bases.size :]
        self._fixes_bas = ecrites.bas[probleme.bases.size :]
        self._fixes_haut = ecrites.haut[probleme.bases.size :]
        self._plafonds = ecrites.plafonds
        self.resolus = 0

    def devier(
        self, bas: Entiers, haut: Entiers, jeu: Jeu, cible: Reels, but: tuple[float, float]
    ) -> Deviation | None:
        """Return the cheapest way to bring a sum of unknowns between two values, or nothing.

        ``bas``, ``haut``: what each cell shows; ``cible``: weights of the unknowns, piece-major.
        """
        self.resolus += 1
        p = self.probleme
        utiles = np.flatnonzero((bas > 0) | (haut < p.bases))
        mobiles = utiles[(jeu.dessous[utiles] > 0) | (jeu.dessus[utiles] > 0)]
        lignes = p.matrice[utiles]
        place = np.searchsorted(utiles, mobiles)
        nombre = mobiles.size
        ecarts = csr_array(
            (np.ones(nombre), (place, np.arange(nombre))), shape=(utiles.size, nombre)
        )
        haut_matrice = hstack([lignes, ecarts, -ecarts])
        vide = csr_array((self._fixes.shape[0] + 1, 2 * nombre))
        bas_matrice = hstack([vstack([self._fixes, csr_array(cible[None, :])]), vide])
        solution = milp(
            np.concatenate([np.zeros(cible.size), jeu.couts[mobiles], jeu.couts[mobiles]]),
            constraints=LinearConstraint(
                csr_array(vstack([haut_matrice, bas_matrice])),
                np.concatenate([bas[utiles], self._fixes_bas, [but[0]]]),
                np.concatenate([haut[utiles], self._fixes_haut, [but[1]]]),
            ),
            bounds=Bounds(
                np.zeros(cible.size + 2 * nombre),
                np.concatenate([self._plafonds, jeu.dessous[mobiles], jeu.dessus[mobiles]]),
            ),
            options={"time_limit": DUREE},
        )
        if solution.x is None or solution.status != 0:
            return None
        return self._lire(solution.x, mobiles)

    def _lire(self, solution: Reels, mobiles: Entiers) -> Deviation:
        p, nombre = self.probleme, mobiles.size
        ecarts = solution[p.verite.size :]
        bouge = np.maximum(ecarts[:nombre], ecarts[nombre:]) > _BOUGE
        inconnues = solution[: p.verite.size]
        rondes = np.rint(inconnues)
        x = None
        if np.abs(rondes - inconnues).max(initial=0.0) < 10 * _BOUGE:
            x = rondes.astype(np.int64).reshape(p.verite.shape)
        return Deviation(mobiles[bouge], x)
