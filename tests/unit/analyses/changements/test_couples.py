"""The pair table of a yes/no outcome as displayed: nothing narrower than sums make it."""

from itertools import product

import pytest

from analyses.changements.couples import OUI_NON, Couples, intervalle_de_newcombe, partage_de
from analyses.statistiques.paires import Paires, newcombe


def possibles(couples: Couples) -> list[tuple[int, ...]]:
    """Return by brute force every table that the display allows."""
    return [
        cellules
        for cellules in product(*(range(b, h + 1) for b, h in couples.cotes))
        if sum(cellules) == couples.n
    ]


@pytest.mark.parametrize(
    "cotes",
    [
        ((13, 13), (7, 7), (16, 16), (23, 23), (0, 0)),
        ((10, 14), (0, 4), (5, 9), (8, 12), (0, 4)),
        ((0, 4), (0, 4), (12, 12), (3, 6), (0, 0)),
    ],
)
def test_narrowed_and_newcombe_are_those_of_every_table_that_the_display_allows(cotes):
    n = sum((bas + haut) // 2 for bas, haut in cotes)
    couples = Couples(n, *cotes)
    tables = possibles(couples)
    serre = couples.resserre()
    assert list(serre.cotes) == [(min(c), max(c)) for c in zip(*tables, strict=True)]
    bornes = [newcombe(Paires(*table[:4])) for table in tables]
    attendu = [min(b for b, _ in bornes), max(h for _, h in bornes)]
    assert intervalle_de_newcombe(serre) == attendu
    partage = partage_de(serre, baisse=False)
    for oui_oui, oui_non, non_oui, non_non, _ in tables:
        assert partage.progressent[0] <= non_oui <= partage.progressent[1]
        assert partage.reculent[0] <= oui_non <= partage.reculent[1]
        assert partage.stables[0] <= oui_oui + non_non <= partage.stables[1]


def test_nothing_is_computed_where_nothing_is_displayed():
    assert intervalle_de_newcombe(Couples(60, *[(0, 60)] * len(OUI_NON))) is None
