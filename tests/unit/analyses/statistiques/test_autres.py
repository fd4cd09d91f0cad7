"""Two groups, unordered choices, several outcomes, those who left, regression to the mean."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu, permutation_test, rankdata

from analyses.statistiques.attrition import Bornes, bornes_nettes, bornes_part
from analyses.statistiques.deux_groupes import _p_normale, mann_whitney
from analyses.statistiques.multiples import holm
from analyses.statistiques.nominal import stuart_maxwell
from analyses.statistiques.refus import CalculImpossible
from analyses.statistiques.regression_moyenne import changement_attendu
from analyses.statistiques.tirages import deux_queues

from .choix import tirer_un_ecart

GROUPE = st.lists(st.integers(1, 5), min_size=1, max_size=6)
P = st.one_of(st.none(), st.floats(0, 1))


def par_enumeration(a, b):
    """Return P(the sum of ranks is this far from its mean) over every choice of the group."""
    doubles = np.rint(2 * rankdata([*a, *b])).astype(int).tolist()
    milieu = len(a) * (len(doubles) + 1)
    observe = abs(sum(doubles[: len(a)]) - milieu)
    choix = list(itertools.combinations(doubles, len(a)))
    return sum(abs(sum(c) - milieu) >= observe for c in choix) / len(choix)


def test_bergmann_ludbrook_and_spooren_rats():
    """The American Statistician 2000, 54:72-77: exact two-sided p = 0.0373, with ties."""
    traites, temoins = [18, 22, 75, 163, 271, *[300] * 7], [300] * 12
    resultat = mann_whitney(traites, temoins)
    assert resultat.p == pytest.approx(0.0373, abs=5e-5)
    assert resultat.p == pytest.approx(2 * math.comb(19, 7) / math.comb(24, 12))
    # Asymptotic with ties, same paper: 0.0147.
    assert _p_normale([1, 1, 1, 1, 1, 19], 12, 60) == pytest.approx(0.0147, abs=5e-5)


def test_hollander_and_wolfe_permeability():
    """Table 4.1 and R's ?wilcox.test: W = 35, one-sided p = 0.1272."""
    terme = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    avant = [1.15, 0.88, 0.90, 0.74, 1.21]
    resultat = mann_whitney(terme, avant)
    assert resultat.u == 35
    assert resultat.p == pytest.approx(2 * 0.1272, abs=1e-4)
    assert resultat.rang_biserial == pytest.approx(0.4)


@given(a=GROUPE, b=GROUPE)
def test_mann_whitney_is_every_choice_of_the_group(a, b):
    resultat = mann_whitney(a, b)
    assert resultat.p == pytest.approx(par_enumeration(a, b), rel=1e-12)
    gagnees = sum(x > y for x in a for y in b)
    egales = sum(x == y for x in a for y in b)
    perdues = len(a) * len(b) - gagnees - egales
    assert resultat.u == gagnees + egales / 2
    assert resultat.rang_biserial == pytest.approx((gagnees - perdues) / (len(a) * len(b)))


@given(
    valeurs=st.lists(st.integers(0, 10**6), min_size=4, max_size=30, unique=True),
    part=st.integers(1, 3),
)
def test_without_ties_scipy_agrees(valeurs, part):
    a, b = valeurs[:part], valeurs[part:]
    attendu = mannwhitneyu(a, b, method="exact")
    assert mann_whitney(a, b).u == attendu.statistic
    assert mann_whitney(a, b).p == pytest.approx(attendu.pvalue, rel=1e-9)


@given(
    tailles=st.lists(st.integers(1, 9), min_size=2, max_size=9)
    | st.lists(st.just(1), min_size=2, max_size=40)
    | st.lists(st.sampled_from([1, 30]), min_size=2, max_size=4),
    donnees=st.data(),
)
@settings(max_examples=80)
def test_the_law_is_that_of_whole_numbers(tailles, donnees):
    """Against the same choices counted one person at a time, in whole numbers."""
    m, ecart, attendu = tirer_un_ecart(donnees, tailles)
    assert deux_queues(tailles, m, ecart) == pytest.approx(attendu, rel=1e-12)


