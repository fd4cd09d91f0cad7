"""Those who left could have said anything: the worst and the best case (Manski 1989, 1990).

Manski, « Anatomy of the Selection Problem », Journal of Human Resources 24:343-360. No assumption
on those who left: the bounds do not get narrower by wishing.
"""

from dataclasses import dataclass

from .refus import CalculImpossible


@dataclass(frozen=True, slots=True)
class Bornes:
    """What was observed, and between what and what the whole group may be."""

    observe: float
    bas: float
    haut: float


def bornes_part(favorables: int, repondants: int, inscrits: int) -> Bornes:
    """Return the share observed among ``repondants`` and its bounds among ``inscrits``.

    Errors: ``CalculImpossible`` unless 0 <= favorables <= repondants <= inscrits, with someone
    answering.
    """
    if not 0 <= favorables <= repondants <= inscrits or not repondants:
        raise CalculImpossible(
            "Il faut au moins une réponse, et pas plus de réponses que de personnes inscrites."
        )
    partis = inscrits - repondants
    return Bornes(favorables / repondants, favorables / inscrits, (favorables + partis) / inscrits)


def bornes_nettes(progressent: int, reculent: int, repondants: int, inscrits: int) -> Bornes:
    """Return the net share (better minus worse) and its bounds if all who left got worse, or better.

    Errors: as ``bornes_part``.
    """
    if min(progressent, reculent) < 0:
        raise CalculImpossible("Un effectif ne peut pas être négatif.")
    mieux = bornes_part(progressent, repondants, inscrits)
    moins = bornes_part(reculent, repondants, inscrits)
    if progressent + reculent > repondants:
        raise CalculImpossible("Plus de personnes ont changé qu’il n’y a de réponses.")
    return Bornes(
        (progressent - reculent) / repondants,
        mieux.bas - moins.haut,
        mieux.haut - moins.bas,
    )
