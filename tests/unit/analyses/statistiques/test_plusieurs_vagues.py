"""Several waves: published values, every order within each person, properties."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare, rankdata

from analyses.statistiques.frequences import PLUS_PETITE, TROP_PETITE, queue_par_frequences
from analyses.statistiques.paires import mcnemar
from analyses.statistiques.permutations import queue_des_carres
from analyses.statistiques.plusieurs_vagues import cochran, friedman
from analyses.statistiques.refus import CalculImpossible

# Cochran 1950, table 2: growth of diphtheria on four media, 69 specimens.
DIPHTERIE = (
    [[1, 1, 1, 1]] * 4 + [[1, 1, 0, 1]] * 2 + [[0, 1, 1, 1]] * 3 + [[0, 1, 0, 1]] + [[0] * 4] * 59
)
# Hollander & Wolfe (1999), table 7.1, p. 274: three ways of rounding first base.
BASES = np.array(
    [
        "5.40",
        "5.50",
        "5.55",
        "5.85",
        "5.70",
        "5.75",
        "5.20",
        "5.60",
        "5.50",
        "5.55",
        "5.50",
        "5.40",
        "5.90",
        "5.85",
        "5.70",
        "5.45",
        "5.55",
        "5.60",
        "5.40",
        "5.40",
        "5.35",
        "5.45",
        "5.50",
        "5.35",
        "5.25",
        "5.15",
        "5.00",
        "5.85",
        "5.80",
        "5.70",
        "5.25",
        "5.20",
        "5.10",
        "5.65",
        "5.55",
        "5.45",
        "5.60",
        "5.35",
        "5.45",
        "5.05",
        "5.00",
        "4.95",
        "5.50",
        "5.50",
        "5.40",
        "5.45",
        "5.55",
        "5.50",
        "5.55",
        "5.55",
        "5.35",
        "5.45",
        "5.50",
        "5.55",
        "5.50",
        "5.45",
        "5.25",
        "5.65",
        "5.60",
        "5.40",
        "5.70",
        "5.65",
        "5.55",
        "6.30",
        "6.30",
        "6.25",
    ],
    dtype=float,
).reshape(22, 3)
# Quade 1979, p. 683, as in the documentation of R coin.
QUADE = [
    [52, 45, 38],
    [63, 79, 50],
    [45, 57, 39],
    [53, 51, 43],
    [47, 50, 56],
    [62, 72, 49],
    [49, 52, 40],
]

OUI_NON = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 1), min_size=k, max_size=k), min_size=1, max_size=5)
)
ORDINALES = st.integers(2, 3).flatmap(
    lambda k: st.lists(st.lists(st.integers(1, 4), min_size=k, max_size=k), min_size=1, max_size=4)
)


def par_enumeration(lignes, observe):
    """Return P(sum of squared column sums >= observe) over every order within every row."""
    tous = [sorted(set(itertools.permutations(ligne))) for ligne in lignes]
    carres = [
        sum(sum(colonne) ** 2 for colonne in zip(*choix, strict=True))
        for choix in itertools.product(*tous)
    ]
    return sum(c >= observe for c in carres) / len(carres)


def carres(lignes):
    return sum(sum(colonne) ** 2 for colonne in zip(*lignes, strict=True))


def change(lignes):
    return any(len(set(ligne)) > 1 for ligne in lignes)


def test_cochran_1950():
    """R coin: Q = 8.0526, df = 3, p = 0.04494; 10,000 draws give p in 0.0480-0.0597."""
    resultat = cochran(DIPHTERIE)
    assert resultat.q == pytest.approx(8.0526, abs=5e-5)
    assert resultat.ddl == 3
    assert resultat.p_chi2 == pytest.approx(0.04494, abs=5e-6)
    assert 0.04796230 < resultat.p_exact < 0.05966731


def test_hollander_and_wolfe_first_base():
    """R coin and friedman.test: chi-squared = 11.143, df = 2, p = 0.003805."""
    resultat = friedman(BASES.tolist())
    assert resultat.chi2 == pytest.approx(11.143, abs=5e-4)
    assert resultat.p_chi2 == pytest.approx(0.003805, abs=5e-7)
    assert resultat.kendall_w == pytest.approx(resultat.chi2 / 44)
    assert resultat.p_exact == pytest.approx(resultat.p_chi2, abs=0.001)


def test_quade_1979():
    """R coin: chi-squared = 6, 10,000 draws give p = 0.0502."""
    resultat = friedman(QUADE)
    assert resultat.chi2 == 6
    assert resultat.p_exact == pytest.approx(0.0502, abs=0.006)


@pytest.mark.parametrize(
    ("sommes", "n", "k", "p"),
    [
        # Friedman 1937, table V (three ranks): chi2 = 6 at n = 3, 8 at n = 4, 8.4 at n = 5.
        ([3, 6, 9], 3, 3, 1 / 36),
        ([4, 8, 12], 4, 3, 1 / 216),
        # Same, table VI (four ranks): chi2 = 6 at n = 2.
        ([2, 4, 6, 8], 2, 4, 1 / 24),
    ],
)
def test_friedman_1937_full_agreement(sommes, n, k, p):
    resultat = friedman([list(range(1, k + 1))] * n)
    assert (resultat.chi2, resultat.kendall_w) == (n * (k - 1), 1)
    assert resultat.p_exact == pytest.approx(p)
    assert [n * (j + 1) for j in range(k)] == sommes


@given(lignes=OUI_NON)
@settings(max_examples=60)
def test_cochran_exact_is_every_order(lignes):
    if not change(lignes):
        with pytest.raises(CalculImpossible, match="Personne"):
            cochran(lignes)
        return
    resultat = cochran(lignes)
    assert resultat.p_exact == pytest.approx(par_enumeration(lignes, carres(lignes)))
    assert 0 <= resultat.p_chi2 <= 1


@given(lignes=ORDINALES)
@settings(max_examples=60)
def test_friedman_exact_is_every_order(lignes):
    if not change(lignes):
        with pytest.raises(CalculImpossible, match="Personne"):
            friedman(lignes)
        return
    rangs = [[Fraction(round(2 * r)) for r in rankdata(ligne)] for ligne in lignes]
    resultat = friedman(lignes)
    assert resultat.p_exact == pytest.approx(par_enumeration(rangs, carres(rangs)))


@given(
    lignes=st.lists(
        st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=3, max_size=30
    ).filter(change)
)
@settings(max_examples=60)
def test_friedman_is_that_of_scipy(lignes):
    """Domaine §4.1: scipy's is corrected for ties, verified."""
    attendu = friedmanchisquare(*zip(*lignes, strict=True))
    resultat = friedman(lignes, exact=False)
    assert resultat.chi2 == pytest.approx(attendu.statistic)
    assert resultat.p_chi2 == pytest.approx(attendu.pvalue)
    assert resultat.p_exact is None
    assert -1e-12 <= resultat.kendall_w <= 1 + 1e-12


