"""Percentages that a base can and cannot give."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.indicateurs.pourcentages import (
    controler,
    effectifs_possibles,
    lire_pourcent,
    plus_petite_base,
    wilson,
)
from voix.commun.nombres import arrondi


@pytest.mark.parametrize(
    ("pourcent", "base", "possible"),
    [
        (74, 48, False),
        (79, 10, False),
        (74, 80, True),
        (79, 19, True),
        (80, 10, True),
        (80, 6, False),
        (37, 27, True),
        (0, 3, True),
        (100, 1, True),
    ],
)
def test_the_figures_of_the_sources(pourcent, base, possible):
    assert controler(Fraction(pourcent), base).possible is possible


def test_a_refusal_says_what_the_base_can_give():
    controle = controler(Fraction(74), 48)
    assert controle.message == "74\u00a0% de 48, c’est impossible."
    assert "35 sur 48 font 73\u00a0%" in controle.conseil
    assert "36 sur 48 font 75\u00a0%" in controle.conseil
    assert "14 sur 19" in controle.conseil


@pytest.mark.parametrize(
    ("pourcent", "n", "k", "message"),
    [
        (140, 10, None, "140\u00a0% n’est pas une part."),
        (50, 0, None, "50\u00a0% de 0"),
        (50, 10, 12, "12 sur 10"),
        (50, 10, 6, "6 sur 10 ne font pas 50\u00a0%."),
    ],
)
def test_other_impossible_figures(pourcent, n, k, message):
    assert message in controler(Fraction(pourcent), n, k).message


def test_without_a_base_nothing_can_be_said():
    assert controler(Fraction(74), None).possible


def test_ten_is_the_smallest_base_of_the_table():
    assert plus_petite_base(Fraction(p) for p in (80, 90, 60, 50)) == 10
    assert plus_petite_base([Fraction(79)]) == 14
    assert plus_petite_base([Fraction(1)], maximum=60) is None


@given(n=st.integers(1, 400), part=st.floats(0, 1))
def test_what_is_computed_is_never_flagged(n, part):
    k = round(part * n)
    assert controler(Fraction(arrondi(k, n)), n, k).possible
    assert k in effectifs_possibles(Fraction(arrondi(k, n)), n)


@given(pourcent=st.integers(0, 100), n=st.integers(1, 150))
def test_flagged_exactly_when_no_count_gives_it(pourcent, n):
    """Against every count, rounded up and rounded to even."""
    donnables = {arrondi(k, n) for k in range(n + 1)}
    donnables |= {round(Fraction(100 * k, n)) for k in range(n + 1)}
    # The half below is a third way to round, allowed too.
    donnables |= {-((n - 200 * k) // (2 * n)) for k in range(n + 1)}
    assert controler(Fraction(pourcent), n).possible == (pourcent in donnables)


@given(n=st.integers(1, 300), part=st.floats(0, 1), decimales=st.integers(0, 2))
def test_decimals_are_judged_as_written(n, part, decimales):
    k = round(part * n)
    ecrit = f"{100 * k / n:.{decimales}f}".replace(".", ",")
    pourcent, lues = lire_pourcent(f"{ecrit}\u00a0%")
    assert lues == decimales
    assert controler(pourcent, n, k, decimales).possible


@pytest.mark.parametrize("texte", ["", "abc", "12,3,4", "-4", "1/2"])
def test_what_is_not_a_percentage_is_refused(texte):
    with pytest.raises(ValueError):  # noqa: PT011  (Fraction and ours)
        lire_pourcent(texte)


@pytest.mark.parametrize(("k", "n", "montre"), [(1, 8, 13), (59, 80, 74), (15, 19, 79), (0, 5, 0)])
def test_halves_go_up(k, n, montre):
    assert arrondi(k, n) == montre


def test_wilson_of_the_specification():
    assert wilson(8, 10) == (49, 94)
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == 100
