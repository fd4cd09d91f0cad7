"""The exact law of « the same answers, the waves shuffled within each person ».

Under the null hypothesis each person's k values could have come in any order. What counts is the
k column sums, and only up to their order: a sorted vector of sums is a state, and adding a person
moves from state to state. That lumping by k! is what makes exact tests quick for few people
(and for many when answers are yes/no).
"""

import itertools
import math
from collections import Counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .unites import Entiers

TRAVAIL_MAX: Final = 3_000_000
"""Most states × orders computed in all (about a second); beyond, there is no exact value."""

_ORDRES_MAX: Final = 720
_ESSAI: Final = 16
"""People after whom the work of all can be foreseen."""


def queue_des_carres(lignes: Entiers, k_carres: int) -> float | None:
    """Return P(sum of the squared column sums >= ``k_carres``), or ``None`` if too long.

    ``lignes``: (n, k) whole numbers ≥ 0, each row shuffled uniformly and independently.
    """
    etats = np.zeros((1, lignes.shape[1]), dtype=np.int64)
    probas = np.ones(1)
    base = int(lignes.max(axis=1).sum()) + 1
    if base ** lignes.shape[1] >= 2**63:
        return None
    travail = 0
    for rang, ligne in enumerate(map(tuple, lignes.tolist()), start=1):
        nombre = _nombre_d_ordres(ligne)
        travail += nombre * len(etats)
        if nombre > _ORDRES_MAX or _trop_long(travail, rang, lignes.shape):
            return None
        ordres = np.array(sorted(set(itertools.permutations(ligne))), dtype=np.int64)
        etats, probas = _ajouter(etats, probas, ordres, base)
    return min(1.0, float(probas[(etats**2).sum(axis=1) >= k_carres].sum()))


def _trop_long(travail: int, rang: int, forme: tuple[int, ...]) -> bool:
    """Return whether the work is too much, or will be: it grows as the k-th power of people."""
    n, k = forme
    if rang < _ESSAI:
        return travail > TRAVAIL_MAX
    return travail * (n / rang) ** k > 2 * TRAVAIL_MAX


def _nombre_d_ordres(ligne: tuple[int, ...]) -> int:
    return math.factorial(len(ligne)) // math.prod(
        math.factorial(fois) for fois in Counter(ligne).values()
    )


def _ajouter(
    etats: Entiers, probas: NDArray[np.float64], ordres: Entiers, base: int
) -> tuple[Entiers, NDArray[np.float64]]:
    """Return the states and their probabilities after one more person."""
    k = ordres.shape[1]
    suite = (etats[:, None, :] + ordres[None, :, :]).reshape(-1, k)
    suite.sort(axis=1)
    codes = suite @ base ** np.arange(k, dtype=np.int64)
    _, premiers, rangs = np.unique(codes, return_index=True, return_inverse=True)
    poids = np.repeat(probas / len(ordres), len(ordres))
    return suite[premiers], np.bincount(rangs, weights=poids).astype(np.float64)
