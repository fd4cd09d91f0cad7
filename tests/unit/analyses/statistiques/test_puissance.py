"""Power: the figures of the specification, published values, every table of small groups."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analyses.statistiques.paires import mcnemar
from analyses.statistiques.puissance import (
    EFFECTIF_MAX,
    effectif_necessaire,
    progression_necessaire,
    puissance,
)
from analyses.statistiques.refus import CalculImpossible

PARTS = st.tuples(st.integers(0, 100), st.integers(0, 100)).filter(lambda p: sum(p) <= 100)


def par_enumeration(n, progressent, reculent, niveau):
    """Return the chance of every split of n families whose test is significant."""
    total = 0.0
    for plus, moins in itertools.product(range(n + 1), repeat=2):
        if plus + moins <= n and mcnemar(plus, moins) < niveau:
            stables = 1 - progressent - reculent
            facons = math.comb(n, plus) * math.comb(n - plus, moins)
            total += facons * progressent**plus * reculent**moins * stables ** (n - plus - moins)
    return total


@pytest.mark.parametrize(
    ("progressent", "reculent", "attendues"),
    [
        (0.40, 0.10, (0.09, 0.36, 0.58, 0.84, 0.95)),
        (0.45, 0.20, (0.07, 0.21, 0.32, 0.52, 0.72)),
        (0.30, 0.15, (0.02, 0.09, 0.15, 0.29, 0.40)),
    ],
)
def test_the_figures_of_the_specification(progressent, reculent, attendues):
    """Domaine §4.2, simulated there: 15 figures, within what a simulation leaves to chance."""
    for n, attendue in zip((10, 20, 30, 50, 70), attendues, strict=True):
        assert puissance(n, progressent, reculent) == pytest.approx(attendue, abs=0.02)


def test_published_powers():
    """G*Power 3 manual, McNemar, after O'Brien 2002; R package MESS, its tests."""
    # One-sided 0.05, 50 pairs, 40 % discordant, odds ratio 0.25.
    assert puissance(50, 0.32, 0.08, 0.10) == pytest.approx(0.839343, abs=5e-5)
    assert puissance(144, 0.45, 0.25) == pytest.approx(0.80, abs=0.005)


@given(n=st.integers(1, 14), parts=PARTS, niveau=st.sampled_from([0.01, 0.05, 0.0625, 0.1, 0.5]))
@settings(max_examples=60)
def test_the_power_is_that_of_every_split(n, parts, niveau):
    plus, moins = parts[0] / 100, parts[1] / 100
    attendue = par_enumeration(n, plus, moins, niveau)
    assert puissance(n, plus, moins, niveau) == pytest.approx(attendue, abs=1e-12)


@given(n=st.integers(1, 300), parts=PARTS)
def test_both_directions_are_alike_and_chance_alone_stays_below_the_level(n, parts):
    plus, moins = parts[0] / 100, parts[1] / 100
    assert puissance(n, plus, moins) == pytest.approx(puissance(n, moins, plus), abs=1e-12)
    assert puissance(n, plus / 2, plus / 2) <= 0.05
    assert puissance(n, plus, moins, 0.01) <= puissance(n, plus, moins, 0.05)


def test_fewer_than_six_families_show_nothing():
    assert puissance(5, 1, 0) == 0
    assert puissance(6, 1, 0) == pytest.approx(1)
    assert puissance(70, 0, 0) == 0
    assert progression_necessaire(5, 0) is None
    assert progression_necessaire(6, 0) == 6
    assert puissance(70, 0.7 + 0.1 + 0.1, 0.1) == pytest.approx(1)


@pytest.mark.parametrize(
    ("progressent", "reculent", "voulue", "niveau"),
    [(0.4, 0.1, 0.8, 0.05), (0.9, 0.1, 0.9, 0.05), (0.3, 0.15, 0.8, 0.05), (0.6, 0.4, 0.8, 0.01)],
)
def test_the_number_of_families_is_beyond_every_dip(progressent, reculent, voulue, niveau):
    puissances = np.array(
        [puissance(n, progressent, reculent, niveau) for n in range(1, EFFECTIF_MAX + 1)]
    )
    derniere_trop_faible = int(np.flatnonzero(puissances < voulue)[-1]) + 1
    assert effectif_necessaire(progressent, reculent, voulue, niveau) == derniere_trop_faible + 1


def test_too_small_a_change_has_no_number_of_families():
    assert effectif_necessaire(0.30, 0.28) is None
    assert effectif_necessaire(0.2, 0.2) is None
    assert effectif_necessaire(1, 0) == 6


@given(n=st.integers(1, 80), reculent=st.sampled_from([0, 0.05, 0.1, 0.2, 0.4]))
@example(n=23, reculent=0.2)  # 0.8 of 23 is no number of families
@settings(max_examples=30)
def test_one_family_less_is_not_enough(n, reculent):
    familles = progression_necessaire(n, reculent)
    if familles is None:
        tous_les_autres = int(n * (1 - reculent) + 1e-9)
        assert puissance(n, tous_les_autres / n, reculent) < 0.8
        return
    assert puissance(n, familles / n, reculent) >= 0.8
    assert puissance(n, (familles - 1) / n, reculent) < 0.8


@pytest.mark.parametrize(
    "appel",
    [
        lambda: puissance(0, 0.4, 0.1),
        lambda: puissance(EFFECTIF_MAX + 1, 0.4, 0.1),
        lambda: puissance(70, -0.1, 0.1),
        lambda: puissance(70, 0.6, 0.5),
        lambda: puissance(70, float("nan"), 0.1),
        lambda: puissance(70, 0.4, 0.1, 0),
        lambda: puissance(70, 0.4, 0.1, 1),
        lambda: effectif_necessaire(0.4, 0.1, 1),
        lambda: effectif_necessaire(0.4, 0.7),
        lambda: progression_necessaire(70, 1.2),
        lambda: progression_necessaire(70, 0.1, 0),
    ],
)
def test_what_cannot_be_computed_is_said(appel):
    with pytest.raises(CalculImpossible) as refus:
        appel()
    assert refus.value.raison.endswith(".")
