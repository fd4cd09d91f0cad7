"""Published scales: their bounds, their categories, and never a score with a missing answer."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.statistiques.refus import CalculImpossible
from analyses.statistiques.scores import BAREMES, Score, coter


def score(nom, reponses):
    resultat = coter(BAREMES[nom], reponses)
    return resultat.score, resultat.categorie


@pytest.mark.parametrize(
    ("nom", "reponses", "attendu"),
    [
        ("fies", [0] * 8, (0, "0")),
        ("fies", [1, 0, 0, 0, 0, 0, 0, 0], (1, "1-3")),
        ("fies", [1, 1, 1, 0, 0, 0, 0, 0], (3, "1-3")),
        ("fies", [1, 1, 1, 1, 0, 0, 0, 0], (4, "4-6")),
        ("fies", [1, 1, 1, 1, 1, 1, 0, 0], (6, "4-6")),
        ("fies", [1, 1, 1, 1, 1, 1, 1, 0], (7, "7-8")),
        ("fies", [1] * 8, (8, "7-8")),
        ("who5", [0] * 5, (0, "très bas")),
        ("who5", [2, 2, 1, 1, 1], (28, "très bas")),
        ("who5", [2, 2, 2, 1, 1], (32, "bas")),
        ("who5", [3, 3, 2, 2, 2], (48, "bas")),
        ("who5", [3, 3, 3, 2, 2], (52, "au-dessus de 50")),
        ("who5", [5] * 5, (100, "au-dessus de 50")),
        ("hdds", [1] * 12, (12, None)),
        ("hdds", [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1], (3, None)),
        ("fcs", [7] * 8, (112, "acceptable")),
        ("fcs", [9, 30, 7, 7, 8, 7, 7, 7], (112, "acceptable")),
        ("fcs", [7, 0, 7, 0, 0, 0, 0, 0], (21, "pauvre")),
        ("fcs", [7, 0, 7, 0, 0, 0, 1, 0], (21.5, "limite")),
        ("fcs", [7, 0, 7, 0, 3, 0, 4, 0], (35, "limite")),
        ("fcs", [7, 0, 7, 0, 3, 0, 4, 1], (35.5, "acceptable")),
        ("rcsi", [7] * 5, (56, None)),
        ("rcsi", [1, 1, 1, 1, 1], (8, None)),
        ("suffisance", [1], (1, "suffisant")),
        ("suffisance", [2], (2, "suffisant")),
        ("suffisance", [3], (3, "insuffisant")),
        ("suffisance", [4], (4, "insuffisant")),
    ],
)
def test_known_scores(nom, reponses, attendu):
    assert score(nom, reponses) == attendu


@pytest.mark.parametrize(
    ("reponses", "categorie"),
    [
        ([0, 0, 0, 0, 0, 0, 0, 0, 0], 1),
        ([1, 0, 0, 0, 0, 0, 0, 0, 0], 1),
        ([2, 0, 0, 0, 0, 0, 0, 0, 0], 2),
        ([0, 1, 0, 0, 0, 0, 0, 0, 0], 2),
        ([0, 0, 1, 0, 0, 0, 0, 0, 0], 2),
        ([0, 0, 0, 1, 0, 0, 0, 0, 0], 2),
        ([0, 0, 2, 0, 0, 0, 0, 0, 0], 3),
        ([0, 0, 0, 2, 0, 0, 0, 0, 0], 3),
        ([0, 0, 0, 0, 1, 0, 0, 0, 0], 3),
        ([0, 0, 0, 0, 0, 2, 0, 0, 0], 3),
        ([0, 0, 0, 0, 3, 0, 0, 0, 0], 4),
        ([0, 0, 0, 0, 0, 3, 0, 0, 0], 4),
        ([0, 0, 0, 0, 0, 0, 1, 0, 0], 4),
        ([0, 0, 0, 0, 0, 0, 0, 1, 0], 4),
        ([0, 0, 0, 0, 0, 0, 0, 0, 1], 4),
        # Mild and severe at once: severe. A public R package says mild.
        ([3, 3, 1, 1, 0, 0, 0, 0, 1], 4),
        ([3, 3, 3, 3, 2, 2, 0, 0, 0], 3),
    ],
)
def test_hfias_the_worst_condition_decides(reponses, categorie):
    assert score("hfias", reponses) == (sum(reponses), categorie)


@given(reponses=st.lists(st.integers(0, 3), min_size=9, max_size=9), place=st.integers(0, 8))
def test_hfias_more_often_is_never_better(reponses, place):
    pire = [min(3, r + (i == place)) for i, r in enumerate(reponses)]
    avant, apres = score("hfias", reponses), score("hfias", pire)
    assert apres[0] >= avant[0]
    assert apres[1] >= avant[1]


def test_epices_bounds_and_threshold():
    """Cetaf: 0 (no precariousness) to 100, precarious from 30.17."""
    tous = {
        reponses: score("epices", list(reponses))
        for reponses in itertools.product((0, 1), repeat=11)
    }
    assert min(tous.values())[0] == 0
    assert max(s for s, _ in tous.values()) == 100
    # Only the two items of hardship (social worker, end of month) raise the score.
    assert tous[(1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)] == (100, "précaire")
    assert tous[(0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1)] == (0, "non précaire")
    assert tous[(0,) * 11] == (75.14, "précaire")
    for points, categorie in tous.values():
        assert categorie == ("précaire" if points >= 30.17 else "non précaire")
    assert 30.17 in {points for points, _ in tous.values()}


@pytest.mark.parametrize("nom", BAREMES)
def test_no_score_with_a_missing_answer(nom):
    bareme = BAREMES[nom]
    complet = [bareme.minimum] * bareme.items
    assert isinstance(coter(bareme, complet), Score)
    for place in range(bareme.items):
        troue = [*complet[:place], None, *complet[place + 1 :]]
        with pytest.raises(CalculImpossible, match="manque"):
            coter(bareme, troue)


@pytest.mark.parametrize("nom", BAREMES)
def test_too_few_too_many_or_out_of_range_is_refused(nom):
    bareme = BAREMES[nom]
    complet = [bareme.minimum] * bareme.items
    for mauvais in (complet[1:], [*complet, 0], [], [*complet[1:], bareme.minimum - 1]):
        with pytest.raises(CalculImpossible):
            coter(bareme, mauvais)
    dehors = [*complet[1:], bareme.maximum + 1]
    if bareme.ecrete:
        assert coter(bareme, dehors) == coter(bareme, [*complet[1:], bareme.maximum])
    else:
        with pytest.raises(CalculImpossible, match="sort de"):
            coter(bareme, dehors)
