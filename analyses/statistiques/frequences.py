"""The exact law of Cochran's Q for many people, by its Fourier transform.

Given how many times each person said « oui », the k totals are a sum of independent draws whose
transform is known: for r « oui » among k waves, the elementary symmetric polynomial e_r of the k
phases over C(k, r), raised to the number of such people. One inverse transform gives the law of the
totals at every point of a window. What lies outside the window folds onto it: the window is wide
enough for less than ``_REPLI`` to fold inside the region that is summed, so that the value is exact
but for rounding (below 10^-12, in absolute terms).
"""

import math
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfftn, next_fast_len
from scipy.stats import binom

Complexes = NDArray[np.complex128]

PLUS_PETITE: Final = 1e-8
"""A smaller probability would keep too few right digits: there is none."""
TROP_PETITE: Final = -1.0
"""Stands for it: no probability."""
POINTS_MAX: Final = 3_000_000
"""Most points of the window (a third of a second)."""
_REPLI: Final = 1e-14


def queue_par_frequences(par_nombre: list[int], carres: int) -> float | None:
    """Return P(sum of the squared totals >= ``carres``), or ``None`` if too long, ``TROP_PETITE`` if too small.

    ``par_nombre``: how many people said « oui » at r of the k waves, r = 0 … k. Those who always
    answer alike are left out (first and last are 0).
    """
    k = len(par_nombre) - 1
    total = sum(r * combien for r, combien in enumerate(par_nombre))
    # Within the sphere that is summed, no total is further than that from its mean.
    rayon = math.sqrt(max(0.0, (carres - total**2 / k) * (k - 1) / k))
    cote = next_fast_len(math.ceil(rayon + _portee(par_nombre, k)) + 1, real=True)
    if cote ** (k - 1) > POINTS_MAX:
        return None
    loi = irfftn(_transformee(par_nombre, k, cote), s=(cote,) * (k - 1))
    bas, haut = math.ceil(total / k - rayon), math.floor(total / k + rayon)
    totaux = np.arange(bas, haut + 1)
    grille = np.meshgrid(*[totaux] * (k - 1), indexing="ij", sparse=True)
    dernier = total - sum(grille)
    dedans = sum(x**2 for x in grille) + dernier**2 < carres
    p = 1.0 - float(loi[np.ix_(*[totaux % cote] * (k - 1))][dedans].sum())
    return p if p >= PLUS_PETITE else TROP_PETITE


def _portee(par_nombre: list[int], k: int) -> int:
    """Return how far from its mean a total never goes (but for ``_REPLI`` / k)."""
    loi = np.ones(1)
    for r, combien in enumerate(par_nombre):
        loi = np.convolve(loi, binom.pmf(np.arange(combien + 1), combien, r / k))
    moyenne = sum(r * combien for r, combien in enumerate(par_nombre)) / k
    ecarts = np.abs(np.arange(len(loi)) - moyenne)
    ordre = np.argsort(-ecarts)
    rares = int(np.searchsorted(np.cumsum(loi[ordre]), _REPLI / k))
    return math.ceil(float(ecarts[ordre[min(rares, len(ordre) - 1)]]))


def _transformee(par_nombre: list[int], k: int, cote: int) -> Complexes:
    """Return the transform at every frequency (the last axis halved, as the law is real).

    One frequency of the first wave after the other: what is worked on stays in the cache.
    """
    axes = [np.arange(cote)] * (k - 2) + [np.arange(cote // 2 + 1)]
    premieres, *autres = [np.exp(-2j * np.pi * axe / cote) for axe in axes]
    sans_la_premiere = [np.ones((1,) * len(autres), complex)] * 2
    for phases in np.meshgrid(*autres, indexing="ij", sparse=True):
        sans_la_premiere = _avec(sans_la_premiere, phases)
    changent = [r for r in range(1, k) if par_nombre[r]]
    exposants = [par_nombre[r] for r in changent]
    resultat = np.empty([len(axe) for axe in axes], complex)
    for rang, phase in enumerate(premieres):
        symetriques = _avec(sans_la_premiere, phase)
        facteurs = [symetriques[r] / math.comb(k, r) for r in changent]
        resultat[rang] = produit_des_puissances(facteurs, exposants)
    return resultat


def _avec(symetriques: list[Complexes], phase: Any) -> list[Complexes]:
    """Return e_0 … e_n of one more phase."""
    suivants = [e + phase * precedent for precedent, e in pairwise(symetriques)]
    return [symetriques[0], *suivants, phase * symetriques[-1]]


def produit_des_puissances(facteurs: list[Complexes], exposants: list[int]) -> Complexes:
    """Return the product of the powers, their squarings shared."""
    produit = np.ones_like(facteurs[0])
    for bit in reversed(range(max(exposants).bit_length())):
        produit = produit * produit
        for facteur, exposant in zip(facteurs, exposants, strict=True):
            if exposant >> bit & 1:
                produit *= facteur
    return produit
