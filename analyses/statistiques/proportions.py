"""One share and its interval."""

import math

from scipy.stats import norm

from .refus import CalculImpossible


def verifier_confiance(confiance: float) -> None:
    """Raise ``CalculImpossible`` unless the level is strictly between 0 and 1."""
    if not 0 < confiance < 1:
        raise CalculImpossible("La confiance doit être comprise entre 0 et 1, par exemple 0,95.")


def quantile(confiance: float) -> float:
    """Return z such that a standard normal stays within ±z with that probability.

    Errors: ``CalculImpossible`` unless ``confiance`` is strictly between 0 and 1.
    """
    verifier_confiance(confiance)
    return float(norm.isf((1 - confiance) / 2))


def wilson(k: int, n: int, confiance: float = 0.95) -> tuple[float, float]:
    """Return Wilson's score interval (without continuity correction) of k people out of n.

    Wilson 1927 (JASA 22:209-212); method 3 of Newcombe 1998 (Statistics in Medicine 17:857-872).
    Errors: ``CalculImpossible`` if n is zero, or k is not between 0 and n.
    """
    if n < 1:
        raise CalculImpossible("Une part ne se calcule pas sur personne.")
    if not 0 <= k <= n:
        raise CalculImpossible("L’effectif doit être compris entre 0 et le total.")
    z2 = quantile(confiance) ** 2
    demi = math.sqrt(z2 * (z2 + 4 * k * (n - k) / n))
    bas, haut = (2 * k + z2 - demi) / (2 * (n + z2)), (2 * k + z2 + demi) / (2 * (n + z2))
    return (0.0 if k == 0 else max(0.0, bas)), (1.0 if k == n else min(1.0, haut))
