"""Entering, and looking after one's account: access keys, codes, passwords, on a phone."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
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


def ajouter_une_cle(page, site: str) -> None:
    """Add a key as it is offered, and come to the spare codes."""
    page.goto(f"{site}/compte/2fa/")
    page.get_by_role("link", name="Ajouter une clé").click()
    page.get_by_label("Nom de la clé").fill("Mon téléphone")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")


def test_an_access_key_is_added_then_opens_the_space_alone(appareil, compte, live_server):
    page = appareil
    entrer(page, live_server.url)
    ajouter_une_cle(page, live_server.url)
    assert str(Authenticator.objects.get(type="webauthn")) == "Mon téléphone"
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/compte/login/")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")


def test_who_enters_by_mail_adds_a_key_sees_spare_codes_and_enters_with_one(
    appareil, connecter, live_server
):
    """Nothing is asked that this account lacks; the key lost, a spare code opens."""
    invitee = builders.verifie(builders.un_compte(email="eva@exemple.fr"))
    page = connecter(appareil, invitee)
    ajouter_une_cle(page, live_server.url)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert page.get_by_label("Codes qui n’ont pas servi").input_value().split() == codes
    verifier_page(page)
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/compte/login/code/")
    page.get_by_label("Adresse e-mail").fill(invitee.email)
    page.locator("main button[type=submit]").first.click()
    page.get_by_label("Code").fill(re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", mail.outbox[-1].body)[0])
    page.locator("main button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Double vérification")
    verifier_page(page)
    page.get_by_label("Code de secours").fill(codes[0])
    page.get_by_role("button", name="Entrer avec ce code").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")


def test_a_key_asked_in_the_second_step_confirms_and_is_removed_or_kept(
    appareil, compte, live_server
):
    """With the keyboard alone: the key after the password, then a proof again, then « Ne rien changer »."""
    page = appareil
    entrer(page, live_server.url)
    page.goto(f"{live_server.url}/compte/2fa/webauthn/add/")
    page.get_by_label("Entrer avec cette clé seule").uncheck()
    page.get_by_role("button", name="Ajouter").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/compte/login/")
    page.get_by_label("Adresse e-mail").fill("eva@exemple.fr")
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_label("Mot de passe").press("Enter")
    page.get_by_role("button", name="Utiliser ma clé d’accès").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")
    page.goto(f"{live_server.url}/compte/2fa/webauthn/reauthenticate/")
    verifier_page(page)
    page.get_by_role("button", name="Confirmer avec ma clé d’accès").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")
    page.goto(f"{live_server.url}/compte/2fa/webauthn/")
    page.get_by_role("link", name="Retirer").click()
    verifier_page(page)
    page.get_by_role("link", name="Ne rien changer").press("Enter")
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_an_old_session_confirms_by_mail_without_javascript(page_sans_js, connecter, live_server):
    invitee = builders.verifie(builders.un_compte(email="eva@exemple.fr"))
    page = connecter(page_sans_js, invitee, il_y_a=100_000)
    page.goto(f"{live_server.url}/compte/password/set/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmez que c’est vous")
    sources = {"avant": page.content()}
    page.get_by_role("button", name="Recevoir un code par e-mail").click()
    page.get_by_label("Code reçu par e-mail").fill("AAAA-AAAA")
    page.get_by_role("button", name="Confirmer").click()
    expect(page.locator("#err")).to_be_visible()
    sources["faute"] = page.content()
    verifier_html(sources)
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", mail.outbox[-1].body)[0]
    page.get_by_label("Code reçu par e-mail").fill(code)
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choisir un mot de passe")


def test_an_access_key_that_fails_is_said_on_the_page(page, compte, live_server):
    page.goto(f"{live_server.url}/compte/login/".replace("localhost", "127.0.0.1"))
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page.get_by_role("alert")).to_contain_text("La clé d’accès n’a pas marché.")


def test_pages_of_the_account_are_accessible(page, compte, live_server):
    sources = {}
    adresses = ["login/", "login/code/", "password/reset/", "password/reset/done/", "inactive/"]
    adresses += ["", "2fa/", "2fa/webauthn/add/", "2fa/webauthn/", "2fa/totp/activate/"]
    adresses += ["reauthenticate/", "confirmer/", "email/", "password/change/", "logout/"]
    for adresse in adresses:
        if not adresse:
            entrer(page, live_server.url)
            continue
        reponse = page.goto(f"{live_server.url}/compte/{adresse}")
        assert reponse.ok
        sources[adresse] = reponse.text()
        verifier_page(page)
    verifier_html(sources)
