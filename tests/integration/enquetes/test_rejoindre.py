"""Joining a séance with eight digits: until when, and under a flood of guesses."""

import logging
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from enquetes.actions.seances import clore_seance, ouvrir_seance
from enquetes.models import Seance
from enquetes.views.rejoindre import rejoindre
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from tests.navigateur import Personne
from voix.commun.journal import SansLiens

pytestmark = pytest.mark.django_db


@pytest.fixture
def seance():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(
        par=par, version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


def essayer(client, code, **options):
    return client.post(reverse("enquetes:rejoindre"), {"code": code}, **options)


def test_the_code_typed_on_the_home_page_leads_to_the_welcome_page(client, seance):
    accueil = client.get("/").content.decode()
    assert f'action="{reverse("enquetes:rejoindre")}"' in accueil
    page = essayer(client, seance.code_lisible)
    assert page["Location"] == reverse("enquetes:bienvenue", args=[seance.acces.jeton])
    assert client.get(page["Location"]).status_code == 200


def test_a_phone_that_refuses_cookies_joins_too(seance):
    personne = Personne(enforce_csrf_checks=True)
    assert essayer(personne.client, seance.code).status_code == 302


def test_a_typing_mistake_is_told_apart_from_a_wrong_code(client, seance):
    assert "huit chiffres" in essayer(client, "1234").content.decode()
    faux = "00000000" if seance.code != "00000000" else "00000001"
    page = essayer(client, faux)
    assert page.status_code == 404
    assert "Aucun atelier n’a ce code" in page.content.decode()


def test_the_answers_belong_to_the_seance(seance):
    personne = Personne().ouvrir(reverse("enquetes:bienvenue", args=[seance.acces.jeton]))
    personne.suivre("Commencer")
    personne.repondre({"venu": "non"})
    passation = seance.collecte.passations.get()
    assert passation.acces == seance.acces


@pytest.mark.parametrize(
    ("decalage", "etat", "statut", "phrase"),
    [
        (timedelta(), "preparation", 403, "pas encore ouvert"),
        (timedelta(hours=-13), "preparation", 410, "atelier est fini"),
        (timedelta(hours=-13), "ouverte", 410, "atelier est fini"),
        (timedelta(), "close", 410, "atelier est fini"),
    ],
)
def test_nobody_joins_before_or_after(client, seance, decalage, etat, statut, phrase):
    Seance.objects.filter(pk=seance.pk).update(
        prevue_le=timezone.now() + decalage,
        etat=etat,
        close_le=timezone.now() if etat == "close" else None,
    )
    page = client.get(reverse("enquetes:bienvenue", args=[seance.acces.jeton]))
    assert page.status_code == statut
    assert phrase in page.content.decode()


def test_who_has_begun_may_finish_after_the_end(seance):
    personne = Personne().ouvrir(reverse("enquetes:bienvenue", args=[seance.acces.jeton]))
    personne.suivre("Commencer").repondre({"venu": "non"})
    clore_seance(seance=seance, par=builders.un_compte())
    assert personne.ouvrir(personne.adresse).page.status_code == 200


def test_a_flood_of_wrong_codes_slow_everybody_and_shut_nobody_out(client, seance):
    """Ten thousand in a minute (collecte §7, line 24). The hall's own network waits three seconds, once."""
    fabrique = RequestFactory()
    depart = int(seance.code) + 1
    for n in range(10_000):
        faux, qui = f"{(depart + n) % 10**8:08d}", f"203.0.{n % 250}.{n // 2500}"
        demande = fabrique.post(reverse("enquetes:rejoindre"), {"code": faux}, REMOTE_ADDR=qui)
        assert rejoindre(demande).status_code in {200, 404}
    page = essayer(client, seance.code, REMOTE_ADDR="192.0.2.1")
    assert page.status_code == 200
    assert page["Retry-After"] == "3"
    suite = re.search(r'<a class="bouton" href="([^"]+)"', page.content.decode())[1]
    suite = suite.replace("&amp;", "&")
    trop_tot = client.get(suite, REMOTE_ADDR="192.0.2.1")
    assert trop_tot.status_code == 200  # no shortcut for who does not wait
    assert "Retry-After" in trop_tot


def test_after_the_wait_the_right_code_leads_in(client, seance, monkeypatch):
    for n in range(31):
        essayer(client, f"{n:08d}", REMOTE_ADDR=f"203.0.113.{n}")
    page = essayer(client, seance.code)
    suite = re.search(r'<a class="bouton" href="([^"]+)"', page.content.decode())[1].replace(
        "&amp;", "&"
    )
    monkeypatch.setattr("enquetes.views.rejoindre._a_attendu", lambda _ticket: True)
    assert client.get(suite)["Location"].startswith("/r/")
    assert client.get(suite).status_code == 200  # one code every two seconds for one network
    cache.clear()
    assert client.get(suite).status_code == 302


def test_a_hall_of_sixty_people_joins_from_one_address_without_waiting(client, seance):
    for _ in range(60):
        assert essayer(client, seance.code).status_code == 302
    assert essayer(client, seance.code)["Retry-After"] == "3"


@pytest.mark.parametrize("ticket", ["", "rien", "a:b:c"])
def test_a_forged_ticket_shows_the_form(client, ticket):
    page = client.get(reverse("enquetes:rejoindre"), {"attente": ticket})
    assert page.status_code == 200
    assert 'name="code"' in page.content.decode()


def test_the_language_chosen_before_is_kept(client, seance):
    adresse = f"{reverse('enquetes:rejoindre')}?langue=ar"
    assert 'dir="rtl"' in client.get(adresse).content.decode()
    assert client.post(adresse, {"code": seance.code})["Location"].endswith("?langue=ar")


@pytest.mark.parametrize(
    "lien", ["rejoindre/?attente=abc:def", "f/abc/", "mur/abc/", "carte/?c=abc"]
)
def test_codes_tickets_slips_and_walls_stay_out_of_the_logs(lien):
    ligne = logging.LogRecord("x", 20, "", 1, f"GET /{lien} 200", (), None)
    SansLiens().filter(ligne)
    assert "abc" not in ligne.getMessage()