def test_two_hundred_people_without_ties_are_as_in_scipy():
    hasard = np.random.default_rng(5)
    valeurs = hasard.permutation(200).tolist()
    for part in (7, 60):
        attendu = mannwhitneyu(valeurs[:part], valeurs[part:], method="exact").pvalue
        assert mann_whitney(valeurs[:part], valeurs[part:]).p == pytest.approx(attendu, rel=1e-9)


def test_the_smallest_tails_keep_their_precision():
    assert mann_whitney([1] * 150, [2] * 150).p == pytest.approx(2 / math.comb(300, 150))
    # One pair of the lowest and the highest exchanged: 1 + 100 x 100 choices on each side.
    a, b = [1] * 99 + [3], [3] * 99 + [1]
    assert mann_whitney(a, b).p == pytest.approx(2 * (1 + 100**2) / math.comb(200, 100))


def test_with_ties_scipy_is_wrong_and_we_are_not():
    a, b = [1, 1, 1, 2, 2, 1, 1, 1], [2, 2, 1, 2, 2, 2, 1, 2]

    def ecart(x, y, axis=-1):
        return mannwhitneyu(x, y, axis=axis).statistic

    permute = permutation_test((a, b), ecart, n_resamples=np.inf, vectorized=True).pvalue
    assert mann_whitney(a, b).p == pytest.approx(permute)
    assert abs(mannwhitneyu(a, b, method="exact").pvalue - permute) > 0.02


@given(a=GROUPE, b=GROUPE, hasard=st.randoms())
def test_groups_answers_and_people_can_be_exchanged(a, b, hasard):
    un, autre = mann_whitney(a, b), mann_whitney(b, a)
    assert un.p == pytest.approx(autre.p)
    assert un.u + autre.u == len(a) * len(b)
    assert un.rang_biserial == -autre.rang_biserial
    retourne = mann_whitney([6 - x for x in a], [6 - y for y in b])
    assert retourne.p == pytest.approx(un.p)
    assert retourne.rang_biserial == -un.rang_biserial
    melange = list(a)
    hasard.shuffle(melange)
    assert mann_whitney(melange, b) == un


def test_mann_whitney_at_the_edges():
    assert mann_whitney([3], [3]).p == mann_whitney([3], [4]).p == 1
    assert mann_whitney([2] * 30, [2] * 40).p == 1
    assert mann_whitney([1] * 30, [2] * 40).p == pytest.approx(2 / math.comb(70, 30))
    assert mann_whitney([0.1 + 0.2], [0.3]).rang_biserial == 0  # binary noise
    grand = mann_whitney([1, 2, 3, 4, 5] * 400, [1, 2, 2, 4, 5] * 400)
    assert not grand.exact
    assert 0 < grand.p < 1
    assert mann_whitney([7] * 2000, [7] * 2000).p == 1


@settings(max_examples=20)
@given(graine=st.integers(0, 10**6))
def test_the_normal_law_is_close_where_both_exist(graine):
    hasard = np.random.default_rng(graine)
    a, b = hasard.integers(1, 6, 60), hasard.integers(1, 6, 70)
    exact = mann_whitney(a.tolist(), b.tolist())
    tailles = np.unique([*a, *b], return_counts=True)[1].tolist()
    ecart = abs(round(2 * exact.u) - 60 * 70)
    assert _p_normale(tailles, 60, ecart) == pytest.approx(exact.p, abs=0.03)


@pytest.mark.parametrize(
    ("a", "b"), [([], [1]), ([1], []), ([1], [float("nan")]), ([1], [10**400])]
)
def test_impossible_groups_are_said(a, b):
    with pytest.raises(CalculImpossible):
        mann_whitney(a, b)


