"""Regression to the mean: what would change even if nothing were done."""

import math

from .refus import CalculImpossible


def changement_attendu(moyenne_entree: float, moyenne_reference: float, fidelite: float) -> float:
    """Return the change expected of a group chosen on its first answers.

    (1 - r)(reference - entry): Barnett, van der Pols & Dobson 2005 (International Journal of
    Epidemiology 34:215-220). ``fidelite``: test-retest correlation r of the answer, 0 to 1.
    Errors: ``CalculImpossible`` if a mean is not finite or r is not between 0 and 1.
    """
    if not 0 <= fidelite <= 1:
        raise CalculImpossible("La fidélité test-retest doit être comprise entre 0 et 1.")
    if not (math.isfinite(moyenne_entree) and math.isfinite(moyenne_reference)):
        raise CalculImpossible("Une moyenne n’est pas un nombre fini.")
    return (1 - fidelite) * (moyenne_reference - moyenne_entree) or 0.0  # no « minus zero »
