"""Paired yes/no answers and shares: published values, definitions, properties."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binomtest

from analyses.statistiques.paires import Paires, mcnemar, newcombe, tango
from analyses.statistiques.proportions import quantile, wilson
from analyses.statistiques.refus import CalculImpossible

EFFECTIF = st.integers(0, 60)
TABLES = st.builds(Paires, EFFECTIF, EFFECTIF, EFFECTIF, EFFECTIF).filter(lambda p: p.n)

# Fagerland, Lydersen & Laake, « Statistical Analysis of Contingency Tables » (2017), chapter 8, and
# its R package contingencytables. There the difference is first minus second.
BENTUR = Paires(oui_oui=1, oui_non=1, non_oui=7, non_non=12)
CAVO = Paires(oui_oui=59, oui_non=6, non_oui=16, non_non=80)
PUBLIEES = [
    (tango, BENTUR, (0.026, 0.517), 3),
    (newcombe, BENTUR, (0.026, 0.507), 3),
    (tango, CAVO, (0.0054, 0.1240), 4),
    (newcombe, CAVO, (0.0046, 0.1186), 4),
    (tango, Paires(0, 0, 3, 0), (-0.1230, 1.0), 4),
    (tango, Paires(0, 3, 0, 0), (-1.0, 0.1230), 4),
    (newcombe, Paires(1, 0, 0, 1), (-0.5734, 0.5734), 4),
]


@pytest.mark.parametrize(("calcul", "paires", "bornes", "decimales"), PUBLIEES)
def test_published_intervals(calcul, paires, bornes, decimales):
    assert tuple(round(b, decimales) for b in calcul(paires)) == bornes


def test_the_cohort_of_the_specification():
    """Domaine §4.3: 9 of 15 better, 4 the same, 2 worse gives 3.5 to 74.1 %."""
    bas, haut = tango(Paires(2, 2, 9, 2))
    assert (round(100 * bas, 1), round(100 * haut, 1)) == (3.5, 74.1)


def test_published_mcnemar():
    """Fagerland et al. for Cavo: 0.052479; R coin for Agresti's prime minister: 3.716e-05."""
    assert mcnemar(16, 6) == pytest.approx(0.052479, abs=5e-7)
    assert mcnemar(86, 150) == pytest.approx(3.716e-05, abs=5e-9)


def test_six_changes_in_one_direction_are_needed():
    assert mcnemar(5, 0) == 0.0625
    assert mcnemar(0, 6) == 0.03125
    assert mcnemar(0, 0) == 1


@given(gains=st.integers(0, 400), pertes=st.integers(0, 400))
def test_mcnemar_is_the_binomial_test(gains, pertes):
    assume(gains + pertes)
    attendu = binomtest(gains, gains + pertes, 0.5).pvalue
    assert mcnemar(gains, pertes) == pytest.approx(attendu, rel=1e-10)
    assert mcnemar(gains, pertes) == mcnemar(pertes, gains)


def test_a_million_changes():
    """The normal law with continuity correction is exact to a few parts in a million there."""
    z = (3000 - 1) / math.sqrt(2_003_000)
    assert mcnemar(1_000_000, 1_003_000) == pytest.approx(math.erfc(z / math.sqrt(2)), rel=1e-5)
    bas, haut = tango(Paires(10**6, 10**6, 10**6 + 5000, 10**6))
    erreur = 1.959964 * math.sqrt(2_005_000 - 5000**2 / 4_005_000) / 4_005_000
    milieu = 5000 / 4_005_000
    assert (bas, haut) == pytest.approx((milieu - erreur, milieu + erreur), rel=1e-4)
    assert newcombe(Paires(10**6, 10**6, 10**6 + 5000, 10**6)) == pytest.approx(
        (bas, haut), rel=1e-3
    )


