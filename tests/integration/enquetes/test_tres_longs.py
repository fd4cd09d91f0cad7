"""A text that is far too long: told, its beginning shown again, whatever alphabet it is written in."""

from io import BytesIO

import pytest

from enquetes.models import Passation
from tests import builders
from tests.etats import lien_de
from tests.integration.enquetes.test_passation import PETIT
from tests.navigateur import Personne

pytestmark = pytest.mark.django_db

FORMULAIRE = "application/x-www-form-urlencoded"


@pytest.fixture
def personne():
    """Someone who has answered two questions and is writing a few words."""
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    personne = Personne(enforce_csrf_checks=True, raise_request_exception=False)
    personne.ouvrir(lien_de(collecte)).suivre("Commencer")
    return personne.repondre({"venu": "non"}).repondre({"foyer": "2"})


def toujours_la(personne: Personne) -> None:
    assert Passation.objects.get().reponses == {"venu": "non", "foyer": 2}
    assert personne.ouvrir(personne.adresse).page.status_code == 200


@pytest.mark.parametrize(("lettre", "ecrite", "octets"), [("a", "a", 1), ("م", "%D9%85", 2)])
def test_ten_megabytes_are_told_and_their_beginning_is_kept(personne, lettre, ecrite, octets):
    """In Arabic too: a form writes thirty megabytes for them."""
    jeton = personne.saisie()["csrfmiddlewaretoken"]
    corps = f"csrfmiddlewaretoken={jeton}&mots={ecrite * (10_000_000 // octets)}"
    personne.page = personne.client.post(
        personne.adresse, corps, content_type=FORMULAIRE, follow=True
    )
    assert personne.page.status_code == 200
    assert "Gardez 2 000 signes" in personne.texte
    assert personne.saisie()["mots"] == lettre * 20_001
    assert "Il y en a plus de 20 000." in personne.texte
    toujours_la(personne)


def test_what_is_cut_is_never_said_to_be_shorter_than_it_was(personne):
    """Line ends and accents sent as two signs, spaces in front: none may hide that it was too long."""
    jeton = personne.saisie()["csrfmiddlewaretoken"]
    for mots in ("%20" * 30_000 + "a" * 900_000, "e%CC%81" * 130_000, "a%0D%0A" * 150_000):
        corps = f"csrfmiddlewaretoken={jeton}&mots={mots}"
        personne.page = personne.client.post(
            personne.adresse, corps, content_type=FORMULAIRE, follow=True
        )
        assert "Il y en a plus de 20 000." in personne.texte
    toujours_la(personne)


def test_words_that_come_after_what_is_kept_are_never_left_out_unsaid(personne):
    jeton = personne.saisie()["csrfmiddlewaretoken"]
    corps = f"csrfmiddlewaretoken={jeton}&mots={'+' * 2_000_000}Mes+mots"
    page = personne.client.post(personne.adresse, corps, content_type=FORMULAIRE)
    assert page.status_code == 413
    toujours_la(personne)


def test_what_is_too_big_even_for_that_gets_a_page(personne):
    page = personne.client.post(
        personne.adresse, b"mots=" + b"a" * 32_100_000, content_type=FORMULAIRE
    )
    assert page.status_code == 413
    assert "trop long" in page.content.decode()
    assert f'href="{personne.adresse}"' in page.content.decode()
    toujours_la(personne)


def test_a_long_form_cut_on_its_way_is_not_taken_for_a_whole_one(personne):
    """Cut in the middle of a number that is typed after the rest: the shorter one would be stored."""
    adresse = personne.adresse.replace("/mots/", "/foyer/")
    jeton = personne.ouvrir(adresse).saisie()["csrfmiddlewaretoken"]
    entier = f"csrfmiddlewaretoken={jeton}&autre={'a' * 1_100_000}&foyer=12".encode()
    page = personne.client.generic(
        "POST", adresse, entier, content_type=FORMULAIRE, **{"wsgi.input": BytesIO(entier[:-1])}
    )
    assert page.status_code == 400
    toujours_la(personne)
