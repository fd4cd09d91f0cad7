"""What is sent is what was read: a summary that another page has made old is shown again, once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enquetes.actions.seances import ouvrir_seance
from enquetes.models import EtatPassation, Passation
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from tests.navigateur import Personne

pytestmark = pytest.mark.django_db

CHANGE = "Vos réponses ont changé dans une autre page."


@pytest.fixture
def personne():
    """Someone who reads the summary."""
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    personne = Personne().ouvrir(f"/r/{builders.lien_principal(collecte).jeton}/")
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre({"foyer": "2"}).repondre()
    assert personne.etape == "verifier"
    return personne


def _ailleurs(personne, etape, **reponses):
    adresse = personne.adresse.replace("/verifier/", f"/{etape}/")
    assert personne.client.post(adresse, reponses).status_code == 302


def test_answers_changed_in_another_tab_are_shown_before_they_are_sent(personne):
    _ailleurs(personne, "foyer", foyer="7")
    ancienne = personne.saisie()
    page = personne.client.post(personne.adresse, ancienne)
    assert page.status_code == 302  # Back never meets a page that answers a form (T1)
    personne.ouvrir(page["Location"].replace("?relire=1", "") + "?relire=1")
    assert CHANGE in personne.texte
    assert "7" in personne.texte
    assert Passation.objects.get().etat == EtatPassation.BROUILLON
    assert personne.repondre().titre == "Merci\u00a0!"
    assert Passation.objects.get().reponses == {"venu": "non", "foyer": 7}


def test_it_is_said_once_and_again_only_if_they_change_again(personne):
    assert CHANGE not in personne.texte
    _ailleurs(personne, "foyer", foyer="7")
    personne.repondre()
    assert CHANGE in personne.texte
    _ailleurs(personne, "foyer", foyer="8")
    personne.repondre()
    assert CHANGE in personne.texte
    assert personne.repondre().titre == "Merci\u00a0!"


def test_an_answer_given_again_as_it_was_is_no_change(personne):
    _ailleurs(personne, "foyer", foyer="7")
    _ailleurs(personne, "foyer", foyer="2")
    assert personne.repondre().titre == "Merci\u00a0!"


def test_a_second_tap_and_a_lost_acknowledgement_thank_and_store_one_row(personne):
    saisie = personne.saisie()
    for _ in range(3):
        page = personne.client.post(personne.adresse, saisie)
        assert page["Location"].endswith("/merci/")
    assert Passation.objects.get().etat == EtatPassation.TERMINEE
    page = personne.client.post(personne.adresse, saisie | {".vu": "autre"}, follow=True)
    assert "Merci" in page.content.decode()


def test_what_the_page_showed_costs_no_statement(personne):
    saisie = personne.saisie() | {".vu": "0" * 12}
    with CaptureQueriesContext(
        connection,
    ) as lues:
        personne.client.post(personne.adresse, saisie)
    assert len(lues) == 1


def test_a_shared_device_shows_it_again_too():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(PETIT))
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    debut = f"/k/{seance.acces.jeton}/"
    personne = Personne().ouvrir(debut).repondre()
    for champs in ({"venu": "non"}, {"foyer": "3"}, {}):
        personne.ouvrir(f"{debut}q/")
        personne.client.post(f"{debut}q/", personne.saisie() | champs)
    envoi = personne.ouvrir(f"{debut}q/").saisie()
    personne.client.post(f"{debut}q/", {".etape": "foyer", "foyer": "4"})
    personne.page = personne.client.post(f"{debut}q/", envoi)
    assert CHANGE in personne.texte
    assert Passation.objects.get().etat == EtatPassation.BROUILLON
    assert "Merci" in personne.repondre().texte
