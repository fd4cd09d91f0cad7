"""A form of the staff that is refused before it is read: its words come back, once, to whoever typed them."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import builders
from tests.functional.verifications import verifier_html
from voix.comptes import mots_perdus
from voix.comptes.models import Habilitation

pytestmark = pytest.mark.django_db

ICI = {"Origin": "http://testserver"}
MOTS = "Pour mieux choisir <b>les produits</b>.\r\nMerci."
SAISIE = {
    "csrfmiddlewaretoken": "jeton-secret",
    "cle": "abc234",
    "titre": "Votre avis sur l’épicerie",
    "raison": MOTS,
    "raison_ar": "لنختار",
    "ferme_le": "2027-01-31",
    "profil": "sensible",
    "lieu": "t12",
    "mot_de_passe": "Chut Chut Chut",
}


@pytest.fixture
def adresse():
    return reverse("enquetes:nouvelle_collecte", args=[builders.une_version().pk])


@pytest.fixture
def sans_preuve():
    client = Client(enforce_csrf_checks=True)
    client.force_login(builders.un_compte())
    return client


def lue(page):
    return re.sub(r"[ \n]+", " ", page.content.decode())


def a_rendu(page):
    html = lue(page)
    assert "Ce que vous aviez écrit" in html
    assert '<dt>Titre</dt><dd dir="auto">Votre avis sur l’épicerie</dd>' in html
    assert "&lt;b&gt;les produits&lt;/b&gt;.<br>Merci." in html
    assert "لنختار" in html
    assert '<dt>Dernier jour</dt><dd dir="auto">31/01/2027</dd>' in html
    assert not {"jeton-secret", "abc234", "t12", "Chut"} & set(re.findall(r"[\w-]+", html))
    assert "no-store" in page["Cache-Control"]
    return True


def test_without_its_proof_what_was_typed_here_comes_back(sans_preuve, adresse):
    page = sans_preuve.post(adresse, SAISIE, headers=ICI)
    assert page.status_code == 403
    assert a_rendu(page)
    assert f'href="{adresse}"' in page.content.decode()
    corps = page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    assert "<form" not in corps
    assert "<button" not in corps


def test_an_older_browser_says_where_it_comes_from_by_its_referer(sans_preuve, adresse):
    ici = {"Referer": f"http://testserver{adresse}"}
    assert a_rendu(sans_preuve.post(adresse, SAISIE, headers=ici))


@pytest.mark.parametrize(
    "ailleurs",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://mechant.example"},
        {"Origin": "http://mechant.example", "Referer": "http://testserver/espace/"},
        {"Referer": "http://mechant.example/espace/"},
        {"Referer": "http://testserver.mechant.example/"},
        {"Referer": "http://[::1"},
    ],
)
def test_what_another_site_sends_is_never_shown(sans_preuve, adresse, ailleurs):
    page = sans_preuve.post(adresse, SAISIE, headers=ailleurs)
    assert page.status_code == 403
    assert "épicerie" not in page.content.decode()


def test_nothing_of_the_account_comes_back(sans_preuve):
    for chemin in ("/compte/login/", "/compte/email/", "/compte/password/change/"):
        page = sans_preuve.post(chemin, SAISIE | {"login": "moi@exemple.fr"}, headers=ICI)
        assert page.status_code == 403
        assert not {"Chut", "épicerie", "moi@exemple.fr"} & set(page.content.decode().split())


def sortir(client):
    client.cookies.pop("sessionid")


def expirer(client):
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))


@pytest.mark.parametrize("partir", [sortir, expirer])
def test_who_is_no_longer_signed_in_reads_their_words_once(client, adresse, partir):
    client.force_login(builders.un_compte())
    partir(client)
    page = client.post(adresse, SAISIE, headers=ICI | {"Referer": f"http://testserver{adresse}"})
    assert page.status_code == 403
    assert a_rendu(page)
    assert f'href="/compte/login/?next={adresse}"' in page.content.decode()


def test_nothing_is_kept_for_who_signs_in_next(client, adresse):
    client.force_login(builders.un_compte())
    sortir(client)
    page = client.post(adresse, SAISIE, headers=ICI)
    assert not page.cookies
    assert "لنختار" not in str([session.get_decoded() for session in Session.objects.all()])
    client.force_login(builders.un_compte(email="autre@exemple.fr"))
    assert "لنختار" not in client.get(adresse).content.decode()


def test_pages_that_give_words_back_are_right_html(client, sans_preuve, adresse):
    verifier_html(
        {
            "csrf": sans_preuve.post(adresse, SAISIE, headers=ICI).content.decode(),
            "session": client.post(adresse, SAISIE, headers=ICI).content.decode(),
        }
    )


def test_who_typed_nothing_or_elsewhere_is_sent_to_sign_in(client, adresse):
    for saisie, entetes in ((SAISIE, {}), ({"csrfmiddlewaretoken": "x"}, ICI), ({}, ICI)):
        page = client.post(adresse, saisie, headers=entetes)
        assert page.status_code == 302
        assert page["Location"].startswith("/compte/login/")


def test_a_refusal_of_the_house_gives_the_words_back_too(client):
    compte = builders.un_compte()
    client.force_login(compte)
    Habilitation.objects.filter(compte=compte).delete()
    adresse = reverse("enquetes:nouvelle_collecte", args=[builders.une_version().pk])
    page = client.post(adresse, SAISIE, headers=ICI)
    assert page.status_code == 403
    assert a_rendu(page)


def test_fields_that_are_made_one_by_one_say_their_name(sans_preuve):
    adresse = reverse("comptes:inviter")
    saisie = {"nom_de_la_rue": "rue des Lilas", "c_oui": "12", "quoi": "paniers"}
    html = lue(sans_preuve.post(adresse, saisie, headers=ICI))
    assert '<dt>nom de la rue</dt><dd dir="auto">rue des Lilas</dd>' in html
    assert '<dt>c oui</dt><dd dir="auto">12</dd>' in html
    assert "paniers" not in html, "a code, ticked and not typed"


def test_a_null_is_no_sign_of_a_page(rf):
    request = rf.post("/espace/", {"raison": "a\0b c"}, headers=ICI)
    assert mots_perdus.mots_tapes(request) == [("raison", "a\ufffdb c")]


def test_a_busy_database_gives_the_words_back(client, adresse, monkeypatch):
    client.force_login(builders.un_compte())
    client.raise_request_exception = False

    def occupee(*_args, **_options):
        raise OperationalError("locked")

    monkeypatch.setattr("voix.comptes.views.acces.perimetre_de", occupee)
    page = client.post(adresse, SAISIE, headers=ICI)
    assert page.status_code == 503
    assert a_rendu(page)


def test_the_code_of_an_indicator_is_no_secret(sans_preuve):
    saisie = {"code": "V1", "nom": "Présence", "formule": "nombre(acteurs)"}
    page = lue(sans_preuve.post(reverse("analyses:ajouter_indicateur"), saisie, headers=ICI))
    assert '<dt>Code</dt><dd dir="auto">V1</dd>' in page


FORMULAIRE = "application/x-www-form-urlencoded"


def test_too_long_for_one_send_its_beginning_and_the_other_fields_come_back(client, adresse):
    """« Retour » brings back the whole where the browser kept it; not every browser does over HTTPS."""
    client.force_login(builders.un_compte())
    corps = urlencode(SAISIE | {"raison_uk": "довго " * 400_000})
    page = client.post(adresse, corps.encode(), content_type=FORMULAIRE, headers=ICI)
    assert page.status_code == 413
    assert a_rendu(page)
    html = lue(page)
    assert "Le début de chaque texte est ici aussi" in html
    assert "довго довго" in html
    assert len(html) < 300_000


@pytest.mark.parametrize("ailleurs", [{}, {"Origin": "http://mechant.example"}])
def test_too_long_from_another_site_is_refused_without_a_word_of_it(client, adresse, ailleurs):
    client.force_login(builders.un_compte())
    corps = urlencode(SAISIE | {"raison_uk": "a" * 1_200_000})
    page = client.post(adresse, corps.encode(), content_type=FORMULAIRE, headers=ailleurs)
    assert page.status_code == 413
    assert "épicerie" not in page.content.decode()
    assert "Le début" not in page.content.decode()


def test_a_request_that_a_view_does_not_understand_gives_its_words_back(
    client, adresse, monkeypatch
):
    client.force_login(builders.un_compte())
    client.raise_request_exception = False

    def incomprise(*_args, **_options):
        raise SuspiciousOperation

    monkeypatch.setattr("voix.comptes.views.acces.perimetre_de", incomprise)
    page = client.post(adresse, SAISIE, headers=ICI)
    assert page.status_code == 400
    assert a_rendu(page)


def test_pages_of_long_and_broken_forms_are_right_html(client, adresse):
    client.force_login(builders.un_compte())
    corps = urlencode(SAISIE | {"raison_uk": "a" * 1_200_000}).encode()
    page = client.post(adresse, corps, content_type=FORMULAIRE, headers=ICI)
    verifier_html({"413": page.content.decode()})