def test_stuart_1955_vision():
    """Biometrika 42:412-416, unaided vision of 7,477 women: Q = 11.96, 3 degrees of freedom."""
    vision = [
        [1520, 266, 124, 66],
        [234, 1512, 432, 78],
        [117, 362, 1772, 205],
        [36, 82, 179, 492],
    ]
    resultat = stuart_maxwell(vision)
    assert resultat.chi2 == pytest.approx(11.96, abs=5e-3)
    assert resultat.ddl == 3
    assert resultat.p_chi2 == pytest.approx(0.0075, abs=5e-5)


def test_agresti_premarital_sex():
    """Agresti 2002, p. 421, and R coin: 271.92, 3 degrees of freedom."""
    colonnes = [[144, 33, 84, 126], [2, 4, 14, 29], [0, 2, 6, 25], [0, 0, 1, 5]]
    resultat = stuart_maxwell([list(ligne) for ligne in zip(*colonnes, strict=True)])
    assert resultat.chi2 == pytest.approx(271.92, abs=5e-3)
    assert resultat.ddl == 3


def test_two_choices_are_mcnemar_without_correction():
    """R coin for Agresti's prime minister: chi-squared = 17.356, df = 1, p = 3.099e-05."""
    resultat = stuart_maxwell([[794, 150], [86, 570]])
    assert resultat.chi2 == pytest.approx(17.356, abs=5e-4)
    assert (resultat.ddl, round(resultat.p_chi2, 8)) == (1, 3.099e-05)


TABLE = (
    st.integers(2, 4)
    .flatmap(
        lambda k: st.lists(
            st.lists(st.integers(0, 30), min_size=k, max_size=k), min_size=k, max_size=k
        )
    )
    .filter(lambda t: any(v for i, ligne in enumerate(t) for j, v in enumerate(ligne) if i != j))
)


@given(table=TABLE, hasard=st.randoms())
def test_choices_and_waves_can_be_exchanged(table, hasard):
    un = stuart_maxwell(table)
    ordre = list(range(len(table)))
    hasard.shuffle(ordre)
    autre = stuart_maxwell([[table[i][j] for j in ordre] for i in ordre])
    inverse = stuart_maxwell([list(ligne) for ligne in zip(*table, strict=True)])
    for resultat in (autre, inverse):
        assert resultat.ddl == un.ddl
        assert resultat.chi2 == pytest.approx(un.chi2, abs=1e-9)


def test_a_choice_that_nobody_touches_is_set_aside():
    seul = stuart_maxwell([[5, 9], [2, 5]])
    avec = stuart_maxwell([[5, 0, 9], [0, 50, 0], [2, 0, 5]])
    assert avec.ddl == 1
    assert avec.chi2 == pytest.approx(seul.chi2)


def test_two_separate_groups_of_choices_add_up():
    un, deux = stuart_maxwell([[0, 9], [2, 0]]), stuart_maxwell([[0, 3], [7, 0]])
    ensemble = stuart_maxwell([[0, 9, 0, 0], [2, 0, 0, 0], [0, 0, 0, 3], [0, 0, 7, 0]])
    assert ensemble.chi2 == pytest.approx(un.chi2 + deux.chi2)
    assert ensemble.ddl == 2


@pytest.mark.parametrize(
    "table", [[], [[1]], [[1, 2]], [[1, 2], [3]], [[4, 0], [0, 9]], [[0, -1], [1, 0]]]
)
def test_impossible_flows_are_said(table):
    with pytest.raises(CalculImpossible):
        stuart_maxwell(table)


def test_holm_as_p_adjust_of_r():
    """p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") is 0.05 0.08 0.09 0.09 0.09."""
    assert holm([0.01, 0.02, 0.03, 0.04, 0.05]) == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    assert holm([0.04, None, 0.01]) == pytest.approx([0.04, None, 0.02])
    assert holm([0.5, 0.9]) == [1, 1]


