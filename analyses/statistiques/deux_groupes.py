"""Two groups of different people on one ordinal answer: those who left and those who stayed.

The law is that of the data themselves: every way of choosing which m of the N people are the
first group is equally likely, ties included (conditional permutation distribution).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import norm, rankdata

from .frequences import TROP_PETITE
from .frequences_rangs import deux_queues_par_frequences
from .refus import CalculImpossible
from .tirages import deux_queues
from .unites import Nombre, nombres_finis, sans_bruit

TRAVAIL_MAX: Final = 4 * 10**9
"""Bound on m²(m + n)n for counting choices, m the smaller group: two seconds at worst, a tenth of one
for 400 people."""
_BREF: Final = 10**8
_VARIEES: Final = 8
"""With as many different answers and more work than ``_BREF``, the Fourier transform is quicker."""


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
    trop_petite: bool = False
    """Whether the exact probability is not given because it is too small, and not because it is long."""


def mann_whitney(a: Sequence[Nombre], b: Sequence[Nombre]) -> MannWhitney:
    """Return the exact two-sided Mann-Whitney test of two groups (m,) and (n,), and its effect.

    Mann & Whitney 1947; ties by counting choices (``tirages``, after Streitberg & Röhmel 1986) or by the Fourier
    transform of the law (``frequences_rangs``); rank-biserial 2U/(mn) - 1 (Wendt 1972). Where both
    are too long, the normal law has the variance with ties (Hollander & Wolfe, §4.1), without
    continuity correction.
    Errors: ``CalculImpossible`` on an empty group or a value that is not finite.
    """
    m, n = len(a), len(b)
    if not m or not n:
        raise CalculImpossible("Il faut au moins une personne dans chaque groupe.")
    doubles = np.rint(2 * rankdata(sans_bruit(nombres_finis([*a, *b])))).astype(np.int64)
    tailles = np.unique(doubles, return_counts=True)[1].tolist()
    double_u = int(doubles[:m].sum()) - m * (m + 1)
    ecart = abs(double_u - m * n)
    p = _p_exacte(tailles, min(m, n), ecart)
    exact = p is not None and p != TROP_PETITE
    rendue = p if p is not None and exact else _p_normale(tailles, m, ecart)
    effet = (double_u - m * n) / (m * n)
    return MannWhitney(double_u / 2, rendue, exact, effet, p == TROP_PETITE)


def _p_exacte(tailles: list[int], petit: int, ecart: int) -> float | None:
    """Return the same by whichever exact way is quicker; nothing if both would be too long."""
    total = sum(tailles)
    travail = petit**2 * total * (total - petit)
    p = None
    if travail > (_BREF if len(tailles) >= _VARIEES else TRAVAIL_MAX):
        p = deux_queues_par_frequences(tailles, petit, ecart)
    if p in {None, TROP_PETITE} and travail <= TRAVAIL_MAX:
        p = deux_queues(tailles, petit, ecart)
    return p


def _p_normale(tailles: list[int], m: int, ecart: int) -> float:
    """Return the same by the normal law, its variance that of the ranks with their ties."""
    total = sum(tailles)
    egalites = sum(t**3 - t for t in tailles) / (total * (total - 1))
    variance = m * (total - m) / 12 * (total + 1 - egalites)
    return min(1.0, 2 * float(norm.sf(ecart / 2 / math.sqrt(variance)))) if variance > 0 else 1.0
