"""Auditor: populations where only some unknowns move, the others staying as in one already known.

Answers that go together make programs with a row for each piece and answer. But most of the room of
an answer is its own: with the parts of the persons as they are, who ticked it may be others; with the
ticks as they are, the parts may move. Such a program has a few columns and is solved in no time. It
proves nothing unsafe: what it does not reach is left to the whole program.
"""

import numpy as np
from scipy.sparse import csc_array, csr_array

from .modele import Booleens, Entiers, Probleme, Reels
from .solveur import PRIMAL, Lineaire
from .temoins import Optimum, Programme


class Bloc:
    """Some unknowns of a program, the others fixed at a population that agrees with what is shown."""

    def __init__(self, programme: Programme, colonnes: Booleens) -> None:
        """``colonnes``: which unknowns move (piece-major)."""
        self.programme = programme
        self.libres = np.flatnonzero(colonnes)
        reponses = np.unique(self.libres % programme.probleme.nb_reponses)
        self.classes = (programme.probleme.classes[:, reponses] != 0).any(axis=1)
        """Which classes count some of what moves."""
        matrice = programme.ecrites.matrice
        siennes = csr_array(csc_array(matrice)[:, self.libres])
        combien = np.diff(siennes.indptr)
        self._rangs = np.flatnonzero(combien > 1)
        """Rows that tie several of them; the others are bounds of one."""
        self._seules = np.flatnonzero(combien == 1)
        self._ou = siennes.indices[siennes.indptr[self._seules]]
        self._poids = siennes.data[siennes.indptr[self._seules]]
        ici = siennes[self._rangs]
        vide = np.zeros(self._rangs.size)
        self._lineaire = Lineaire(
            ici, vide, vide, programme.ecrites.plafonds[self.libres], strategie=PRIMAL
        )
        self._base = np.zeros(matrice.shape[1], dtype=np.int64)

    def fixer(self, base: Entiers) -> None:
        """Take a population that agrees with what is shown now (pieces × answers)."""
        e = self.programme.ecrites
        self._base = base.ravel().copy()
        ailleurs = self._base.copy()
        ailleurs[self.libres] = 0
        acquis = e.matrice @ ailleurs
        bas, haut = e.bas - acquis, e.haut - acquis
        self._lineaire.borner_lignes(
            np.arange(self._rangs.size), bas[self._rangs], haut[self._rangs]
        )
        moins = np.zeros(self.libres.size)
        plus = e.plafonds[self.libres].copy()
        # A row that says ``-x`` between two numbers says ``x`` between their opposites.
        un, autre = bas[self._seules] / self._poids, haut[self._seules] / self._poids
        np.maximum.at(moins, self._ou, np.minimum(un, autre))
        np.minimum.at(plus, self._ou, np.maximum(un, autre))
        self._lineaire.borner_colonnes(np.arange(self.libres.size), plus, moins)

    def secouer(self, objectif: Reels) -> Optimum:
        """Return a population where a sum over all unknowns is high, these alone moving."""
        trouve = self._lineaire.minimiser(-objectif[self.libres])
        if not trouve.fini:
            return Optimum(fini=False)
        x = self._base.astype(np.float64)
        x[self.libres] = trouve.x
        return self.programme.lire(x, objectif)


def blocs_de(probleme: Probleme, programme: Programme) -> list[Bloc]:
    """Return what moves apart when answers go together: the parts, and each displayed answer."""
    if not probleme.coches:
        return []
    dites = np.unique(probleme.cellules[:, 1])
    ticks = (probleme.classes[dites] != 0) & ~probleme.parts
    choix = [probleme.parts, *np.unique(ticks[ticks.any(axis=1)], axis=0)]
    return [Bloc(programme, np.tile(colonnes, probleme.nb_morceaux)) for colonnes in choix]
