"""Before and after of a yes/no outcome, as displayed: four pairs of answers, and who is missing."""

from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

from .verdict import Intervalle, Partage

CASES: Final = ("progressent", "stables", "reculent", "manquent")
OUI_NON: Final = ("oui_oui", "oui_non", "non_oui", "non_non", "manquent")
"""First answer, then second."""

TABLES_AU_PLUS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Couples:
    """The displayed pair table of ``n`` cards."""

    n: int
    oui_oui: Intervalle
    oui_non: Intervalle
    non_oui: Intervalle
    non_non: Intervalle
    manquent: Intervalle

    @property
    def cotes(self) -> tuple[Intervalle, ...]:
        """Return the cells in the order of ``OUI_NON``."""
        return self.oui_oui, self.oui_non, self.non_oui, self.non_non, self.manquent

    def resserre(self) -> "Couples":
        """Return the intervals as whoever adds them up knows them."""
        bas, haut = (sum(cote[i] for cote in self.cotes) for i in (0, 1))
        return Couples(
            self.n,
            *((max(b, self.n - (haut - h)), min(h, self.n - (bas - b))) for b, h in self.cotes),
        )

    def oui(self, vague: int) -> Intervalle:
        """Return how many said « oui » at the first (0) or the second (1) wave."""
        autre = (self.oui_non, self.non_oui)[vague]
        return self.oui_oui[0] + autre[0], self.oui_oui[1] + autre[1]


def partage_de(couples: Couples, *, baisse: bool) -> Partage:
    """Return the same as a split: getting better is what was declared so."""
    mieux, moins = couples.non_oui, couples.oui_non
    if baisse:
        mieux, moins = moins, mieux
    stables = (
        couples.oui_oui[0] + couples.non_non[0],
        couples.oui_oui[1] + couples.non_non[1],
    )
    return Partage(couples.n, mieux, stables, moins, couples.manquent).resserre()


def intervalle_de_newcombe(couples: Couples) -> list[float] | None:
    """Return Newcombe's interval of « oui » second minus first, as wide as the display is.

    For the evaluator, beside Tango's: among those who answered both times.
    """
    from analyses.statistiques.paires import Paires, newcombe

    if prod(haut - bas + 1 for bas, haut in couples.cotes) > TABLES_AU_PLUS:
        return None  # nothing much is displayed, and its interval would say nothing either
    bornes = [
        newcombe(Paires(oui_oui, oui_non, non_oui, non_non))
        for oui_oui, oui_non, non_oui, non_non, manquent in product(
            *(range(bas, haut + 1) for bas, haut in couples.cotes)
        )
        if manquent < couples.n == oui_oui + oui_non + non_oui + non_non + manquent
    ]
    if not bornes:
        return None
    return [min(bas for bas, _ in bornes), max(haut for _, haut in bornes)]
