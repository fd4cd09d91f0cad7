"""Several declared outcomes: not to cry victory by chance."""

from collections.abc import Sequence

from .refus import CalculImpossible


def holm(p: Sequence[float | None]) -> list[float | None]:
    """Return Holm's adjusted p-values, in the same order; ``None`` stays ``None``.

    Holm 1979 (Scandinavian Journal of Statistics 6:65-70). What could not be computed is no test:
    it does not count among the outcomes.
    Errors: ``CalculImpossible`` if a value is not between 0 and 1, or none is computable.
    """
    calculables = [(valeur, rang) for rang, valeur in enumerate(p) if valeur is not None]
    if not calculables:
        raise CalculImpossible("Aucun test n’a pu être calculé.")
    if not all(0 <= valeur <= 1 for valeur, _ in calculables):
        raise CalculImpossible("Une probabilité doit être comprise entre 0 et 1.")
    ajustes: list[float | None] = [None] * len(p)
    plancher = 0.0
    for place, (valeur, rang) in enumerate(sorted(calculables)):
        plancher = max(plancher, min(1.0, (len(calculables) - place) * valeur))
        ajustes[rang] = plancher
    return ajustes
