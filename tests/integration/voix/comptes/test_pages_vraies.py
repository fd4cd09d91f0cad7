"""The pages of accounts that anybody opens by their address: what they say is true of anybody."""

import re

import pytest
from django.urls import reverse

from tests import builders

pytestmark = pytest.mark.django_db


def lu(client, nom):
    page = client.get(reverse(nom)).content.decode()
    return re.sub(r"\s+", " ", page.split("<main", 1)[1].split("</main>", 1)[0])


@pytest.mark.parametrize(
    ("nom", "faux", "vrai"),
    [
        (
            "account_reset_password_from_key_done",
            "Votre mot de passe est changé",
            "Si vous venez de choisir un mot de passe",
        ),
        (
            "account_email_verification_sent",
            "Un e-mail vient de partir",
            "Si vous attendez un e-mail de vérification",
        ),
    ],
)
def test_nothing_is_said_done_to_who_did_nothing(client, nom, faux, vrai):
    page = lu(client, nom)
    assert faux not in page
    assert vrai in page


def test_who_wants_an_account_reads_whom_to_ask(client):
    page = lu(client, "account_signup")
    assert "Demandez une invitation à la coordination de votre territoire" in page
    assert f'href="{reverse("account_login")}"' in page


@pytest.mark.parametrize("nom", ["account_reset_password", "account_reset_password_done"])
def test_who_is_signed_in_already_is_told_so_in_french_as_it_is_printed(client, nom):
    client.force_login(builders.un_compte(email="eva@exemple.fr"))
    page = lu(client, nom)
    assert "Remarque" not in page
    assert "Vous êtes déjà connecté·e\u00a0: eva@exemple.fr." in page.replace("&nbsp;", "\u00a0")


def test_the_page_that_sends_a_code_says_so_in_its_title(client):
    """Its title was « Connexion », as another page’s."""
    adresse, titre = (
        reverse("account_request_login_code"),
        "Recevoir un code par e-mail – Voix</title>",
    )
    assert f"<title>{titre}" in client.get(adresse).content.decode()
    assert f"<title>Erreur&nbsp;: {titre}" in client.post(adresse, {"email": "x"}).content.decode()


@pytest.mark.parametrize(
    "nom", ["account_login", "account_reset_password", "account_email", "mfa_activate_totp"]
)
def test_a_refused_form_of_the_account_begins_its_title_with_the_error(client, nom):
    """Whose screen is read aloud hears the title first: after a wrong code it was the same as before."""
    if nom in {"account_email", "mfa_activate_totp"}:
        builders.entrer(client, builders.verifie(builders.un_compte()))
    saisie = {"code": "000000", "email": "x", "action_add": ""}
    pages = [client.get(reverse(nom)), client.post(reverse(nom), saisie)]
    titres = [page.content.decode().split("<title>")[1].split("</title>")[0] for page in pages]
    assert ["Erreur&nbsp;: " in titre for titre in titres] == [False, True], titres


def test_without_javascript_the_key_sends_nothing(client):
    """It sent an empty form, answered by « Il manque une réponse »; the page says beside it that keys need JavaScript."""
    page = client.get(reverse("account_login")).content.decode()
    assert '<button type="button" form="mfa_login" id="passkey_login"' in page
    assert "<noscript>" in page
