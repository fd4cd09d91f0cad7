"""The signed-rank test: published values, enumeration of every sign, properties."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata, wilcoxon

from analyses.statistiques.rangs import (
    LIMITE_EXACTE,
    HodgesLehmann,
    _p_normale,
    hodges_lehmann,
    rang_de_walsh,
    rang_normal,
    rangs_signes,
    repartition,
)
from analyses.statistiques.refus import CalculImpossible
from analyses.statistiques.unites import differences

PETITES = st.lists(st.integers(-4, 4), min_size=1, max_size=9)
LISTES = st.lists(st.integers(-7, 7), min_size=1, max_size=60)

# Depression scale before and after a tranquilizer: Hollander & Wolfe (1973), table 1 of chapter 3,
# p. 29; the example of R's ?wilcox.test.
AVANT = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
APRES = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]


def entiers(valeurs):
    return np.array(valeurs, dtype=np.int64)


def par_enumeration(ecarts):
    """Return the two-sided p-value by giving every sign to every non-zero difference."""
    rangs = [
        Fraction(round(2 * r), 2)
        for r, e in zip(rankdata(np.abs(ecarts)), ecarts, strict=True)
        if e
    ]
    observe = sum(r if e > 0 else -r for r, e in zip(rangs, [e for e in ecarts if e], strict=True))
    sommes = [
        abs(sum(s * r for s, r in zip(signes, rangs, strict=True)))
        for signes in itertools.product((-1, 1), repeat=len(rangs))
    ]
    return sum(s >= abs(observe) for s in sommes) / len(sommes)


def test_hollander_and_wolfe_depression_scale():
    """R: V = 40, one-sided p = 0.01953 (10/512); coin: two-sided 0.03906."""
    ecarts, _ = differences(AVANT, APRES, 0.001)
    resultat = rangs_signes(ecarts)
    assert (resultat.w_moins, resultat.w_plus) == (40, 5)
    assert resultat.p == 20 / 512
    assert (resultat.n, resultat.n_plus, resultat.n_zero, resultat.n_moins) == (9, 2, 0, 7)


def test_hollander_and_wolfe_estimate_of_the_depression_scale():
    """H&W §3.2-3.3: estimate -0.46, interval (-0.786, -0.010)."""
    ecarts, unite = differences(AVANT, APRES, 0.001)
    estimation = hodges_lehmann(ecarts)
    assert float(unite) * estimation.estimation == pytest.approx(-0.46)
    assert float(unite) * estimation.bas == pytest.approx(-0.786)
    assert float(unite) * estimation.haut == pytest.approx(-0.010)


def test_coin_fifteen_pairs_all_in_one_direction():
    """R coin, tests/bugfixes.R: y = 1:30 in 15 blocks of two, p = 6.104e-05 (2/2^15)."""
    assert rangs_signes(entiers([1] * 15)).p == 2 / 2**15


@given(ecarts=PETITES)
def test_the_p_value_is_that_of_every_sign(ecarts):
    assert rangs_signes(entiers(ecarts)).p == pytest.approx(par_enumeration(ecarts), rel=1e-12)


@given(
    rangs=st.permutations(range(1, 12)), signes=st.lists(st.booleans(), min_size=11, max_size=11)
)
def test_without_ties_nor_zeros_scipy_agrees(rangs, signes):
    """There scipy's exact distribution is right; domaine §4.1 says where it is not."""
    ecarts = [r if s else -r for r, s in zip(rangs, signes, strict=True)]
    attendu = wilcoxon(ecarts, method="exact").pvalue
    assert rangs_signes(entiers(ecarts)).p == pytest.approx(attendu, rel=1e-12)


def test_with_ties_and_zeros_scipy_is_wrong_and_we_are_not():
    """Why this module exists: one better, two worse, eleven the same proves nothing."""
    ecarts = [1, -1, -1] + [0] * 11
    assert wilcoxon(ecarts, zero_method="pratt", method="exact").pvalue < 0.02
    assert rangs_signes(entiers(ecarts)).p == par_enumeration(ecarts) == 1


@given(ecarts=LISTES)
def test_direction_only_changes_the_sign(ecarts):
    sens, contraire = rangs_signes(entiers(ecarts)), rangs_signes(-entiers(ecarts))
    assert sens.p == contraire.p
    assert (sens.n_plus, sens.w_plus) == (contraire.n_moins, contraire.w_moins)
    if sens.rang_biserial is not None:
        assert sens.rang_biserial == -contraire.rang_biserial
    a, b = hodges_lehmann(entiers(ecarts)), hodges_lehmann(-entiers(ecarts))
    assert a.estimation == -b.estimation
    if a.bas is not None:
        assert (a.bas, a.haut) == (-b.haut, -b.bas)


@given(ecarts=LISTES, hasard=st.randoms())
def test_the_order_of_people_does_not_matter(ecarts, hasard):
    melanges = list(ecarts)
    hasard.shuffle(melanges)
    assert rangs_signes(entiers(ecarts)) == rangs_signes(entiers(melanges))
    assert hodges_lehmann(entiers(ecarts)) == hodges_lehmann(entiers(melanges))


@given(ecarts=LISTES, facteur=st.integers(1, 9))
def test_only_ranks_count_and_the_estimate_follows_the_unit(ecarts, facteur):
    un, autre = rangs_signes(entiers(ecarts)), rangs_signes(facteur * entiers(ecarts))
    assert un == autre
    a, b = hodges_lehmann(entiers(ecarts)), hodges_lehmann(facteur * entiers(ecarts))
    assert b.estimation == facteur * a.estimation


