"""What is sent is what was read: a summary that another page has made old is shown again, once."""

import pytest
from django.test import Client

from enquetes.actions import passations
from enquetes.actions.feuilles import donner_feuilles
from enquetes.actions.seances import ouvrir_seance
from enquetes.models import EtatPassation, Feuille, Passation
from enquetes.views.passation import envoi
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from tests.navigateur import Personne
from tests.suivi import lien_de_la_carte, une_carte, une_cohorte

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


@pytest.fixture
def pendant(monkeypatch):
    """Return what makes another page act in the very moment of the sending, after it was read."""

    def avant(module, nom, geste):
        vrai, faits = getattr(module, nom), []

        def entre(*args, **kwargs):
            if not faits:
                faits.append(geste())
            return vrai(*args, **kwargs)

        monkeypatch.setattr(module, nom, entre)

    return avant


@pytest.mark.parametrize(("module", "nom"), [(envoi, "_terminer"), (passations, "clore")])
def test_what_another_page_changes_while_it_is_sent_is_not_sent_unread(
    personne, pendant, module, nom
):
    """``_terminer``: after the page was read; ``clore``: after the action has read the answers too."""
    pendant(module, nom, lambda: _ailleurs(personne, "foyer", foyer="7"))
    personne.repondre()
    assert CHANGE in personne.texte
    assert "7" in personne.texte
    assert Passation.objects.get().etat == EtatPassation.BROUILLON
    assert personne.repondre().titre == "Merci\u00a0!"
    assert Passation.objects.get().reponses == {"venu": "non", "foyer": 7}


def test_a_slip_is_not_used_up_by_answers_that_were_not_read(pendant):
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(PETIT))
    _, [jeton] = donner_feuilles(acces=builders.lien_principal(collecte), nombre=1, par=par)
    personne = Personne().ouvrir(f"/f/{jeton}/")
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre({"foyer": "2"}).repondre()
    assert personne.etape == "verifier"
    pendant(envoi, "_terminer", lambda: _ailleurs(personne, "foyer", foyer="7"))
    personne.repondre()
    assert CHANGE in personne.texte
    assert not Feuille.objects.get().utilisee
    assert personne.repondre().titre == "Merci\u00a0!"


def test_a_family_reads_again_what_another_page_changed_while_it_was_sent(pendant):
    client = Client()
    lien = lien_de_la_carte(client, une_carte(une_cohorte(cartes=0)).code)
    client.post(lien, {"a3": "4"})
    verifier = lien.replace("/a3/", "/verifier/")
    mere = Personne()
    mere.client = client
    envoye = mere.ouvrir(verifier).saisie()
    pendant(envoi, "_terminer", lambda: client.post(lien, {"a3": "7"}))
    assert client.post(verifier, envoye)["Location"].endswith("?relire=1")
    assert Passation.objects.get().etat == EtatPassation.BROUILLON


@pytest.fixture
def partagee():
    """Someone who reads the summary on a shared device, « 3 » answered to the last question."""
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(PETIT))
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    debut = f"/k/{seance.acces.jeton}/"
    personne = Personne().ouvrir(debut).repondre()
    for champs in ({"venu": "non"}, {"foyer": "3"}, {}):
        personne.ouvrir(f"{debut}q/")
        personne.client.post(f"{debut}q/", personne.saisie() | champs)
    return personne.ouvrir(f"{debut}q/")


def _dans_l_autre_page(partagee):
    page = partagee.client.post(partagee.adresse, {".etape": "foyer", "foyer": "4"})
    assert page.status_code == 303


def test_a_shared_device_shows_it_again_too(partagee):
    envoi = partagee.saisie()
    _dans_l_autre_page(partagee)
    partagee.page = partagee.client.post(partagee.adresse, envoi)
    assert CHANGE in partagee.texte
    assert Passation.objects.get().etat == EtatPassation.BROUILLON
    assert "Merci" in partagee.repondre().texte


def test_a_shared_device_shows_what_is_stored_now(partagee, pendant):
    pendant(envoi, "_terminer", lambda: _dans_l_autre_page(partagee))
    partagee.repondre()
    assert CHANGE in partagee.texte
    assert "4" in partagee.texte
    assert "Merci" in partagee.repondre().texte
    assert Passation.objects.get().reponses == {"venu": "non", "foyer": 4}
