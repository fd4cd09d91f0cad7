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
    offertes = re.findall(r'name="unite" value="(\w+)"', client.get(adresse).content.decode())
    assert offertes == ["personne", "organisation"][: 1 + (repondants == "organisations")]
    page = client.post(adresse, saisie() | {"unite": "organisation"})
    creee = Collecte.objects.filter(version=version, unite="organisation").exists()
    assert creee == (repondants == "organisations")
    if not creee:
        assert "leurs réponses restent protégées" in page.content.decode()


def test_only_what_holds_a_mistake_is_opened(client, coordination):
    version = builders.une_version(PETIT | {"langues": ["fr", "ar"]})
    adresse = reverse("enquetes:nouvelle_collecte", args=[version.pk])
    traductions = re.compile(r"<details( open)?>\s*<summary>Qui demande et pourquoi")

    def ouvert(**faute):
        page = client.post(adresse, saisie(**faute)).content.decode()
        return bool(traductions.search(page)[1])

    assert not ouvert(titre="")
    assert ouvert(raison_ar="é" * 1001)
    assert ouvert(titre="", demandeur_ar="é" * 201)


@pytest.mark.parametrize(
    ("mois", "dit"), [("6", "6 mois"), ("12", "1 an"), ("24", "2 ans"), ("60", "5 ans")]
)
def test_the_page_says_how_long_as_the_form_did(client, coordination, mois, dit):
    version = builders.une_version()
    formulaire = une_page(client, "nouvelle_collecte", version.pk)
    lu = dit.replace(" ", "\u00a0")
    assert f">{lu}</option>" in formulaire
    adresse = reverse("enquetes:nouvelle_collecte", args=[version.pk])
    page = client.post(adresse, saisie(conservation_mois=mois), follow=True).content.decode()
    assert f"<dt>Conservation</dt><dd>{lu}</dd>" in page
    Collecte.objects.update(conservation_mois=18)
    assert "<dd>18\u00a0mois</dd>" in une_page(client, "collecte", Collecte.objects.get().nom)


@pytest.mark.parametrize("profil", ["ordinaire", "sensible"])
def test_why_eleven_new_answers_are_asked_for_is_said(client, coordination, profil):
    """« Ordinaire » shows groups of eight: a relevé needs eleven all the same."""
    collecte = builders.une_collecte_ouverte(par=coordination)
    Collecte.objects.update(profil=profil)
    page = une_page(client, "collecte", collecte.nom)
    assert "au moins 11 nouvelles réponses" in page
    assert ("même avec la protection ordinaire" in page) == (profil == "ordinaire")
