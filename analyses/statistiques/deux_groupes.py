"""Two groups of different people on one ordinal answer: those who left and those who stayed.

The law is that of the data themselves: every way of choosing which m of the N people are the
first group is equally likely, ties included (conditional permutation distribution).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import hypergeom, norm, rankdata

from .refus import CalculImpossible
from .unites import Nombre, nombres_finis

TRAVAIL_MAX: Final = 2 * 10**9
"""Most additions for the exact law (about a second); beyond, the normal law is used."""


@dataclass(frozen=True, slots=True)
class MannWhitney:
    """What the ranks say of two groups."""

    u: float
    """Pairs (one of each group) in which the first is higher, plus half of the equal ones."""
    p: float
    """Two-sided: P(U is at least this far from m·n/2)."""
    exact: bool
    rang_biserial: float
    """Share of pairs in which the first is higher minus share in which it is lower."""


def mann_whitney(a: Sequence[Nombre], b: Sequence[Nombre]) -> MannWhitney:
    """Return the exact two-sided Mann-Whitney test of two groups (m,) and (n,), and its effect.

    Mann & Whitney 1947; ties by the shift algorithm of Streitberg & Röhmel 1986; rank-biserial
    2U/(mn) - 1 (Wendt 1972). The normal law beyond ``TRAVAIL_MAX`` has the variance with ties
    (Hollander & Wolfe, §4.1), without continuity correction.
    Errors: ``CalculImpossible`` on an empty group or a value that is not finite.
    """
    m, n = len(a), len(b)
    if not m or not n:
        raise CalculImpossible("Il faut au moins une personne dans chaque groupe.")
    doubles = np.rint(2 * rankdata(nombres_finis([*a, *b]))).astype(np.int64)
    tailles = np.unique(doubles, return_counts=True)[1].tolist()
    double_u = int(doubles[:m].sum()) - m * (m + 1)
    ecart = abs(double_u - m * n)
    petit, total = min(m, n), m + n
    exact = petit * total * m * n <= TRAVAIL_MAX
    p = (_p_exact if exact else _p_normale)(tailles, petit, ecart)
    return MannWhitney(double_u / 2, p, exact, (double_u - m * n) / (m * n))


def _p_exact(tailles: list[int], m: int, ecart: int) -> float:
    """Return P(2U is ``ecart`` or more away from its mean), the first group being of m people."""
    borne = m * (sum(tailles) - m) - ecart
    if ecart == 0:
        return 1.0
    bas = queue_basse(tailles, m, borne)
    # U counted from the top is 2mn - 2U: the high tail is the low tail of the reversed answers.
    haut = bas if tailles == tailles[::-1] else queue_basse(tailles[::-1], m, borne)
    return min(1.0, bas + haut)


def queue_basse(tailles: list[int], m: int, borne: int) -> float:
    """Return P(2U <= ``borne``) when m people are drawn from groups of equal answers.

    ``tailles``: how many people gave each answer, lowest answer first. Answer after answer: if c
    of the T people seen are drawn, drawing j of the t next adds 2j(T - c) + j(t - j) to 2U. Only
    additions of positive numbers: the smallest tails keep their relative precision.
    """
    # An odd t only adds even numbers; then U is whole and half the room is enough.
    unite = 2 if all(t % 2 for t in tailles) else 1
    borne //= unite
    lois, vus, total = {0: np.ones(1)}, 0, sum(tailles)
    for t in tailles:
        suite: dict[int, NDArray[np.float64]] = {}
        for c, loi in lois.items():
            tirages = range(max(0, m - c - (total - vus - t)), min(t, m - c) + 1)
            probas = hypergeom.pmf(tirages, total - vus, t, m - c)
            for j, proba in zip(tirages, probas.tolist(), strict=True):
                debut = (2 * j * (vus - c) + j * (t - j)) // unite
                if debut <= borne:
                    place = 2 * (c + j) * (vus + t - c - j) // unite
                    cible = suite.setdefault(c + j, np.zeros(min(borne, place) + 1))
                    ajout = loi[: len(cible) - debut]
                    cible[debut : debut + len(ajout)] += proba * ajout
        lois, vus = suite, vus + t
    return float(lois[m].sum()) if m in lois else 0.0


def _p_normale(tailles: list[int], m: int, ecart: int) -> float:
    """Return the same by the normal law, its variance that of the ranks with their ties."""
    total = sum(tailles)
    egalites = sum(t**3 - t for t in tailles) / (total * (total - 1))
    variance = m * (total - m) / 12 * (total + 1 - egalites)
    return min(1.0, 2 * float(norm.sf(ecart / 2 / math.sqrt(variance)))) if variance > 0 else 1.0
