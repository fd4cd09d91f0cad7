"""The form of a new collecte: which languages it proposes, in which order it says what is wrong."""

import re

import pytest
from django.urls import reverse

from enquetes.models import Collecte
from tests import builders
from tests.integration.enquetes.test_ecrans_collectes import (
    PETIT,
    coordination,
    saisie,
    une_page,
)

__all__ = ["coordination"]
pytestmark = pytest.mark.django_db

PAS_RELU = "(pas encore relu par quelqu’un qui le parle)"


@pytest.mark.parametrize(
    ("relues", "cochees"), [(["fr"], ["fr"]), (["fr", "ar"], ["fr", "ar"]), (None, ["fr"])]
)
def test_only_french_and_what_was_read_again_is_ticked_and_why_is_said(
    client, coordination, relues, cochees
):
    definition = PETIT | {"langues": ["fr", "ar", "uk"]}
    version = builders.une_version(definition | ({"langues_relues": relues} if relues else {}))
    page = une_page(client, "nouvelle_collecte", version.pk)
    trouvees = re.findall(r'name="langues" value="(\w+)"[^>]* checked', page)
    assert trouvees == cochees
    assert page.count(PAS_RELU) == 3 - len(cochees)
    assert f"ukrainien {PAS_RELU}" in page
    assert "n’est pas cochée d’avance" in page


def test_nothing_is_said_of_translations_that_were_all_read_again(client, coordination):
    definition = PETIT | {"langues": ["fr", "ar"], "langues_relues": ["fr", "ar"]}
    page = une_page(client, "nouvelle_collecte", builders.une_version(definition).pk)
    assert PAS_RELU not in page
    assert "n’est pas cochée d’avance" not in page


def test_what_is_to_be_corrected_is_listed_in_the_order_of_the_page(client, coordination):
    version = builders.une_version(PETIT | {"langues": ["fr", "ar"]})
    faux = dict.fromkeys(saisie(), "") | {"langues": [], "cle": "abc234", "raison_ar": "é" * 1001}
    adresse = reverse("enquetes:nouvelle_collecte", args=[version.pk])
    page = client.post(adresse, faux).content.decode()
    resume, reste = page.split("</ul>", 1)
    listes = re.findall(r'<li><a href="#(\w+)"', resume)
    assert len(listes) >= 10
    assert [reste.index(f'id="{nom}"') for nom in listes] == sorted(
        reste.index(f'id="{nom}"') for nom in listes
    )


@pytest.mark.parametrize("repondants", ["personnes", "organisations"])
def test_what_is_asked_of_persons_is_never_shown_in_full_by_one_tick(
    client, coordination, repondants
):
    version = builders.une_version(PETIT | {"repondants": repondants})
    adresse = reverse("enquetes:nouvelle_collecte", args=[version.pk])
    page = client.post(adresse, saisie() | {"unite": "organisation"})
    creee = Collecte.objects.filter(version=version, unite="organisation").exists()
    assert creee == (repondants == "organisations")
    if not creee:
        assert "leurs réponses restent protégées" in page.content.decode()
