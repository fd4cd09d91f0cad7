"""Protector: one linear program finds what must give way so that one count has room (§4.3).

Unknowns may leave the truth as long as every sum holds; a cell that has to leave what it shows
costs ``1 + 2 * totals + ln(1 + x)`` a person, 0.4 when it is no longer exact. Cells that moved are
those to be widened.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack, vstack

from .modele import Entiers, Probleme, Reels, contraintes, dites
from .solveur import DUAL, Lineaire

_BOUGE = 1e-6
_AMENDE = 10.0
"""For each person missing from a goal: what costs more is left to a program of its own."""


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
    brut: Reels
    """The unknowns as found, whole or not."""


def cout(probleme: Probleme, nb_totaux: Entiers) -> Reels:
    """Return what it costs to move each cell by one person.

    ``nb_totaux``: of each cell, how many dimensions it adds over.
    """
    x = probleme.sommes(probleme.verite)
    return np.asarray(1.0 + 2.0 * nb_totaux + np.log1p(x))


class Reparateur:
    """Programs over one problem: the unknowns, then how far each cell goes below and above."""

    def __init__(self, probleme: Probleme) -> None:
        self.probleme = probleme
        self.nombre = probleme.bases.size
        self.taille = probleme.verite.size
        rien = np.zeros_like(probleme.bases)
        ecrites = contraintes(probleme, rien, probleme.bases)
        un = eye_array(self.nombre, format="csr")
        reste = csr_array((ecrites.matrice.shape[0] - self.nombre, 2 * self.nombre))
        ecarts = vstack([hstack([un, -un]), reste])
        self._lineaire = Lineaire(
            csr_array(hstack([ecrites.matrice, ecarts])),
            ecrites.bas,
            ecrites.haut,
            np.concatenate([ecrites.plafonds, np.zeros(2 * self.nombre)]),
            strategie=DUAL,
        )
        self.resolus = 0

    def devier(
        self, bas: Entiers, haut: Entiers, jeu: Jeu, cible: Reels, but: tuple[float, float]
    ) -> Deviation | None:
        """Return the cheapest way to bring a sum of unknowns between two values, or nothing.

        ``bas``, ``haut``: what each cell shows; ``cible``: weights of the unknowns, piece-major.
        """
        couts = self._poser(bas, haut, jeu)
        ligne = np.concatenate([cible, np.zeros(2 * self.nombre)])
        solution = self._lineaire.sous(ligne, *but, couts)
        return self._lire(solution.x) if solution.fini else None

    def devier_ensemble(
        self, bas: Entiers, haut: Entiers, jeu: Jeu, cibles: Reels, dessous: Reels
    ) -> Deviation | None:
        """Return a cheap way to bring each row of ``cibles`` to its least value, or as near as can be."""
        couts = self._poser(bas, haut, jeu)
        lignes = csr_array(np.hstack([cibles, np.zeros((dessous.size, 2 * self.nombre))]))
        solution = self._lineaire.avec(lignes, dessous, couts, _AMENDE)
        return self._lire(solution.x) if solution.fini else None

    def _poser(self, bas: Entiers, haut: Entiers, jeu: Jeu) -> Reels:
        """Write what is shown and how far each cell may go; return the costs."""
        self.resolus += 1
        rangs = np.arange(self.nombre)
        self._lineaire.borner_lignes(rangs, *dites(self.probleme, bas, haut))
        ecarts = self.taille + np.arange(2 * self.nombre)
        self._lineaire.borner_colonnes(ecarts, np.concatenate([jeu.dessous, jeu.dessus]))
        return np.concatenate([np.zeros(self.taille), jeu.couts, jeu.couts])

    def _lire(self, solution: Reels) -> Deviation:
        ecarts = solution[self.taille : self.taille + 2 * self.nombre]
        bouge = np.maximum(ecarts[: self.nombre], ecarts[self.nombre :]) > _BOUGE
        inconnues = solution[: self.taille]
        rondes = np.rint(inconnues)
        x = None
        if np.abs(rondes - inconnues).max(initial=0.0) < 10 * _BOUGE:
            x = rondes.astype(np.int64).reshape(self.probleme.verite.shape)
        return Deviation(np.flatnonzero(bouge), x, inconnues)
