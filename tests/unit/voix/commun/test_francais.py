"""Dates as people say them."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from voix.commun.francais import jour_en_mots, mois_en_mots


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


def test_month_in_words():
    assert mois_en_mots("2026-09") == "septembre 2026"


@pytest.mark.parametrize(
    ("nombre", "dit"),
    [(0, ""), (1, ""), (2, "s"), (1.5, ""), ([], ""), (["a", "b"], "s"), ("", "")],
)
def test_zero_is_singular_in_every_template(nombre, dit):
    assert Template("{{ n|pluralize }}").render(Context({"n": nombre})) == dit


def test_an_ending_of_its_own():
    gabarit = Template('{{ n|pluralize:",ent" }}')
    assert [gabarit.render(Context({"n": n})) for n in (0, 1, 2)] == ["", "", "ent"]
