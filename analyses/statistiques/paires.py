"""Two waves of a yes/no answer: McNemar's exact test and the intervals of the difference."""

import math
from dataclasses import dataclass

from scipy.optimize import brentq
from scipy.stats import binom

from .proportions import quantile, wilson
from .refus import CalculImpossible


@dataclass(frozen=True, slots=True)
class Paires:
    """How many people answered what, first wave then second."""

    oui_oui: int
    oui_non: int
    non_oui: int
    non_non: int

    @property
    def n(self) -> int:
        """Return the number of people."""
        return self.oui_oui + self.oui_non + self.non_oui + self.non_non

    @property
    def difference(self) -> float:
        """Return the share of « oui » at the second wave minus the first."""
        return (self.non_oui - self.oui_non) / self.n


def mcnemar(non_oui: int, oui_non: int) -> float:
    """Return the two-sided exact p-value of « as many changes in each direction ».

    The binomial test of ``non_oui`` among those who changed, both tails (McNemar 1947; Agresti,
    Categorical Data Analysis, §11.1). 1 if nobody changed.
    Errors: ``CalculImpossible`` if a count is negative.
    """
    if min(non_oui, oui_non) < 0:
        raise CalculImpossible("Un effectif ne peut pas être négatif.")
    changes = non_oui + oui_non
    return min(1.0, 2 * float(binom.cdf(min(non_oui, oui_non), changes, 0.5)))


def tango(paires: Paires, confiance: float = 0.95) -> tuple[float, float]:
    """Return the score interval of the difference (second minus first) of Tango 1998.

    Statistics in Medicine 17:891-908: the differences that the score test does not reject.
    Errors: ``CalculImpossible`` without any pair, if a count is negative, or on a bad level.
    """
    _verifier(paires)
    return (
        -_borne_haute(paires.oui_non, paires.non_oui, paires.n, quantile(confiance)),
        _borne_haute(paires.non_oui, paires.oui_non, paires.n, quantile(confiance)),
    )


def _verifier(paires: Paires) -> None:
    if min(paires.oui_oui, paires.oui_non, paires.non_oui, paires.non_non) < 0:
        raise CalculImpossible("Un effectif ne peut pas être négatif.")
    if not paires.n:
        raise CalculImpossible("Il n’y a aucune paire de réponses.")


def _borne_haute(gains: int, pertes: int, n: int, z: float) -> float:
    """Return the largest difference that the score test accepts; the lower is its mirror."""
    ecart = gains - pertes
    if ecart == n:
        return 1.0
    # Where the score also vanishes at the observed difference, the other root is known.
    if gains == pertes == 0:
        return z * z / (n + z * z)
    if pertes == n:
        return (z * z - n) / (z * z + n)

    def score(delta: float) -> float:
        return ecart - n * delta + z * _ecart_type(gains, pertes, n, delta)

    return float(brentq(score, ecart / n, 1.0, xtol=1e-14, rtol=1e-14, maxiter=500))


def _ecart_type(gains: int, pertes: int, n: int, delta: float) -> float:
    """Return the standard deviation of ``gains - pertes`` if the true difference is ``delta``.

    The share of losses is its maximum likelihood estimate under that difference (Tango, eq. 9). By
    symmetry a negative difference is a positive one with gains and losses exchanged, which avoids
    subtracting close numbers.
    """
    if delta < 0:
        gains, pertes, delta = pertes, gains, -delta
    b = (2 * n - gains + pertes) * delta - gains - pertes
    racine = math.sqrt(b * b + 8 * n * pertes * delta * (1 - delta))
    part = 2 * pertes * delta * (1 - delta) / (b + racine) if b > 0 else (racine - b) / (4 * n)
    return math.sqrt(n * max(0.0, 2 * part + delta * (1 - delta)))


def newcombe(paires: Paires, confiance: float = 0.95) -> tuple[float, float]:
    """Return Newcombe's method 10 for the difference (second minus first).

    Statistics in Medicine 1998, 17:2635-2650: Wilson's intervals of both shares, joined by squares
    with the correlation of the pairs, whose numerator is brought closer to zero by n/2 when
    positive. A second opinion on Tango's interval.
    Errors: as ``tango``.
    """
    _verifier(paires)
    n, premiers, seconds = (
        paires.n,
        paires.oui_oui + paires.oui_non,
        paires.oui_oui + paires.non_oui,
    )
    bas_1, haut_1 = wilson(premiers, n, confiance)
    bas_2, haut_2 = wilson(seconds, n, confiance)
    part_1, part_2 = premiers / n, seconds / n
    phi = _correlation(paires)

    def distance(vers_1: float, vers_2: float) -> float:
        return math.sqrt(max(0.0, vers_1**2 - 2 * phi * vers_1 * vers_2 + vers_2**2))

    bas = paires.difference - distance(haut_1 - part_1, part_2 - bas_2)
    haut = paires.difference + distance(part_1 - bas_1, haut_2 - part_2)
    return max(-1.0, bas), min(1.0, haut)


def _correlation(paires: Paires) -> float:
    produit = paires.oui_oui * paires.non_non - paires.oui_non * paires.non_oui
    marges = (
        (paires.oui_oui + paires.oui_non)
        * (paires.non_oui + paires.non_non)
        * (paires.oui_oui + paires.non_oui)
        * (paires.oui_non + paires.non_non)
    )
    if not marges:
        return 0.0
    corrige = max(0.0, produit - paires.n / 2) if produit > 0 else produit
    return corrige / math.sqrt(marges)
