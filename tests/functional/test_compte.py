"""Entering, and looking after one's account: access keys, codes, passwords, on a phone."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests import builders
from tests.functional.verifications import verifier_html, verifier_page

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]

MOT_DE_PASSE = "une longue phrase facile"


@pytest.fixture
def compte():
    compte = builders.un_compte(email="eva@exemple.fr")
    compte.set_password(MOT_DE_PASSE)
    compte.save()
    builders.verifie(compte)
    return compte


@pytest.fixture
def appareil(page, settings):
    """Give the page's device a way to recognise its owner, as a phone's fingerprint does."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    outils = page.context.new_cdp_session(page)
    outils.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    outils.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def entrer(page, site: str) -> None:
    page.goto(f"{site}/compte/login/")
    page.get_by_label("Adresse e-mail").fill("eva@exemple.fr")
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")


def confirmer(page) -> None:
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Confirmer").click()


def test_an_access_key_is_added_then_opens_the_space_alone(appareil, compte, live_server):
    page = appareil
    entrer(page, live_server.url)
    page.goto(f"{live_server.url}/compte/2fa/")
    page.get_by_role("link", name="Ajouter une clé").click()
    confirmer(page)
    page.get_by_label("Nom de la clé").fill("Mon téléphone")
    page.get_by_label("Entrer sans mot de passe").check()
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    assert str(Authenticator.objects.get(type="webauthn")) == "Mon téléphone"
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/compte/login/")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")


def test_an_access_key_that_fails_is_said_on_the_page(page, compte, live_server):
    page.goto(f"{live_server.url}/compte/login/".replace("localhost", "127.0.0.1"))
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page.get_by_role("alert")).to_contain_text("La clé d’accès n’a pas marché.")


def test_pages_of_the_account_are_accessible(page, compte, live_server):
    sources = {}
    adresses = ["login/", "login/code/", "password/reset/", "password/reset/done/", "inactive/"]
    adresses += ["", "2fa/", "2fa/webauthn/add/", "2fa/webauthn/", "2fa/totp/activate/"]
    adresses += ["email/", "password/change/", "logout/"]
    for adresse in adresses:
        if not adresse:
            entrer(page, live_server.url)
            page.goto(f"{live_server.url}/compte/reauthenticate/")
            verifier_page(page)
            confirmer(page)
            continue
        reponse = page.goto(f"{live_server.url}/compte/{adresse}")
        assert reponse.ok
        sources[adresse] = reponse.text()
        verifier_page(page)
    verifier_html(sources)