@given(ecarts=LISTES)
def test_figures_hold_together(ecarts):
    r = rangs_signes(entiers(ecarts))
    assert r.n == r.n_plus + r.n_zero + r.n_moins == len(ecarts)
    assert 0 < r.p <= 1
    assert r.exact
    # Ranks 1 … z, here with ties, belong to the zeros that Pratt leaves out.
    assert r.w_plus + r.w_moins == r.n * (r.n + 1) / 2 - r.n_zero * (r.n_zero + 1) / 2
    if r.rang_biserial is not None:
        assert -1 <= r.rang_biserial <= 1
        assert r.rang_biserial == pytest.approx((r.w_plus - r.w_moins) / (r.w_plus + r.w_moins))
    estimation = hodges_lehmann(entiers(ecarts))
    assert min(ecarts) <= estimation.estimation <= max(ecarts)
    if estimation.bas is not None:
        assert estimation.bas <= estimation.estimation <= estimation.haut


@given(ecarts=st.lists(st.integers(-5, 5), min_size=1, max_size=25))
def test_the_estimate_is_the_median_of_all_pairs(ecarts):
    moyennes = sorted((a + b) / 2 for a, b in itertools.combinations_with_replacement(ecarts, 2))
    estimation = hodges_lehmann(entiers(ecarts))
    assert estimation.estimation == np.median(moyennes)
    k = rang_de_walsh(len(ecarts), 0.95)
    if k:
        assert (estimation.bas, estimation.haut) == (moyennes[k - 1], moyennes[-k])
    else:
        assert (estimation.bas, estimation.haut) == (None, None)


@pytest.mark.parametrize(
    ("n", "borne"), [(6, 0), (7, 2), (8, 3), (9, 5), (10, 8), (15, 25), (20, 52), (25, 89)]
)
def test_the_usual_table_of_critical_values(n, borne):
    """Largest T with a two-sided p of at most 0.05, as in every textbook (Conover, table A12)."""
    cumul = repartition(np.arange(1, n + 1), n * (n + 1) // 4)
    assert cumul[borne] <= 0.025 < cumul[borne + 1]
    assert rang_de_walsh(n, 0.95) == borne + 1


def test_five_people_cannot_be_certain_at_95():
    assert hodges_lehmann(entiers([1, 2, 3, 4, 5])) == HodgesLehmann(3, None, None)
    assert hodges_lehmann(entiers([1, 2, 3, 4, 5]), 0.9) == HodgesLehmann(3, 1, 5)
    assert hodges_lehmann(entiers([1, 2, 3, 4, 5, 6])) == HodgesLehmann(3.5, 1, 6)


@given(ecarts=st.lists(st.integers(-3, 3), min_size=8, max_size=40))
def test_more_confidence_is_wider(ecarts):
    a, b, c = (hodges_lehmann(entiers(ecarts), niveau) for niveau in (0.8, 0.9, 0.95))
    assert c.bas <= b.bas <= a.bas <= a.haut <= b.haut <= c.haut


def test_nobody_changed():
    resultat = rangs_signes(entiers([0] * 12))
    assert (resultat.n_zero, resultat.p, resultat.rang_biserial) == (12, 1, None)
    assert hodges_lehmann(entiers([0] * 12)) == HodgesLehmann(0, 0, 0)


def test_one_person():
    resultat = rangs_signes(entiers([-2]))
    assert (resultat.p, resultat.rang_biserial) == (1, -1)
    assert hodges_lehmann(entiers([-2])) == HodgesLehmann(-2, None, None)


def test_everybody_changed_alike_at_the_limit_of_exact():
    resultat = rangs_signes(entiers([1] * LIMITE_EXACTE))
    assert resultat.p == 2.0 ** (1 - LIMITE_EXACTE)
    assert resultat.exact


def test_beyond_the_limit_the_normal_law_is_used_and_said():
    ecarts = np.resize(entiers([1, 2, 0, -1, 3, -2, 1, -1, 0, -1]), 2 * LIMITE_EXACTE)
    a_la_limite = rangs_signes(ecarts[: LIMITE_EXACTE * 10 // 8])
    au_dela = rangs_signes(ecarts)
    assert (a_la_limite.exact, au_dela.exact) == (True, False)
    assert 1e-9 < au_dela.p < a_la_limite.p < 0.05


def test_the_normal_law_is_close_where_both_exist():
    ecarts = entiers([1, 2, 0, -1, 3, -2, 1, -1, 0, -2, 1, -1] * 60)
    resultat, doubles = rangs_signes(ecarts), np.rint(2 * rankdata(np.abs(ecarts)))
    plus_petit = int(2 * min(resultat.w_plus, resultat.w_moins))
    assert _p_normale(doubles[ecarts != 0], plus_petit) == pytest.approx(resultat.p, rel=0.01)
    for risque in (0.005, 0.025, 0.1):
        exact = rang_de_walsh(800, 1 - 2 * risque)
        assert rang_normal(800, risque) == pytest.approx(exact, rel=2e-3)


def test_impossible_is_said():
    vide = entiers([])
    for calcul in (rangs_signes, hodges_lehmann):
        with pytest.raises(CalculImpossible, match="aucune paire"):
            calcul(vide)
    for niveau in (0, 1, 95, -0.5, float("nan")):
        with pytest.raises(CalculImpossible, match="confiance"):
            hodges_lehmann(entiers([1, 2]), niveau)
