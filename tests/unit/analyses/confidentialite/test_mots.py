"""An interval in words: never narrower than the interval, never a decimal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.confidentialite.tableau import Cellule, Ligne, Statut


def ligne(taille):
    return Ligne("TOTAL", "Ensemble", taille, ())


@pytest.mark.parametrize(
    ("taille", "bas", "haut", "statut", "dit", "part"),
    [
        (34, 12, 12, "published", "12", "35\u00a0%"),
        (40, 5, 5, "published", "5", "13\u00a0%"),  # 12.5: halves go up
        (12, 0, 4, "interval", "moins de 5", "moins de 42\u00a0%"),
        (12, 8, 12, "interval", "plus de 7", "plus de 58\u00a0%"),
        (40, 5, 35, "interval", "entre 5 et 35", "entre 12 et 88\u00a0%"),
        (611, 5, 71, "interval", "entre 5 et 71", "moins de 12\u00a0%"),  # 5 persons are not 0 %
        (611, 540, 606, "interval", "entre 540 et 606", "plus de 88\u00a0%"),
        (600, 5, 72, "interval", "entre 5 et 72", "moins de 13\u00a0%"),  # 72 are 12 %
        (1000, 5, 996, "interval", "entre 5 et 996", "moins de 100\u00a0%"),
        (40, 0, 40, "suppressed", "masqué", ""),
        (9, 4, 4, "published", "4", ""),
        (9, 0, 4, "interval", "moins de 5", ""),
    ],
)
def test_counts_and_shares_in_words(taille, bas, haut, statut, dit, part):
    cellule = Cellule(bas, haut, statut)
    assert ligne(taille).dire(cellule) == dit
    assert ligne(taille).dire_la_part(cellule) == part


@given(st.data())
def test_a_share_says_no_more_than_the_count(data):
    taille = data.draw(st.integers(10, 400))
    bas = data.draw(st.integers(0, taille - 1))
    haut = data.draw(st.integers(bas + 1, taille))
    part = ligne(taille).dire_la_part(Cellule(bas, haut, Statut.INTERVALLE))
    nombres = [int(n) for n in re.findall(r"\d+", part)]
    possibles = [k for k in range(taille + 1) if _compatible(part, nombres, 100 * k / taille)]
    assert set(range(bas, haut + 1)) <= set(possibles)
    assert not (part.startswith("entre") and {0, 100} & set(nombres))


def _compatible(part, nombres, pourcent):
    if part.startswith("moins"):
        return pourcent < nombres[0]
    if part.startswith("plus"):
        return pourcent > nombres[0]
    return nombres[0] <= pourcent <= nombres[1]
