"""The class of the median is read from what is displayed: right whatever hides in the intervals."""

from itertools import product
from statistics import median_high, median_low

from hypothesis import given
from hypothesis import strategies as st

from analyses.confidentialite.chiffres import Ordre, mediane

CODES = ("a", "b", "c")
SANS_SEUIL = Ordre(CODES)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=3, max_size=3))
def test_every_population_behind_the_intervals_has_its_median_there(cellules):
    dites = [((code,), bas, bas + plus) for code, (bas, plus) in zip(CODES, cellules, strict=True)]
    trouvee = mediane(SANS_SEUIL, dites)
    medianes = set()
    for comptes in product(*(range(bas, haut + 1) for _, bas, haut in dites)):
        rangs = [r for r, nombre in enumerate(comptes) for _ in range(nombre)]
        if rangs:
            medianes |= {CODES[median_low(rangs)], CODES[median_high(rangs)]}
    if trouvee:
        assert medianes == set(trouvee)


def test_a_class_of_too_few_answers_or_a_doubt_tells_nothing():
    exactes = [(("a",), 2, 2), (("b",), 4, 4), (("c",), 1, 1)]
    assert mediane(SANS_SEUIL, exactes) == ("b",)
    assert mediane(Ordre(CODES, (), 5, 0), exactes) == ()
    assert mediane(Ordre(CODES, (), 3, 11), exactes) == ()
    assert mediane(SANS_SEUIL, [(("a",), 0, 4), (("b",), 4, 4), (("c",), 1, 1)]) == ("b",)
    assert mediane(SANS_SEUIL, [(("a",), 0, 9), (("b",), 4, 4), (("c",), 1, 1)]) == ()
    assert mediane(SANS_SEUIL, exactes[:2]) == ()


def test_answers_told_as_one_may_hold_it():
    assert mediane(SANS_SEUIL, [(("a", "b"), 8, 8), (("c",), 3, 3)]) == ("a", "b")
    assert mediane(SANS_SEUIL, [(("a",), 8, 8), (("a", "b"), 8, 8), (("c",), 3, 3)]) == ()
