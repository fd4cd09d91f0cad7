"""Two waves of an ordinal answer: the exact signed-rank test, its effect size, its estimate.

Zeros are kept in the ranking and their ranks then left out (Pratt 1959, JASA 54:655-667); ties get
mid-ranks. The null distribution given the ranks (each sign + or - with probability 1/2) is built
by convolution on doubled mid-ranks, which are whole numbers (Streitberg & Röhmel 1986).
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, rankdata

from .proportions import verifier_confiance
from .refus import CalculImpossible
from .unites import Entiers

LIMITE_EXACTE: Final = 1000
"""Beyond that many people who changed, the normal law is used and ``exact`` is false."""


@dataclass(frozen=True, slots=True)
class RangsSignes:
    """What the signed ranks say of n paired differences."""

    n: int
    n_plus: int
    n_zero: int
    n_moins: int
    w_plus: float
    """Sum of the ranks of the increases, zeros ranked then left out."""
    w_moins: float
    p: float
    """Two-sided. 1 if nobody changed: nothing contradicts the absence of change."""
    exact: bool
    rang_biserial: float | None
    """(W+ - W-) / (W+ + W-), from -1 to 1; ``None`` if nobody changed."""


@dataclass(frozen=True, slots=True)
class HodgesLehmann:
    """The typical change, in units of the differences: a multiple of a quarter."""

    estimation: float
    bas: float | None
    haut: float | None
    """``None`` if too few pairs: even from the smallest to the largest change is not certain
    enough."""


def rangs_signes(ecarts: Entiers) -> RangsSignes:
    """Return the two-sided signed-rank test of whole differences (n,), and the rank-biserial.

    Kerby 2014 (Comprehensive Psychology 3:11) for the matched-pairs rank-biserial; with Pratt's
    zeros its denominator is the sum of the ranks kept, not n(n+1)/2.
    Errors: ``CalculImpossible`` without any pair.
    """
    n = len(ecarts)
    if not n:
        raise CalculImpossible("Il n’y a aucune paire de réponses.")
    doubles = np.rint(2 * rankdata(np.abs(ecarts))).astype(np.int64)
    plus, moins = int(doubles[ecarts > 0].sum()), int(doubles[ecarts < 0].sum())
    changes = doubles[ecarts != 0]
    exact = len(changes) <= LIMITE_EXACTE
    return RangsSignes(
        n=n,
        n_plus=int((ecarts > 0).sum()),
        n_zero=n - len(changes),
        n_moins=int((ecarts < 0).sum()),
        w_plus=plus / 2,
        w_moins=moins / 2,
        p=(_p_exact if exact else _p_normale)(changes, min(plus, moins)),
        exact=exact,
        rang_biserial=(plus - moins) / (plus + moins) if len(changes) else None,
    )


def _p_exact(doubles: Entiers, plus_petit: int) -> float:
    """Return P(the smaller sum is this small or smaller), on both sides."""
    return min(1.0, 2 * float(repartition(doubles, plus_petit)[-1]))


def _p_normale(doubles: Entiers, plus_petit: int) -> float:
    """Return the same by the normal law, its variance that of the ranks kept (ties and zeros)."""
    ecart = float(doubles.sum()) / 2 - plus_petit
    return min(1.0, 2 * float(norm.sf(ecart / (math.sqrt(float((doubles**2).sum())) / 2))))


def repartition(poids: Entiers, borne: int) -> NDArray[np.float64]:
    """Return P(S <= s) for s = 0 … ``borne``, S the sum of each weight kept with probability 1/2.

    ``poids``: (m,) positive whole numbers, m at most ``LIMITE_EXACTE`` (2^-m must not vanish).
    Only additions of positive numbers: the smallest tails keep their relative precision.
    """
    loi = np.zeros(borne + 1)
    loi[0] = 0.5 ** len(poids)
    haut = 0
    for un_poids in np.sort(poids).tolist():
        haut = min(haut + un_poids, borne)
        if un_poids <= borne:
            loi[un_poids : haut + 1] += loi[: haut + 1 - un_poids]
    return np.cumsum(loi)


def hodges_lehmann(ecarts: Entiers, confiance: float = 0.95) -> HodgesLehmann:
    """Return the median of the means of all pairs of differences (n,), with its interval.

    All n(n+1)/2 Walsh averages, zeros included (R drops the zeros, which moves the estimate). The
    interval lies between two of their order statistics, those of the signed-rank distribution for
    n people without ties: with ties it covers at least ``confiance`` (Hollander & Wolfe, §3.2-3.3;
    Noether 1967). Up to ``LIMITE_EXACTE`` people these are exact, beyond by the normal law.
    Errors: ``CalculImpossible`` without any pair or if ``confiance`` is not between 0 and 1.
    """
    n = len(ecarts)
    if not n:
        raise CalculImpossible("Il n’y a aucune paire de réponses.")
    verifier_confiance(confiance)
    sommes = np.concatenate([ecarts[i:] + ecarts[i] for i in range(n)])
    total = len(sommes)
    rang = rang_de_walsh(n, confiance)
    cherches = sorted({(total - 1) // 2, total // 2, max(rang - 1, 0), total - max(rang, 1)})
    sommes.partition(cherches)
    milieu = (int(sommes[(total - 1) // 2]) + int(sommes[total // 2])) / 4
    if not rang:
        return HodgesLehmann(milieu, None, None)
    return HodgesLehmann(milieu, int(sommes[rang - 1]) / 2, int(sommes[total - rang]) / 2)


@lru_cache(maxsize=64)
def rang_de_walsh(n: int, confiance: float) -> int:
    """Return k such that the k-th smallest and k-th largest Walsh averages bound the interval.

    The largest k with P(W <= k-1) <= (1 - confiance)/2; 0 if there is none.
    """
    risque = (1 - confiance) / 2
    if n > LIMITE_EXACTE:
        return rang_normal(n, risque)
    cumul = repartition(np.arange(1, n + 1), n * (n + 1) // 4)
    return int(np.searchsorted(cumul, risque, side="right"))


def rang_normal(n: int, risque: float) -> int:
    """Return the same rank by the normal law (Hollander & Wolfe, §3.3, large samples)."""
    ecart_type = math.sqrt(n * (n + 1) * (2 * n + 1) / 24)
    return max(0, math.ceil(n * (n + 1) / 4 + float(norm.ppf(risque)) * ecart_type - 0.5))
