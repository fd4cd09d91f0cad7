"""The exact law of the Mann-Whitney U for many people, ties included, by its Fourier transform.

Let each person be drawn with chance m/N, independently: given that m are drawn, this is the law of
a draw of m people. The transform of (how many are drawn, sum of their ranks) is then one product
over the answers. At most frequencies it is provably too small to matter: |R|, the transform of the
ranks themselves, bounds it, and costs one fast transform. What is left is a few dozen frequencies,
whatever the number of different answers. Nothing folds: the window holds every possible sum. The
value is exact but for rounding (below 10^-12, in absolute terms).
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.fft import next_fast_len, rfft
from scipy.stats import binom

from .frequences import TROP_PETITE, produit_des_puissances
from .unites import Entiers

Flottants = NDArray[np.float64]
Complexes = NDArray[np.complex128]

PLUS_PETITE: Final = 1e-6
"""A smaller probability would keep too few right digits: there is none."""
POINTS_MAX: Final = 4_000_000
"""Most possible sums (a fifth of a second)."""
PRODUITS_MAX: Final = 40_000_000
"""Most factors multiplied in all (half a second)."""
_PUISSANCE: Final = 5
"""A power takes about the time of that many products."""
_NEGLIGEABLE: Final = 1e-15
"""What is left out may change a probability by so much, at most."""


def deux_queues_par_frequences(tailles: list[int], m: int, ecart: int) -> float | None:
    """Return P(2U is ``ecart`` or more away from its mean), or ``None`` if too long, ``TROP_PETITE`` if too small.

    ``tailles``: how many people gave each answer, lowest answer first; m of them are drawn.
    """
    if ecart == 0:
        return 1.0
    total = sum(tailles)
    # Doubled mid-ranks from their mean: 2U - m(N - m) is the sum of those drawn.
    effectifs = np.array(tailles, dtype=np.int64)
    rangs: Entiers = 2 * np.cumsum(effectifs) - effectifs - total
    points = int(m * (total - m) + ecart + 1)
    if points > POINTS_MAX:
        return None
    points = next_fast_len(points, real=True)
    part = m / total
    frequences = _qui_comptent(rangs, effectifs, part, points)
    tours = _tours(total, m)
    if len(frequences) * tours * (len(tailles) + _PUISSANCE * len(set(tailles))) > PRODUITS_MAX:
        return None
    transformee = _transformee(rangs, tailles, m, frequences / points, tours)
    dedans = _somme_des_phases(frequences / points, ecart - 1)
    # The transform of a real law: each frequency stands for its opposite too, but for the two ends.
    fois = np.where((frequences == 0) | (2 * frequences == points), 1, 2)
    p = 1.0 - float((fois * dedans * transformee.real).sum()) / points
    return p if p >= PLUS_PETITE else TROP_PETITE


def _qui_comptent(rangs: Entiers, tailles: Entiers, part: float, points: int) -> Entiers:
    """Return the frequencies (0 … points / 2) where the transform may not be negligible.

    |1 - p + p·e^ix|² = 1 - 4p(1-p)·sin²(x/2), whose logarithm is concave in the squared sine: with
    the same mean for everybody the product is the greatest. That mean is (1 - Re e^iθ R / N) / 2,
    at least (1 - |R| / N) / 2.
    """
    total = int(tailles.sum())
    histogramme = np.zeros(points)
    np.add.at(histogramme, rangs % points, tailles)
    carres = (1 - np.abs(rfft(histogramme)) / total) / 2
    au_plus = total / 2 * np.log1p(-4 * part * (1 - part) * np.maximum(carres, 0))
    seuil = math.log(_NEGLIGEABLE * binom.pmf(round(part * total), total, part) / points)
    return np.flatnonzero(au_plus > seuil)


def _tours(total: int, m: int) -> int:
    """Return how many phases tell m people drawn from any other number (but for ``_NEGLIGEABLE``)."""
    loi = binom.pmf(np.arange(total + 1), total, m / total)
    loin = np.abs(np.arange(total + 1) - m)
    au_dela = np.bincount(loin, weights=loi)[::-1].cumsum()[::-1]
    return int(np.argmax(au_dela < _NEGLIGEABLE * loi[m])) or total + 1


def _transformee(
    rangs: Entiers, tailles: list[int], m: int, frequences: Flottants, tours: int
) -> Complexes:
    """Return the transform of the law of the sum, m people being drawn, at these frequencies."""
    total = sum(tailles)
    part = m / total
    phases = np.exp(2j * np.pi * np.arange(tours) / tours)[:, None]
    memes: dict[int, Complexes] = {}
    for rang, taille in zip(rangs.tolist(), tailles, strict=True):
        facteur = (1 - part) + part * phases * np.exp(2j * np.pi * rang * frequences)
        memes[taille] = memes[taille] * facteur if taille in memes else facteur
    produit = produit_des_puissances(list(memes.values()), list(memes))
    poids = np.exp(-2j * np.pi * m * np.arange(tours) / tours) / tours
    transformee: Complexes = poids @ produit / binom.pmf(m, total, part)
    return transformee


def _somme_des_phases(frequences: Flottants, jusqu_a: int) -> Flottants:
    """Return the sum of e^(-2iπf·d) over d = -jusqu_a … jusqu_a."""
    largeur = 2 * jusqu_a + 1
    sinus = np.sin(np.pi * frequences)
    entieres = sinus == 0
    return np.where(
        entieres, largeur, np.sin(np.pi * frequences * largeur) / np.where(entieres, 1, sinus)
    )
