"""From the document to page by page and back, as the server sees it."""

import uuid

import pytest
from django.test import Client

from enquetes.actions.seances import clore_seance, ouvrir_seance
from enquetes.echanges.correspondance import cle_de
from enquetes.models import EtatPassation, Passation
from tests import builders
from tests.integration.enquetes.test_passation import PETIT

pytestmark = pytest.mark.django_db

ICI = {"origin": "http://testserver"}


@pytest.fixture
def seance():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(
        par=par, version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


@pytest.fixture
def adresse(seance):
    return f"/r/{seance.acces.jeton}/{uuid.uuid4()}/"


def envoyer(adresse, **champs):
    client = Client(enforce_csrf_checks=True)
    return client, client.post(f"{adresse}?langue=fr", champs, headers=ICI)


def pages(adresse):
    """Return the address page by page of what a document names so: no device knows it (ADR 0190)."""
    debut, identifiant, _ = adresse.rsplit("/", 2)
    return f"{debut}/{cle_de(uuid.UUID(identifiant))}/"


def test_what_the_document_holds_becomes_a_draft_and_goes_on_where_it_was(adresse):
    client, page = envoyer(
        adresse, venu="oui", manque=["pain", "autre"], **{"manque.precision": "Du riz"}
    )
    assert page.json()["suite"] == f"{pages(adresse)}foyer/?langue=fr"
    passation = Passation.objects.get()
    assert passation.etat == EtatPassation.BROUILLON
    assert passation.reponses == {
        "venu": "oui",
        "manque": ["pain", "autre"],
        "manque.precision": "Du riz",
    }
    accueil = client.get(adresse.rsplit("/", 2)[0] + "/").content.decode()
    assert "Continuer mes réponses" in accueil  # the cookie finds it again


def test_a_person_who_opens_the_address_goes_on_where_they_were(adresse):
    navigateur = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    bienvenue = adresse.rsplit("/", 2)[0] + "/"
    client, _ = envoyer(adresse, venu="oui", manque=["pain"])
    ici = pages(adresse)
    assert client.get(ici, headers=navigateur)["Location"] == f"{ici}foyer/"
    assert client.get(adresse, headers=navigateur)["Location"] == bienvenue
    assert client.get(f"{bienvenue}{uuid.uuid4()}/", headers=navigateur)["Location"] == bienvenue
    Passation.objects.update(etat=EtatPassation.TERMINEE)
    assert client.get(ici, headers=navigateur)["Location"] == bienvenue


def test_back_to_the_document_everything_is_there_as_a_form_sends_it(adresse):
    client, _ = envoyer(
        adresse, venu="oui", manque=["pain"], foyer="3", mots="Deux\r\nlignes", langue="fr"
    )
    page = client.get(pages(adresse))
    assert page.json()["id"] == adresse.rsplit("/", 2)[1]  # what the document sends it under
    assert page.json()["champs"] == {
        "venu": ["oui"],
        "manque": ["pain"],
        "foyer": ["3"],
        "mots": ["Deux\nlignes"],
    }
    assert page["Cache-Control"] == "no-store"


def test_an_answer_taken_back_in_the_document_is_taken_back_here_too(adresse):
    envoyer(adresse, venu="oui", manque=["pain"], foyer="3")
    envoyer(adresse, venu="oui", foyer="3")
    assert Passation.objects.get().reponses == {"venu": "oui", "foyer": 3}


def test_a_refusal_beside_a_text_survives_both_ways(adresse):
    client, _ = envoyer(adresse, venu="non", **{"foyer.pnr": "on"})
    assert Passation.objects.get().reponses["foyer"] == "_pnr"
    assert client.get(pages(adresse)).json()["champs"]["foyer.pnr"] == ["on"]


def test_what_is_wrong_is_asked_again_and_the_rest_is_kept(adresse):
    _, page = envoyer(adresse, venu="non", foyer="quatre", mots="Bonjour")
    assert page.json()["suite"] == f"{pages(adresse)}foyer/?langue=fr"
    assert Passation.objects.get().reponses == {"venu": "non", "mots": "Bonjour"}


@pytest.mark.parametrize(
    ("corps", "genre"),
    [
        (b'{"venu": "non"}', "application/json"),
        (b'{"venu": "non"}', "application/x-www-form-urlencoded"),
        (b"\xff\x00", "multipart/form-data; boundary=zz"),
    ],
)
def test_what_is_not_the_document_s_form_takes_nothing_back(adresse, corps, genre):
    client, _ = envoyer(adresse, venu="oui", manque=["pain"])
    page = client.post(adresse, corps, content_type=genre, headers=ICI)
    assert page.status_code == 400
    assert Passation.objects.get().reponses == {"venu": "oui", "manque": ["pain"]}


def test_a_document_with_nothing_ticked_any_more_takes_everything_back(adresse):
    client, _ = envoyer(adresse, venu="oui", manque=["pain"])
    vide = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": "0"}
    assert client.generic("POST", adresse, headers=ICI, **vide).status_code == 200
    assert Passation.objects.get().reponses == {}


@pytest.mark.parametrize("origine", ["http://ailleurs.example", "null", None])
def test_another_site_cannot_hand_somebody_a_draft(adresse, origine):
    entetes = {} if origine is None else {"origin": origine}
    page = Client(enforce_csrf_checks=True).post(adresse, {"venu": "oui"}, headers=entetes)
    assert page.status_code == 403
    assert not Passation.objects.exists()
    assert not page.cookies


def test_a_draft_of_another_link_or_sent_already_is_not_given(adresse, seance):
    client, _ = envoyer(adresse, venu="non")
    ailleurs = builders.lien_principal(seance.collecte).jeton
    autre = f"/r/{ailleurs}/" + pages(adresse).rsplit("/", 2)[1] + "/"
    assert client.get(autre).status_code == 404
    Passation.objects.update(etat=EtatPassation.TERMINEE)
    assert client.get(pages(adresse)).status_code == 409
    assert envoyer(adresse, venu="oui")[1].status_code == 409
    assert Passation.objects.get().reponses == {"venu": "non"}


def test_a_closed_seance_takes_no_new_draft_but_goes_on_with_one(seance, adresse):
    envoyer(adresse, venu="non")
    clore_seance(seance=seance, par=builders.un_compte())
    assert envoyer(adresse, venu="oui")[1].status_code == 200
    neuve = f"/r/{seance.acces.jeton}/{uuid.uuid4()}/"
    assert envoyer(neuve, venu="oui")[1].status_code == 410
    assert Passation.objects.count() == 1
