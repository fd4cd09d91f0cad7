"""What each card received, as two halves of the cohort: counts only, never an answer (issue 5, line 3).

The rule is the same for every cohort, and nobody chooses it: the cards that answered both waves, cut
as near their middle as equal counts allow. It is thus declared before the first exit answer.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from enquetes.models import Carte, Cohorte

QUOI: Final = ("paniers", "ateliers")


@dataclass(frozen=True, slots=True)
class Exposition:
    """One count, cut in two."""

    quoi: str
    seuil: int
    """About half of the cards compared received that much at most, the others more."""
    plus: frozenset[int]
    """Numbers of all the cards that received more, compared or not."""


def expositions_de(cohorte: Cohorte, compares: Collection[int]) -> list[Exposition]:
    """Return the counts that differ from card to card, each with its two halves.

    ``compares``: the numbers of the cards that answered both waves.
    """
    cartes = list(Carte.objects.filter(cohorte=cohorte).order_by("numero"))
    lues = []
    for quoi in QUOI:
        comptes = [getattr(carte, quoi) for carte in cartes if carte.numero in compares]
        seuil = milieu(comptes)
        plus = frozenset(carte.numero for carte in cartes if getattr(carte, quoi) > seuil)
        if plus and compares:
            lues.append(Exposition(quoi, seuil, plus))
    return lues


def milieu(comptes: Sequence[int]) -> int:
    """Return the count that leaves as many on both sides as can be; the smaller of two as good.

    >>> milieu([1, 2, 3, 4]), milieu([1, 2, 2, 2, 3]), milieu([0, 3, 3, 3, 9])
    (2, 1, 0)
    """

    def ecart(seuil: int) -> tuple[int, int]:
        return abs(2 * sum(compte <= seuil for compte in comptes) - len(comptes)), seuil

    return min(set(comptes), key=ecart, default=0)
