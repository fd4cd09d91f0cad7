"""Numbers as people write them."""

import pytest

from voix.commun.nombres import grouper


@pytest.mark.parametrize(
    ("nombre", "langue", "ecrit"),
    [
        (0, "fr", "0"),
        (999, "fr", "999"),
        (2000, "fr", "2\u202f000"),
        (1234.5, "fr", "1\u202f234,5"),
        (1234.5, "en", "1,234.5"),
        (-1234567, "uk", "-1\u202f234\u202f567"),
        (20000, "ar", "20\u202f000"),
        (0.05, "fr", "0,05"),
        (1e16, "fr", "10\u202f000\u202f000\u202f000\u202f000\u202f000"),
        (1e-7, "fr", "0,0000001"),
    ],
)
def test_numbers_are_grouped_by_three_and_never_cut_at_the_end_of_a_line(nombre, langue, ecrit):
    assert grouper(nombre, langue) == ecrit
