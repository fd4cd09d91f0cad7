"""The ten invented territoires give the 13 published results, from the registers' own import."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from analyses.models import MODELES, Programme
from tests import builders
from voix.comptes.models import Territoire, Trace

pytestmark = pytest.mark.django_db

PUBLIES = {
    "I1": (59, 80, 74, 100, False),
    "I2": (15, 19, 79, 100, False),
    "I3": (8, 10, 80, 80, True),
    "I4": (84, 262, 32, 90, False),
    "I5": (10, 27, 37, 80, False),
    "I6": (12, 48, 25, 60, False),
    "I7": (57, 84, 68, 60, True),
    "I8": (8, 10, 80, 100, False),
    "I9": (9, 10, 90, 100, False),
    "I10": (6, 10, 60, 80, False),
    "I11": (10, 10, 100, 100, True),
    "I12": (6, 10, 60, 100, False),
    "I13": (5, 10, 50, 100, False),
}
"""k, N, result as published, target, reached (domaine §1.2: three of thirteen)."""


@pytest.fixture
def tableau1(settings):
    settings.DEBUG = True
    region = builders.un_territoire("32", nom="Hauts-de-France")
    compte = builders.un_compte(territoire=region, email="coordination@voix.example")
    call_command("tableau1", stdout=StringIO())
    return compte


def indicateurs(**options):
    sortie = StringIO()
    call_command("indicateurs", json=True, stdout=sortie, **options)
    return {i["code"]: i for i in json.loads(sortie.getvalue())}


def test_the_thirteen_results(tableau1):
    lus = indicateurs(programme="tableau1")
    assert {
        code: tuple(lus[code][cle] for cle in ("k", "n", "valeur", "objectif", "atteint"))
        for code in PUBLIES
    } == PUBLIES
    assert sum(lus[code]["atteint"] for code in PUBLIES) == 3
    assert min(lus[code]["ecart"] for code in PUBLIES) == lus["I4"]["ecart"] == -58


def test_thirty_indicators_each_with_a_value_or_a_reason(tableau1):
    lus = indicateurs(programme="tableau1")
    assert len(lus) == 30
    for indicateur in lus.values():
        assert (indicateur["valeur"] is None) == bool(indicateur["motif"])
    # « En partie » and the action of one alone are shown apart.
    assert lus["I3"]["details"]["Territoires qui disent seulement «\u00a0en partie\u00a0»"] == 2
    assert list(lus["I7"]["details"].values()) == [49]
    assert lus["I11"]["details"]["Actions du porteur seul"] == 3
    assert lus["P02"]["details"]["Diagnostic"] == 6


def test_twice_is_the_same_as_once(tableau1):
    avant = {nom: modele.objects.count() for nom, modele in MODELES.items()}
    traces = Trace.objects.count()
    sortie = StringIO()
    call_command("tableau1", stdout=sortie)
    assert {nom: modele.objects.count() for nom, modele in MODELES.items()} == avant
    assert Trace.objects.count() == traces
    assert " 0 ajoutées, 0 changées" in sortie.getvalue()


def test_it_says_that_it_is_invented(tableau1):
    assert Programme.nomme("tableau1").fictif
    membres = Territoire.objects.filter(programmes__nom="tableau1")
    assert len(membres) == 10
    assert all(t.nom.endswith("(fictif)") for t in membres)
    sortie = StringIO()
    call_command("indicateurs", programme="tableau1", stdout=sortie)
    assert sortie.getvalue().count("(données fictives)") == 1
    assert "74\u00a0% (59 sur 80)" in sortie.getvalue()
    p03 = next(li for li in sortie.getvalue().splitlines() if li.startswith("P03"))
    assert re.search(r"\d,\d", p03)
    assert "." not in p03.partition("\u00a0:")[2]


def test_one_territoire_has_counts_and_no_percentage(tableau1):
    lus = indicateurs(territoire="FICTIF01")
    assert (lus["I9"]["k"], lus["I9"]["n"], lus["I9"]["valeur"]) == (1, 1, None)
    assert "moins de 10" in lus["I9"]["motif"]
    assert (lus["I4"]["k"], lus["I4"]["n"], lus["I4"]["valeur"]) == (14, 34, 41)


def test_the_territoire_around_gives_what_the_programme_gives(tableau1):
    assert indicateurs(territoire="FICTIF")["I4"]["k"] == PUBLIES["I4"][0]
    assert indicateurs(territoire="region-32")["I8"]["k"] == PUBLIES["I8"][0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"programme": "rien"}, "Il n’y a pas de programme «\u00a0rien\u00a0»"),
        ({"territoire": "rien"}, "Il n’y a pas de territoire"),
        ({}, "Dites de quel programme"),
    ],
)
def test_what_does_not_exist_is_told_in_french(options, message):
    with pytest.raises(CommandError, match=message):
        call_command("indicateurs", json=True, stdout=StringIO(), **options)


def test_the_only_programme_needs_no_name(tableau1):
    assert indicateurs()["I1"]["k"] == 59


def test_invented_data_never_enter_a_real_installation(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="fictives"):
        call_command("tableau1", stdout=StringIO())


def test_a_wrong_account_is_told(settings):
    settings.DEBUG = True
    with pytest.raises(CommandError, match="pas de compte"):
        call_command("tableau1", par="personne@exemple.fr", stdout=StringIO())
