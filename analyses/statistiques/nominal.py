"""Two waves of a choice among several without order, and whether the shares have moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import chi2

from .refus import CalculImpossible

_CHOIX_MIN: Final = 2


@dataclass(frozen=True, slots=True)
class StuartMaxwell:
    """The test of equal shares at both waves."""

    chi2: float
    ddl: int
    p_chi2: float


def stuart_maxwell(flux: Sequence[Sequence[int]]) -> StuartMaxwell:
    """Return the Stuart-Maxwell test of a square table of flows (k, k), first wave in rows.

    Stuart 1955 (Biometrika 42:412-416), Maxwell 1970. d' V⁻¹ d, d the differences of the margins;
    answers that nobody left nor joined tell nothing and are set aside. When flows form separate
    groups V is singular within each: its rank gives the degrees of freedom.
    Errors: ``CalculImpossible`` if the table is not square, a count is negative, or nobody changed.
    """
    k = len(flux)
    if k < _CHOIX_MIN or any(len(ligne) != k for ligne in flux):
        raise CalculImpossible(
            "Le tableau des passages doit être carré, avec au moins deux choix."
        )
    table = np.array(flux, dtype=np.float64)
    if (table < 0).any():
        raise CalculImpossible("Un effectif ne peut pas être négatif.")
    np.fill_diagonal(table, 0)
    departs, arrivees = table.sum(axis=1), table.sum(axis=0)
    bouge = (departs + arrivees) > 0
    if not bouge.any():
        raise CalculImpossible("Personne n’a changé de réponse.")
    echanges = (table + table.T)[np.ix_(bouge, bouge)]
    variance = np.diag((departs + arrivees)[bouge]) - echanges
    ecarts = (departs - arrivees)[bouge]
    ddl = int(np.linalg.matrix_rank(variance, hermitian=True))
    statistique = float(ecarts @ np.linalg.pinv(variance, hermitian=True) @ ecarts)
    return StuartMaxwell(statistique, ddl, float(chi2.sf(statistique, ddl)))
