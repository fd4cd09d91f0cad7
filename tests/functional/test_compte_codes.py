"""Codes by e-mail, forgotten passwords, the application of codes: the whole way, in a real browser."""

import base64
import hmac
import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from playwright.sync_api import expect

from tests.functional.test_compte import MOT_DE_PASSE, compte, entrer
from tests.functional.verifications import verifier_page

__all__ = ["compte"]
pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]

NEUF = "une autre phrase facile"
PERIODE = 30


def code_a_six_chiffres(secret: str, periode: int = 0) -> str:
    """Return what an application of codes shows (RFC 6238), ``periode`` periods from now."""
    compteur = int(time.time()) // PERIODE + periode
    empreinte = hmac.digest(base64.b32decode(secret), compteur.to_bytes(8), "sha1")
    debut = empreinte[-1] & 15
    return f"{int.from_bytes(empreinte[debut : debut + 4]) % 2**31 % 10**6:06}"


def test_codes_are_those_of_the_standard(monkeypatch):
    """The vectors of RFC 6238, appendix B, on six digits."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    for moment, code in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        assert code_a_six_chiffres(secret) == code


def recu(motif: str) -> str:
    """Return what an e-mail holds that was just received."""
    return re.search(motif, mail.outbox[-1].body, re.MULTILINE)[0]


def test_a_code_by_mail_opens_the_space_without_a_password(page, compte, live_server):
    page.goto(f"{live_server.url}/compte/login/")
    page.get_by_role("link", name="Recevoir un code par e-mail").click()
    page.get_by_label("Adresse e-mail").fill(compte.email)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/compte/login/code/confirm/**")
    verifier_page(page)
    page.get_by_label("Code").fill("AAAA-AAAA")
    page.locator("main button[type=submit]").first.click()
    expect(page.locator("#err")).to_be_visible()
    verifier_page(page)
    page.get_by_label("Code").fill(recu(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$"))
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/espace/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")


def test_a_forgotten_password_is_chosen_again_from_the_mail(page, compte, live_server):
    page.goto(f"{live_server.url}/compte/login/")
    page.get_by_role("link", name="Mot de passe oublié").click()
    page.get_by_label("Adresse e-mail").fill(compte.email)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/password/reset/done/")
    page.goto(recu(r"https?://\S+"))
    verifier_page(page)
    champs = page.locator("main input[type=password]")
    champs.nth(0).fill("court")
    champs.nth(1).fill("court")
    page.locator("main button[type=submit]").first.click()
    expect(page.locator("#err")).to_be_visible()
    verifier_page(page)
    champs.nth(0).fill(NEUF)
    champs.nth(1).fill(NEUF)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/password/reset/key/done/")
    verifier_page(page)
    compte.refresh_from_db()
    assert compte.check_password(NEUF)


def test_a_password_is_changed(page, compte, live_server):
    entrer(page, live_server.url)
    page.goto(f"{live_server.url}/compte/password/change/")
    champs = page.locator("main input[type=password]")
    for rang, saisie in enumerate(("ce n’est pas lui", NEUF, NEUF)):
        champs.nth(rang).fill(saisie)
    page.locator("main button[type=submit]").first.click()
    expect(page.locator("#err")).to_be_visible()
    verifier_page(page)
    for rang, saisie in enumerate((MOT_DE_PASSE, NEUF, NEUF)):
        champs.nth(rang).fill(saisie)
    page.locator("main button[type=submit]").first.click()
    expect(page.get_by_role("status")).to_be_visible()
    verifier_page(page)
    compte.refresh_from_db()
    assert compte.check_password(NEUF)


@pytest.fixture
def secret(page, compte, settings, live_server) -> str:
    """Activate the application of codes, after a wrong code, and return what it keeps."""
    settings.MFA_TOTP_TOLERANCE = 1  # the period may end while the test types
    entrer(page, live_server.url)
    page.goto(f"{live_server.url}/compte/2fa/")
    page.get_by_role("link", name="Activer").click()
    page.wait_for_url("**/totp/activate/**")
    montre = page.locator("#authenticator_secret").input_value()
    page.locator("input[name=code]").fill("000000")
    page.get_by_role("button", name="Activer").click()
    expect(page.locator("#err")).to_be_visible()
    verifier_page(page)
    assert page.locator("#authenticator_secret").input_value() == montre
    page.locator("input[name=code]").fill(code_a_six_chiffres(montre))
    page.get_by_role("button", name="Activer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    return montre


def test_an_application_of_codes_once_activated_is_asked_for(page, compte, secret, live_server):
    verifier_page(page)
    assert Authenticator.objects.filter(user=compte, type="totp").exists()
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/compte/login/")
    page.get_by_label("Adresse e-mail").fill(compte.email)
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/2fa/authenticate/**")
    verifier_page(page)
    page.locator("input[name=code]").fill(code_a_six_chiffres(secret, 1))
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/espace/**")


def test_the_password_alone_no_longer_opens_the_space(page, compte, secret, live_server):
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/compte/login/")
    page.get_by_label("Adresse e-mail").fill(compte.email)
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/2fa/authenticate/**")
    page.goto(f"{live_server.url}/espace/")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Bonjour")
    assert urlsplit(page.url).path.startswith("/compte/")


def test_each_page_of_keys_and_codes_is_right(page, compte, live_server):
    entrer(page, live_server.url)
    Authenticator.objects.create(user=compte, type="totp", data={"secret": "x"})
    for adresse in ("recovery-codes/generate/", "totp/deactivate/"):
        page.goto(f"{live_server.url}/compte/2fa/{adresse}")
        verifier_page(page)
    page.goto(f"{live_server.url}/compte/2fa/recovery-codes/generate/")
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/recovery-codes/")
    verifier_page(page)