@given(p=st.lists(P, min_size=1, max_size=8).filter(lambda p: any(x is not None for x in p)))
def test_holm_is_between_nothing_and_bonferroni(p):
    ajustes = holm(p)
    nombre = sum(x is not None for x in p)
    for brut, ajuste in zip(p, ajustes, strict=True):
        assert (brut is None) == (ajuste is None)
        if brut is not None:
            assert brut <= ajuste <= min(1, nombre * brut)
    calculables = sorted((b, a) for b, a in zip(p, ajustes, strict=True) if b is not None and a)
    assert [a for _, a in calculables] == sorted(a for _, a in calculables)
    # What is not computable changes nothing for the others; nor does the order.
    assert holm([x for x in p if x is not None]) == [a for a in ajustes if a is not None]
    assert holm(p[::-1]) == ajustes[::-1]


@pytest.mark.parametrize("p", [[], [None], [1.1], [-0.1], [0.5, float("nan")]])
def test_impossible_probabilities_are_said(p):
    with pytest.raises(CalculImpossible):
        holm(p)


def test_the_bounds_of_the_specification():
    """Domaine §4.2: 62.5 % observed, 43 to 74 % possible (48 families of 70)."""
    bornes = bornes_part(30, 48, 70)
    assert bornes.observe == 0.625
    assert (round(100 * bornes.bas), round(100 * bornes.haut)) == (43, 74)


@given(st.lists(st.sampled_from("+-=."), min_size=1, max_size=9))
def test_the_bounds_are_reached_and_never_passed(gens):
    """Every way of completing those who left (« . ») stays within the bounds; both are reached."""
    partis, repondants = gens.count("."), len(gens) - gens.count(".")
    plus, moins = gens.count("+"), gens.count("-")
    if not repondants:
        with pytest.raises(CalculImpossible):
            bornes_part(0, 0, len(gens))
        return
    parts, nettes = [], []
    for mieux, pire in itertools.product(range(partis + 1), repeat=2):
        if mieux + pire <= partis:
            parts.append((plus + mieux) / len(gens))
            nettes.append((plus + mieux - moins - pire) / len(gens))
    part = bornes_part(plus, repondants, len(gens))
    assert (part.bas, part.haut) == (min(parts), max(parts))
    nette = bornes_nettes(plus, moins, repondants, len(gens))
    assert (nette.bas, nette.haut) == pytest.approx((min(nettes), max(nettes)))
    assert nette.observe == pytest.approx((plus - moins) / repondants)


def test_nobody_left_leaves_no_doubt():
    assert bornes_part(3, 8, 8) == Bornes(3 / 8, 3 / 8, 3 / 8)


@pytest.mark.parametrize(
    "appel",
    [
        lambda: bornes_part(5, 4, 10),
        lambda: bornes_part(1, 5, 4),
        lambda: bornes_part(-1, 5, 8),
        lambda: bornes_nettes(3, 3, 5, 9),
        lambda: bornes_nettes(3, -3, 5, 9),
        lambda: changement_attendu(1, 2, 1.1),
        lambda: changement_attendu(1, 2, float("nan")),
        lambda: changement_attendu(float("inf"), 2, 0.5),
    ],
)
def test_impossible_is_said(appel):
    with pytest.raises(CalculImpossible):
        appel()


def test_regression_to_the_mean():
    assert changement_attendu(2.0, 3.0, 0.6) == pytest.approx(0.4)
    assert changement_attendu(2.0, 3.0, 1) == 0
    assert changement_attendu(2.0, 3.0, 0) == 1


def test_regression_to_the_mean_is_what_happens_without_any_project():
    """A population that does not change, of which the lowest are chosen: they rise all the same."""
    hasard = np.random.default_rng(11)
    stable = hasard.normal(0, math.sqrt(0.7), 400_000)
    avant, apres = (stable + hasard.normal(0, math.sqrt(0.3), 400_000) for _ in range(2))
    choisis = avant < -1
    observe = apres[choisis].mean() - avant[choisis].mean()
    assert observe == pytest.approx(changement_attendu(avant[choisis].mean(), 0, 0.7), abs=0.01)