@given(gains=st.integers(0, 12), pertes=st.integers(0, 12), stables=st.integers(0, 5))
def test_two_waves_are_mcnemar(gains, pertes, stables):
    if not gains + pertes:
        return
    lignes = [[0, 1]] * gains + [[1, 0]] * pertes + [[1, 1], [0, 0]] * stables
    resultat = cochran(lignes)
    assert resultat.q == pytest.approx((gains - pertes) ** 2 / (gains + pertes))
    assert resultat.p_exact == pytest.approx(mcnemar(gains, pertes))


@given(lignes=OUI_NON.filter(change), hasard=st.randoms())
def test_neither_people_nor_waves_have_an_order(lignes, hasard):
    melanges = [list(ligne) for ligne in lignes]
    hasard.shuffle(melanges)
    ordre = list(range(len(lignes[0])))
    hasard.shuffle(ordre)
    melanges = [[ligne[j] for j in ordre] for ligne in melanges]
    for calcul in (cochran, friedman):
        un, autre = calcul(lignes), calcul(melanges)
        assert un.p_chi2 == autre.p_chi2
        assert un.p_exact == pytest.approx(autre.p_exact)


@given(lignes=OUI_NON.filter(change))
def test_yes_and_no_can_be_exchanged(lignes):
    contraire = [[1 - r for r in ligne] for ligne in lignes]
    assert cochran(lignes).q == pytest.approx(cochran(contraire).q)
    assert cochran(lignes).p_exact == pytest.approx(cochran(contraire).p_exact)
    # On two answers Friedman with ties is Cochran (Conover, §4.6 and §5.8).
    assert friedman(lignes).chi2 == pytest.approx(cochran(lignes).q)
    assert friedman(lignes).p_exact == pytest.approx(cochran(lignes).p_exact)


