"""Dates as people say them."""

from datetime import date

import pytest
from django.utils import translation

from voix.commun.francais import jour_en_mots


@pytest.mark.parametrize(
    ("langue", "jour", "mots"),
    [
        ("fr", date(2026, 9, 1), "1er septembre 2026"),
        ("fr", date(2026, 12, 21), "21 décembre 2026"),
        ("en", date(2026, 9, 1), "1 September 2026"),
        ("uk", date(2026, 12, 1), "1 грудня 2026"),
    ],
)
def test_day_in_words(langue, jour, mots):
    with translation.override(langue):
        assert jour_en_mots(jour) == mots
