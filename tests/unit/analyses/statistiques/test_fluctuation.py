"""Drawing at random: exact tails, counted one by one with whole numbers."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.statistiques.fluctuation import confiance_commune, fluctuation
from analyses.statistiques.refus import CalculImpossible


def probabilites(tires: int, groupe: int, population: int) -> list[Fraction]:
    """Return the chance of each number, by counting hands."""
    toutes = comb(population, tires)
    return [
        Fraction(comb(groupe, k) * comb(population - groupe, tires - k), toutes)
        for k in range(tires + 1)
    ]


@given(st.data())
def test_each_tail_left_outside_is_rare_and_one_more_is_not(data):
    population = data.draw(st.integers(1, 60))
    groupe = data.draw(st.integers(0, population))
    tires = data.draw(st.integers(0, population))
    bas, haut = fluctuation(tires, groupe, population)
    chances = probabilites(tires, groupe, population)
    queue = Fraction(25, 1000)
    assert sum(chances[:bas]) <= queue
    assert sum(chances[haut + 1 :]) <= queue
    assert sum(chances[: bas + 1]) > queue or bas == haut
    assert sum(chances[haut:]) > queue or bas == haut


def test_a_known_draw():
    """60 of 200, of whom 80 are in the group: 24 expected, 18 to 30 nineteen times in twenty."""
    assert fluctuation(60, 80, 200) == (18, 30)


def test_everybody_drawn_leaves_no_chance():
    assert fluctuation(50, 20, 50) == (20, 20)


@pytest.mark.parametrize("faux", [(51, 20, 50), (20, 51, 50), (-1, 2, 5), (0, 0, 0)])
def test_a_group_larger_than_its_population_is_refused(faux):
    with pytest.raises(CalculImpossible):
        fluctuation(*faux)


def test_more_comparisons_ask_for_more():
    assert confiance_commune(1) == pytest.approx(0.95)
    assert confiance_commune(5) == pytest.approx(0.99)
