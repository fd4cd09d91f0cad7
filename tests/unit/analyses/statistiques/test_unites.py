"""Differences are those of the decimals as they are written."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.statistiques.rangs import rangs_signes
from analyses.statistiques.refus import CalculImpossible
from analyses.statistiques.unites import differences


def test_binary_noise_creates_no_rank():
    """0.3 - 0.2, 0.2 - 0.1 and 0.1 - 0 are three different numbers in binary."""
    avant, apres = [0.2, 0.1, 0.0], [0.3, 0.2, 0.1]
    assert len({b - a for a, b in zip(avant, apres, strict=True)}) > 1
    for pas in (0.1, None):
        ecarts, unite = differences(avant, apres, pas)
        assert (ecarts.tolist(), unite) == ([1, 1, 1], Fraction(1, 10))


@given(
    paires=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=30),
    pas=st.sampled_from([0.1, 0.25, 0.5, 1, 2, 0.01]),
)
def test_multiples_of_the_resolution_come_back_whole(paires, pas):
    avant, apres = [a * pas for a, _ in paires], [b * pas for _, b in paires]
    assert differences(avant, apres, pas)[0].tolist() == [b - a for a, b in paires]


def test_the_resolution_absorbs_what_is_finer():
    ecarts, _ = differences([1.0, 1.0, 1.0], [1.04, 1.06, 1.14], 0.1)
    assert ecarts.tolist() == [0, 1, 1]
    assert rangs_signes(ecarts).n_zero == 1


@given(a=st.lists(st.floats(0, 10), min_size=3, max_size=3), pas=st.sampled_from([0.1, 1, 0.5]))
def test_rounding_has_no_preferred_direction(a, pas):
    zeros = [0.0] * 3
    assert (differences(zeros, a, pas)[0] == -differences(a, zeros, pas)[0]).all()


@pytest.mark.parametrize(
    ("avant", "apres", "pas", "raison"),
    [
        ([1], [1, 2], 1, "autant"),
        ([1], [2], 0, "pas"),
        ([1], [2], -1, "pas"),
        ([1], [float("nan")], 1, "fini"),
        ([float("inf")], [1], 1, "fini"),
        ([1], [2], float("nan"), "fini"),
        ([0], [10**30], 1, "trop grandes"),
        ([0, 0], [1e-300, 1], None, "trop"),
    ],
)
def test_what_cannot_be_subtracted_is_said(avant, apres, pas, raison):
    with pytest.raises(CalculImpossible, match=raison):
        differences(avant, apres, pas)
