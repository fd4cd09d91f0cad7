"""What a number of families can and cannot show: the power of the exact sign test.

Before a cohort starts: if so many people got better and so many worse, how often would the exact
test (``paires.mcnemar`` on those who changed) say so? How many people change is itself left to
chance, so that the power is a mean over it and nothing is simulated: Duffy 1984 (Biometrics
40:1005-1015), Connor 1987 (Biometrics 43:207-211) for the same with a normal law.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from .refus import CalculImpossible

NIVEAU: Final = 0.05
NIVEAU_MIN: Final = 1e-9
"""Below, the quantiles of scipy have no answer and complain."""
PUISSANCE_VOULUE: Final = 0.8
"""Eight chances in ten of seeing what is there: the usual convention (Cohen 1988, §2.4)."""
EFFECTIF_MAX: Final = 2000
_ARRONDI: Final = 100
"""The same table serves every number of families up to the next hundred."""
_TOLERANCE: Final = 1e-9
"""Shares such as 0.7 + 0.3 may pass 1 by binary noise."""


def puissance(n: int, progressent: float, reculent: float, niveau: float = NIVEAU) -> float:
    """Return the chance that n families show a change, at the two-sided level ``niveau``.

    ``progressent``, ``reculent``: the true shares, 0 to 1, of families that get better and worse;
    the others are stable. With h declared outcomes, the most severe level of Holm is 0.05 / h.
    Errors: ``CalculImpossible`` unless 1 <= n <= ``EFFECTIF_MAX``, the shares are between 0 and 1
    and their sum too, and the level is from ``NIVEAU_MIN`` to 1.
    """
    _verifier(n, progressent, reculent, niveau)
    change = progressent + reculent
    if not change:
        return 0.0
    si_changent = _si_changent(_ARRONDI * -(-n // _ARRONDI), progressent / change, niveau)
    chances = binom.pmf(np.arange(n + 1), n, min(1.0, change))
    return min(1.0, float(chances @ si_changent[: n + 1]))


def effectif_necessaire(
    progressent: float,
    reculent: float,
    voulue: float = PUISSANCE_VOULUE,
    niveau: float = NIVEAU,
) -> int | None:
    """Return from how many families on the power is always at least ``voulue``.

    ``None`` if more than ``EFFECTIF_MAX`` would be needed (or if as many get better as worse). The
    power of an exact test may dip when one more family comes: the number is beyond every dip.
    Errors: as ``puissance``; ``voulue`` strictly between 0 and 1.
    """
    _verifier(1, progressent, reculent, niveau)
    _verifier_voulue(voulue)
    if progressent == reculent:
        return None
    borne = 1
    while puissance(borne, progressent, reculent, niveau) < voulue:
        if borne == EFFECTIF_MAX:
            return None
        borne = min(2 * borne, EFFECTIF_MAX)
    # Dips are of a few families: the last one is before one and a half times the bound.
    effectifs = range(min(borne + borne // 2 + 10, EFFECTIF_MAX), 0, -1)
    for n in effectifs:
        if puissance(n, progressent, reculent, niveau) < voulue:
            return n + 1
    return 1


def progression_necessaire(
    n: int, reculent: float, voulue: float = PUISSANCE_VOULUE, niveau: float = NIVEAU
) -> int | None:
    """Return how many of n families must get better for the power to be ``voulue``.

    ``reculent``: the share that gets worse, 0 to 1. ``None`` if even all the others would not be
    enough: such a group cannot show anything.
    Errors: as ``puissance`` and ``effectif_necessaire``.
    """
    _verifier(n, 0, reculent, niveau)
    _verifier_voulue(voulue)
    possibles = range(int(n * reculent) + 1, int(n * (1 - reculent) + _TOLERANCE) + 1)
    for familles in possibles:
        if puissance(n, familles / n, reculent, niveau) >= voulue:
            return familles
    return None


@lru_cache(maxsize=64)
def _si_changent(n: int, part: float, niveau: float) -> NDArray[np.float64]:
    """Return the power for 0 … n changes, each for the better with probability ``part``.

    ``seuils``: the most changes in the rarer direction that are still significant (-1: none).
    """
    changements = np.arange(n + 1)
    rang = binom.ppf(niveau / 2, changements, 0.5)
    seuils = rang - (2 * binom.cdf(rang, changements, 0.5) >= niveau)
    bas = binom.cdf(seuils, changements, part)
    haut = binom.sf(changements - seuils - 1, changements, part)
    puissances: NDArray[np.float64] = np.where(seuils < 0, 0.0, bas + haut)
    puissances.flags.writeable = False
    return puissances


def _verifier(n: int, progressent: float, reculent: float, niveau: float) -> None:
    if not 1 <= n <= EFFECTIF_MAX:
        raise CalculImpossible(f"Le nombre de familles va de 1 à {EFFECTIF_MAX}.")
    if not (progressent >= 0 and reculent >= 0 and progressent + reculent <= 1 + _TOLERANCE):
        raise CalculImpossible(
            "Les parts qui progressent et qui reculent vont de 0 à 1, leur somme aussi."
        )
    if not NIVEAU_MIN <= niveau < 1:
        raise CalculImpossible("Le niveau va d’un milliardième à 1, par exemple 0,05.")


def _verifier_voulue(voulue: float) -> None:
    if not 0 < voulue < 1:
        raise CalculImpossible("La puissance voulue doit être comprise entre 0 et 1.")
