"""Auditor: how far a sum of unknowns can go at most, proved in whole numbers.

Whoever erased their answers left no truth to compare with: whether a count was small is then read
from what is displayed, as bounds. A verdict « safe » must not rest on a solver's arithmetic, so the
solver only proposes: for *any* multipliers of the rows, weak duality gives a true bound. They are
rounded to fractions of ``_PARTS`` and the bound is computed anew over integers.
"""

import numpy as np
from scipy.sparse import csr_array

from .modele import Entiers, Reels

_PARTS = 5_040
"""Denominator of multipliers: those of these programs are nearly always small fractions."""

_FORT = 1_000.0
"""Multipliers beyond are cut: a poorer bound, and sums that stay far from overflowing."""


class Certitude:
    """Rows with whole coefficients ``bas ≤ matrice @ x ≤ haut``, and ``0 ≤ x ≤ plafonds``."""

    def __init__(self, matrice: csr_array, plafonds: Reels) -> None:
        if (matrice.data != np.rint(matrice.data)).any():
            raise ValueError("whole coefficients only: sums of persons")
        self._transposee = csr_array(matrice.T.astype(np.int64))
        self._plafonds = np.floor(plafonds).astype(np.int64)

    def au_plus(self, objectif: Entiers, prix: Reels, bas: Reels, haut: Reels) -> int:
        """Return a whole number that ``objectif @ x`` never exceeds, whatever ``prix`` are.

        ``prix``: multipliers of the rows, as a solver proposes them for the minimum of
        ``-objectif``. Those that need a bound that a row does not have are left out.
        """
        k = np.rint(np.clip(np.nan_to_num(prix), -_FORT, _FORT) * _PARTS).astype(np.int64)
        k[((k > 0) & ~np.isfinite(bas)) | ((k < 0) & ~np.isfinite(haut))] = 0
        cotes = np.where(k > 0, bas, np.where(k < 0, haut, 0.0))
        reduits = -_PARTS * objectif - self._transposee @ k
        # Python's integers: nothing overflows.
        acquis = sum(int(a) * int(b) for a, b in zip(k, cotes, strict=True) if a)
        au_moins = acquis + sum(
            int(d) * int(u) for d, u in zip(reduits, self._plafonds, strict=True) if d < 0
        )
        return -au_moins // _PARTS
