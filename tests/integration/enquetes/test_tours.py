"""A turn on a shared device: who holds which key, and what is left afterwards."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from enquetes.actions.seances import clore_seance, ouvrir_seance
from enquetes.actions.tours import oublier_tours_perimes
from enquetes.models import Collecte, EtatPassation, Passation, TourPartage
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from tests.navigateur import Personne

pytestmark = pytest.mark.django_db


@pytest.fixture
def seance():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(
        par=par, version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


@pytest.fixture
def debut(seance):
    return f"/k/{seance.acces.jeton}/"


def arriver(debut):
    """Return a person on the first question."""
    return Personne(enforce_csrf_checks=False).ouvrir(debut).repondre()


def poster(personne, debut, **champs):
    noms = {"etape": ".etape", "geste": ".geste"}
    return personne.client.post(f"{debut}q/", {noms.get(c, c): v for c, v in champs.items()})


def test_the_key_of_a_finished_turn_is_dead(debut):
    personne = arriver(debut)
    cle = personne.client.cookies["tour"].value
    poster(personne, debut, etape="venue", venu="non")
    personne.ouvrir(f"{debut}q/")
    for _ in range(2):
        personne.repondre()
    personne.ouvrir(f"{debut}q/")
    assert "Vérifiez" in personne.texte
    personne.repondre()
    assert "Merci" in personne.texte
    voleur = Client()
    voleur.cookies["tour"] = cle
    assert voleur.get(f"{debut}q/").headers["Location"] == debut
    personne.ouvrir(debut)
    assert not TourPartage.objects.exists()
    assert voleur.get(f"{debut}merci/").headers["Location"] == debut
    assert Passation.objects.get().etat == EtatPassation.TERMINEE


def test_a_key_put_there_by_somebody_else_is_replaced(debut):
    """Session fixation: the key of a turn is always drawn by « Commencer »."""
    personne = Personne()
    personne.client.cookies["tour"] = "posee-par-un-autre"
    personne.ouvrir(debut).repondre()
    assert personne.client.cookies["tour"].value != "posee-par-un-autre"


def test_a_key_opens_nothing_of_another_link(debut, seance):
    personne = arriver(debut)
    autre = f"/k/{builders.lien_principal(seance.collecte).jeton}/q/"
    assert personne.client.get(autre).status_code == 303


def test_the_device_is_told_no_answer_no_identifier_and_to_keep_nothing(debut):
    personne = arriver(debut)
    page = poster(personne, debut, etape="venue", venu="oui")
    assert page.status_code == 303
    assert page["Location"] == f"{debut}q/"
    passation = Passation.objects.get()
    dit = (
        str(page.headers) + str(page.cookies) + personne.client.get(f"{debut}q/").content.decode()
    )
    for identifiant in (str(passation.pk), passation.pk.hex):
        assert identifiant not in dit
    page = personne.client.get(f"{debut}q/")
    assert page["Cache-Control"] == "no-store"
    assert page["Refresh"] == f"300; url={debut}?silence"
    assert personne.client.cookies["tour"]["httponly"]
    assert not personne.client.cookies["tour"]["max-age"]


def test_the_proof_of_the_person_before_is_refused(debut):
    client = Client(enforce_csrf_checks=True)
    client.get(debut)
    vieille = client.cookies["csrftoken"].value
    client.get(debut)
    page = client.post(debut, {"csrfmiddlewaretoken": vieille})
    assert page.status_code == 403
    assert "n’est plus la bonne" in page.content.decode()
    assert not TourPartage.objects.exists()


def test_back_change_and_language_are_gestures_of_the_page(debut):
    personne = arriver(debut)
    poster(personne, debut, etape="venue", venu="oui")
    poster(personne, debut, etape="manque", manque=["pain"])
    poster(personne, debut, geste="retour")
    assert "Que manque-t-il" in personne.ouvrir(f"{debut}q/").texte
    poster(personne, debut, etape="manque", manque=["pain"])
    poster(personne, debut, etape="foyer", foyer="3")
    poster(personne, debut, etape="mots", mots="Merci")
    poster(personne, debut, geste="changer:venue")
    assert "déjà venu" in personne.ouvrir(f"{debut}q/").texte
    poster(personne, debut, etape="venue", venu="oui")
    assert "Vérifiez" in personne.ouvrir(f"{debut}q/").texte
    poster(personne, debut, geste="langue:ar")
    assert 'lang="ar"' in personne.ouvrir(f"{debut}q/").page.content.decode()
    poster(personne, debut, geste="effacer")
    assert not Passation.objects.exists()


def test_another_language_keeps_what_is_ticked_and_stores_nothing(debut):
    personne = arriver(debut)
    poster(personne, debut, etape="venue", venu="oui")
    saisie = personne.ouvrir(f"{debut}q/").saisie() | {"manque": ["pain"], ".langue": "ar"}
    personne.page = personne.client.post(f"{debut}q/", saisie)
    assert personne.page.status_code == 200
    assert personne.page["Cache-Control"] == "no-store"
    assert personne.page["Refresh"] == f"300; url={debut}?silence"
    assert (personne.arbre.attrib["lang"], personne.saisie()["manque"]) == ("ar", ["pain"])
    assert set(personne.page.cookies) == {"csrftoken"}
    assert Passation.objects.get().reponses == {"venu": "oui"}
    assert 'lang="ar"' in personne.ouvrir(f"{debut}q/").page.content.decode()


def test_a_change_that_opens_a_page_asks_it_before_the_summary(debut):
    personne = arriver(debut)
    poster(personne, debut, etape="venue", venu="non")
    poster(personne, debut, etape="foyer", foyer="3")
    poster(personne, debut, etape="mots")
    poster(personne, debut, geste="changer:venue")
    poster(personne, debut, etape="venue", venu="oui")
    assert "Que manque-t-il" in personne.ouvrir(f"{debut}q/").texte
    poster(personne, debut, etape="manque", manque=["pain"])
    assert "Vérifiez" in personne.ouvrir(f"{debut}q/").texte


@pytest.mark.parametrize(
    ("corps", "genre"),
    [
        (b'{"foyer": 3}', "application/json"),
        (b'{"foyer": 3}', "application/x-www-form-urlencoded"),
        (b"\xff\x00", "multipart/form-data; boundary=zz"),
    ],
)
def test_a_body_without_the_form_takes_no_answer_back(debut, corps, genre):
    personne = arriver(debut)
    poster(personne, debut, etape="venue", venu="non")
    poster(personne, debut, geste="retour")
    page = personne.client.post(f"{debut}q/", corps, content_type=genre)
    assert page.status_code == 400
    assert "Nous n’avons pas bien reçu cette réponse" in page.content.decode()
    assert Passation.objects.get().reponses == {"venu": "non"}
    assert personne.ouvrir(f"{debut}q/").saisie()["venu"] == ["non"]
    poster(personne, debut, etape="venue")
    assert Passation.objects.get().reponses == {}


@pytest.mark.parametrize("etape", ["verifier", "nulle-part", "merci", "x" * 500, ""])
def test_a_forged_page_stores_nothing_and_breaks_nothing(debut, etape):
    personne = arriver(debut)
    page = poster(personne, debut, etape=etape, venu="oui")
    assert page.status_code in {200, 303}
    assert not Passation.objects.filter(etat=EtatPassation.TERMINEE).exists()
    assert "déjà venu" in personne.ouvrir(f"{debut}q/").texte or etape == "verifier"


def test_what_is_wrong_is_said_and_kept_on_the_page(debut):
    personne = arriver(debut)
    poster(personne, debut, etape="venue", venu="non")
    page = poster(personne, debut, etape="foyer", foyer="quatre")
    assert page.status_code == 200
    assert 'value="quatre"' in page.content.decode()
    assert page["Refresh"]


def test_turns_that_nobody_follows_are_swept_with_their_drafts(debut):
    personne = arriver(debut)
    poster(personne, debut, etape="venue", venu="oui")
    assert oublier_tours_perimes() == 0
    TourPartage.objects.update(perime_a=timezone.now() - timedelta(seconds=1))
    assert personne.client.get(f"{debut}q/")["Location"] == debut
    assert oublier_tours_perimes() == 1
    assert not Passation.objects.exists()
    assert not TourPartage.objects.exists()


def test_a_closed_seance_says_so_at_the_start(debut, seance):
    clore_seance(seance=seance, par=builders.un_compte())
    assert Client().get(debut).status_code == 410


def test_the_team_is_signed_out_of_a_device_that_others_will_hold(debut):
    client = Client()
    client.force_login(
        builders.un_compte(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    client.get(debut)
    assert client.get("/espace/").status_code == 302


def test_the_code_of_four_digits_is_not_tried_out(debut):
    client = Client()
    assert client.post(f"{debut}preparer/", {"code": "258"}).status_code == 400
    assert client.post(f"{debut}preparer/", {"code": "2580"}).status_code == 303
    assert "2580" not in str(client.cookies)
    for _ in range(10):
        assert client.post(f"{debut}animation/", {"code": "0000"}).status_code == 400
    page = client.post(f"{debut}animation/", {"code": "2580"})
    assert page.status_code == 429
    assert "dix minutes" in page.content.decode()


def test_a_database_that_stops_is_said_and_the_page_still_goes_away(debut, monkeypatch):
    from django.db import OperationalError

    personne = arriver(debut)

    def tombee(*_, **__):
        raise OperationalError("stopped")

    monkeypatch.setattr("enquetes.views.passation.stockage.enregistrer_page", tombee)
    page = poster(personne, debut, etape="venue", venu="oui")
    assert page.status_code == 503
    assert page["Refresh"] == f"300; url={debut}?silence"


# --- what is left in the middle, when the collecte keeps it ---------------------------------------


@pytest.fixture
def gardees(seance):
    Collecte.objects.update(garde_incompletes=True)


def laisser(debut):
    """Return a person who answered one question and went away."""
    personne = arriver(debut)
    poster(personne, debut, etape="venue", venu="oui")
    return personne


def test_left_in_silence_it_is_kept_as_it_is_where_the_first_page_says_so(debut, gardees):
    assert "Si vous partez avant la fin" in Personne().ouvrir(debut).texte
    personne = laisser(debut)
    attendu = personne.client.get(f"{debut}q/").headers["Refresh"].split("url=")[1]
    personne.ouvrir(attendu)  # the page went there by itself
    gardee = Passation.objects.get()
    assert (gardee.etat, gardee.signes) == (EtatPassation.TERMINEE, "incomplete")
    assert gardee.reponses == {"venu": "oui"}
    assert not TourPartage.objects.exists()


def test_a_device_that_is_off_loses_nothing_either(debut, gardees):
    laisser(debut)
    arriver(debut)  # nothing was answered on this one: nothing is kept of it
    TourPartage.objects.update(perime_a=timezone.now())
    assert oublier_tours_perimes() == 2
    assert Passation.objects.get().signes == "incomplete"


@pytest.mark.parametrize("geste", ["effacer", "suivante", "pas demandé"])
def test_erased_when_somebody_asks_or_when_nothing_said_so(debut, seance, geste):
    Collecte.objects.update(garde_incompletes=geste != "pas demandé")
    personne = laisser(debut)
    if geste == "effacer":
        poster(personne, debut, geste="effacer")
    personne.ouvrir(debut if geste != "pas demandé" else f"{debut}?silence")
    assert not Passation.objects.exists()


def test_what_was_sent_has_no_sign_of_being_left(debut, gardees):
    personne = arriver(debut)
    poster(personne, debut, etape="venue", venu="non")
    personne.ouvrir(f"{debut}q/")
    for _ in range(3):
        personne.repondre()
        personne.ouvrir(f"{debut}q/")
    personne.ouvrir(f"{debut}?silence")
    assert "incomplete" not in Passation.objects.get().signes