@given(paires=TABLES, niveau=st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_tango_holds_what_the_score_does_not_reject(paires, niveau):
    """At each bound the score statistic, written as in Tango's (8)-(9), is exactly ±z."""
    n, gains, pertes = paires.n, paires.non_oui, paires.oui_non
    z = quantile(niveau)
    for borne, signe in zip(tango(paires, niveau), (1, -1), strict=True):
        if abs(borne) == 1:
            assert borne == paires.difference == -signe
            continue
        b = -gains - pertes + (2 * n - gains + pertes) * borne
        part = (math.sqrt(b * b + 8 * n * pertes * borne * (1 - borne)) - b) / (4 * n)
        variance = n * (2 * part + borne * (1 - borne))
        statistique = (gains - pertes - n * borne) / math.sqrt(variance)
        assert statistique == pytest.approx(signe * z, rel=1e-5)


@pytest.mark.parametrize("calcul", [tango, newcombe])
@given(paires=TABLES)
def test_waves_exchanged_and_answers_exchanged_mirror_the_interval(calcul, paires):
    bas, haut = calcul(paires)
    echange = Paires(paires.oui_oui, paires.non_oui, paires.oui_non, paires.non_non)
    assert calcul(echange) == pytest.approx((-haut, -bas), abs=1e-12)
    contraire = Paires(paires.non_non, paires.non_oui, paires.oui_non, paires.oui_oui)
    assert calcul(contraire) == pytest.approx((-haut, -bas), abs=1e-12)


@pytest.mark.parametrize("calcul", [tango, newcombe])
@given(paires=TABLES)
def test_intervals_hold_the_difference_and_grow_with_confidence(calcul, paires):
    etroit, large = calcul(paires, 0.8), calcul(paires, 0.99)
    assert -1 <= large[0] <= etroit[0] <= paires.difference + 1e-12
    assert paires.difference - 1e-12 <= etroit[1] <= large[1] <= 1


@given(paires=TABLES)
def test_both_intervals_agree_on_many_pairs(paires):
    grand = Paires(5000, 100 * paires.oui_non + 50, 100 * paires.non_oui + 50, 5000)
    assert newcombe(grand) == pytest.approx(tango(grand), abs=0.01)


def test_nobody_changed():
    z2 = quantile(0.95) ** 2
    assert tango(Paires(4, 0, 0, 6)) == pytest.approx((-z2 / (10 + z2), z2 / (10 + z2)))


@pytest.mark.parametrize(
    ("k", "n", "bornes"),
    [
        # Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3.
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_published_wilson(k, n, bornes):
    assert wilson(k, n) == pytest.approx(bornes, abs=5e-5)


def test_the_wilson_interval_of_the_specification():
    """Domaine §3.2: 8 territoires of 10, 49 to 94 %."""
    bas, haut = wilson(8, 10)
    assert (round(100 * bas), round(100 * haut)) == (49, 94)


@given(n=st.integers(1, 10**6), part=st.floats(0, 1), niveau=st.sampled_from([0.5, 0.9, 0.95]))
def test_wilson_is_that_of_scipy_and_mirrors(n, part, niveau):
    k = round(part * n)
    attendu = binomtest(k, n).proportion_ci(niveau, method="wilson")
    bas, haut = wilson(k, n, niveau)
    assert (bas, haut) == pytest.approx((attendu.low, attendu.high), abs=1e-12)
    assert wilson(n - k, n, niveau) == pytest.approx((1 - haut, 1 - bas), abs=1e-12)
    assert 0 <= bas <= k / n <= haut <= 1


@pytest.mark.parametrize(
    "calcul",
    [
        lambda: tango(Paires(0, 0, 0, 0)),
        lambda: newcombe(Paires(0, 0, 0, 0)),
        lambda: tango(Paires(1, -1, 0, 5)),
        lambda: newcombe(Paires(1, 1, 0, -1)),
        lambda: tango(Paires(1, 1, 1, 1), 1),
        lambda: newcombe(Paires(1, 1, 1, 1), 0),
        lambda: mcnemar(-1, 2),
        lambda: wilson(0, 0),
        lambda: wilson(3, 2),
        lambda: wilson(-1, 2),
        lambda: wilson(1, 2, 95),
        lambda: quantile(float("nan")),
    ],
)
def test_what_cannot_be_computed_is_said(calcul):
    with pytest.raises(CalculImpossible) as refus:
        calcul()
    assert refus.value.raison.endswith(".")
