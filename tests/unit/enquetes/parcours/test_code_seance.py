"""Eight digits, however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquetes.parcours.code_seance import lire


@pytest.mark.parametrize(
    "saisie",
    [
        "12345678",
        "1234 5678",
        " 12 34 56 78 ",
        "1234-5678",
        "1234.5678",
        "1234\u00a05678",
        "1234\u202f5678",
        "١٢٣٤٥٦٧٨",
        "\u200e12345678",
    ],
)
def test_typed_in_any_way_it_is_the_same_code(saisie):
    assert lire(saisie) == "12345678"


@pytest.mark.parametrize(
    "saisie", ["", "1234567", "123456789", "1234567a", "1" * 1000, "½2345678"]
)
def test_anything_else_is_a_typing_mistake(saisie):
    assert lire(saisie) is None


@given(st.text())
def test_never_breaks_and_only_gives_eight_digits(saisie):
    lu = lire(saisie)
    assert lu is None or (len(lu) == 8 and lu.isascii() and lu.isdecimal())