def test_people_who_never_change_bear_on_w_only():
    seul, suivis = friedman(QUADE), friedman([*QUADE, [1, 1, 1], [7, 7, 7]])
    assert suivis.chi2 == pytest.approx(seul.chi2)
    assert suivis.p_exact == pytest.approx(seul.p_exact)
    assert suivis.kendall_w == pytest.approx(seul.kendall_w * 7 / 9)


def test_seventy_people_four_waves_is_exact_for_yes_no():
    hasard = np.random.default_rng(3)
    resultat = cochran(hasard.integers(0, 2, (70, 4)).tolist())
    assert resultat.p_exact == pytest.approx(resultat.p_chi2, abs=0.04)


@given(
    lignes=st.integers(2, 4).flatmap(
        lambda k: st.lists(
            st.lists(st.integers(0, 1), min_size=k, max_size=k), min_size=2, max_size=24
        )
    )
)
@settings(max_examples=60)
def test_both_ways_of_counting_give_the_same_law(lignes):
    table = np.array([ligne for ligne in lignes if len(set(ligne)) > 1])
    if not len(table):
        return
    par_nombre = np.bincount(table.sum(axis=1), minlength=table.shape[1] + 1).tolist()
    une_par_une = queue_des_carres(table, carres(table.tolist()))
    ensemble = queue_par_frequences(par_nombre, carres(table.tolist()))
    if une_par_une < 2 * PLUS_PETITE:
        assert ensemble is None or ensemble == pytest.approx(une_par_une, abs=1e-12)
    else:
        assert ensemble == pytest.approx(une_par_une, abs=1e-12)


@pytest.mark.parametrize(("n", "pente"), [(70, 0), (70, 0.05), (100, 0.08)])
def test_both_ways_agree_on_a_cohort(n, pente):
    hasard = np.random.default_rng(n)
    table = (hasard.random((n, 4)) < 0.4 + pente * np.arange(4)).astype(int)
    changeants = table[(table.sum(axis=1) % 4) > 0]
    attendu = queue_des_carres(changeants, carres(changeants.tolist()))
    assert cochran(table.tolist()).p_exact == pytest.approx(attendu, abs=1e-12)


def test_three_hundred_people_four_waves_is_exact_for_yes_no():
    hasard = np.random.default_rng(4)
    resultat = cochran((hasard.random((300, 4)) < 0.5 + 0.03 * np.arange(4)).astype(int).tolist())
    assert resultat.p_exact == pytest.approx(resultat.p_chi2, rel=0.05)


def test_two_thousand_people_two_waves_are_still_mcnemar():
    lignes = [[0, 1]] * 900 + [[1, 0]] * 1000 + [[1, 1]] * 100
    assert cochran(lignes).p_exact == pytest.approx(mcnemar(900, 1000), abs=1e-12)


def test_a_very_small_probability_is_counted_person_by_person_or_not_given():
    """The transform would leave rounding noise there, perhaps below zero."""
    assert cochran([[0, 0, 1, 1]] * 40).p_exact == pytest.approx(6.0 ** (1 - 40))
    assert queue_par_frequences([0, 0, 40, 0, 0], 2 * 40**2) == TROP_PETITE
    forte = cochran([[0, 0, 1, 1], [0, 1, 1, 1]] * 400)
    assert forte.p_exact is None
    assert forte.trop_petite
    assert forte.p_chi2 < 1e-100


def test_too_long_has_no_exact_value():
    hasard = np.random.default_rng(3)
    assert friedman(hasard.integers(1, 6, (70, 4)).tolist()).p_exact is None
    assert queue_des_carres(np.arange(8)[None, :], 1) is None
    assert queue_des_carres(np.full((40, 12), 100) + np.eye(40, 12, dtype=int), 1) is None


@pytest.mark.parametrize("calcul", [cochran, friedman])
@pytest.mark.parametrize("lignes", [[], [[]], [[1], [0]], [[0, 1], [0, 1, 1]], [[1, 1], [0, 0]]])
def test_what_cannot_be_computed_is_said(calcul, lignes):
    with pytest.raises(CalculImpossible):
        calcul(lignes)


def test_values_out_of_range_are_said():
    with pytest.raises(CalculImpossible, match="doivent être 0"):
        cochran([[0, 2], [1, 0]])
    for infini in (float("nan"), float("inf"), 10**400):
        with pytest.raises(CalculImpossible):
            friedman([[1, infini], [1, 2]])
