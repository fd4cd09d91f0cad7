"""What touches security asks whoever sits there to prove it again, with what the account has."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.urls import reverse

from tests import builders
from tests.cles import une_cle
from voix.comptes.models import JetonPersonnel
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

SENSIBLES = [
    "mfa_add_webauthn",
    "mfa_activate_totp",
    "mfa_generate_recovery_codes",
    "account_set_password",
]
LONGTEMPS = 100_000
MOT_DE_PASSE = "une longue phrase facile"


@pytest.fixture
def compte():
    return builders.verifie(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))


def avec(compte, *facteurs):
    """Give an account what is named: a password, a key, an application, spare codes."""
    if "mot de passe" in facteurs:
        compte.set_password(MOT_DE_PASSE)
        compte.save()
    if "clé" in facteurs:
        une_cle(compte)
    if "application" in facteurs:
        TOTP.activate(compte, "A" * 32)
    if "codes" in facteurs:
        RecoveryCodes.activate(compte)


def code_recu() -> str:
    return re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", mail.outbox[-1].body, re.MULTILINE)[0]


def confirmer(client, page):
    """Follow the page that asks for a proof, with a code by mail."""
    adresse = page["Location"]
    suite = re.search(r"next=([^&]+)", adresse)[1].replace("%2F", "/")
    client.post(reverse("comptes:confirmer"), {"envoyer": "1", "next": suite})
    return client.post(reverse("comptes:confirmer"), {"code": code_recu(), "next": suite})


@pytest.mark.parametrize("nom", SENSIBLES)
def test_an_unattended_session_becomes_no_lasting_access(client, compte, nom):
    """Without password nor second step, allauth opens these pages to whoever finds the session open."""
    builders.entrer(client, compte, il_y_a=LONGTEMPS)
    page = client.get(reverse(nom))
    assert page["Location"].startswith(reverse("comptes:confirmer"))
    assert mail.outbox == []
    apres = confirmer(client, page)
    assert apres["Location"] == reverse(nom)
    assert client.get(reverse(nom)).status_code == 200


@pytest.mark.parametrize("nom", SENSIBLES)
def test_a_session_of_an_older_version_proves_itself_too(client, compte, nom):
    client.force_login(compte)
    assert client.get(reverse(nom))["Location"].startswith(reverse("comptes:confirmer"))


@pytest.mark.parametrize("nom", SENSIBLES)
def test_who_has_just_signed_in_is_not_asked_again(client, compte, nom):
    builders.entrer(client, compte, il_y_a=60)
    assert client.get(reverse(nom)).status_code == 200


@pytest.mark.parametrize("geste", ["action_add", "action_primary", "action_remove"])
def test_addresses_change_after_the_proof_and_nothing_is_typed_again(client, compte, geste):
    EmailAddress.objects.create(user=compte, email="autre@exemple.fr", verified=True)
    email = "neuve@exemple.fr" if geste == "action_add" else "autre@exemple.fr"
    builders.entrer(client, compte, il_y_a=LONGTEMPS)
    avant = set(EmailAddress.objects.values_list("email", "primary"))
    page = client.post(reverse("account_email"), {geste: "", "email": email})
    assert set(EmailAddress.objects.values_list("email", "primary")) == avant
    confirmer(client, page)
    assert set(EmailAddress.objects.values_list("email", "primary")) != avant


def test_a_token_that_lasts_is_not_drawn_by_whoever_finds_the_session(client, compte):
    page = client.get
    builders.entrer(client, compte, il_y_a=LONGTEMPS)
    cle = re.search(r'name="cle" value="([^"]+)"', page("/espace/jetons/").content.decode())[1]
    valeurs = {"cle": cle, "nom": "Carnet", "portees": ["resultats"], "duree": "30"}
    refus = client.post("/espace/jetons/creer/", valeurs)
    assert refus["Location"].startswith(reverse("comptes:confirmer"))
    assert not JetonPersonnel.objects.exists()
    assert "voix_" in confirmer(client, refus).content.decode()
    assert JetonPersonnel.objects.count() == 1


def test_three_wrong_codes_and_the_code_is_worth_nothing(client, compte):
    builders.entrer(client, compte, il_y_a=LONGTEMPS)
    adresse = reverse("comptes:confirmer")
    client.post(adresse, {"envoyer": "1"})
    bon = code_recu()
    for _ in range(3):
        client.post(adresse, {"code": "AAAA-AAAA"})
    assert "Trop d’essais" in client.get(adresse).content.decode()
    client.post(adresse, {"code": bon})
    assert client.get(reverse("mfa_add_webauthn")).status_code == 302


def test_a_code_dies_after_some_minutes(client, compte, settings):
    builders.entrer(client, compte, il_y_a=LONGTEMPS)
    client.post(reverse("comptes:confirmer"), {"envoyer": "1"})
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    client.post(reverse("comptes:confirmer"), {"code": code_recu()})
    assert client.get(reverse("mfa_add_webauthn")).status_code == 302


MOYENS = {
    "mot de passe": "account_reauthenticate",
    "clé": "mfa_reauthenticate_webauthn",
    "application": "mfa_reauthenticate",
    "codes": "mfa_reauthenticate",
}


@pytest.mark.parametrize(
    ("facteurs", "attendus"),
    [
        ([], {"comptes:confirmer"}),
        (["mot de passe"], {"account_reauthenticate", "comptes:confirmer"}),
        (["clé"], {"mfa_reauthenticate_webauthn"}),
        (["clé", "codes"], {"mfa_reauthenticate_webauthn", "mfa_reauthenticate"}),
        (["application"], {"mfa_reauthenticate"}),
        (["mot de passe", "application"], {"account_reauthenticate", "mfa_reauthenticate"}),
    ],
)
def test_only_what_the_account_has_is_offered(client, compte, facteurs, attendus):
    avec(compte, *facteurs)
    builders.entrer(client, compte, il_y_a=LONGTEMPS)
    page = client.get(reverse("mfa_add_webauthn"), follow=True)
    offerts = {page.redirect_chain[-1][0].partition("?")[0]}
    offerts |= set(re.findall(r'<a class="bouton second" href="([^?"]+)', page.content.decode()))
    assert offerts == {reverse(nom) for nom in attendus}
    for nom in {"comptes:confirmer", *MOYENS.values()} - attendus:
        assert client.get(reverse(nom)).status_code == 302


@pytest.mark.parametrize(
    ("facteurs", "dits", "tus"),
    [
        (["clé"], ["Utiliser ma clé"], ["Code de", "votre application"]),
        (["clé", "codes"], ["Utiliser ma clé", "Code de secours"], ["votre application"]),
        (["application"], ["Code de votre application"], ["ma clé d’accès", "ou code de secours"]),
        (["application", "codes"], ["application, ou code de secours"], ["ma clé d’accès"]),
    ],
)
def test_the_second_step_asks_only_for_what_the_account_has(client, compte, facteurs, dits, tus):
    avec(compte, "mot de passe", *facteurs)
    page = client.post(
        reverse("account_login"), {"login": compte.email, "password": MOT_DE_PASSE}, follow=True
    ).content.decode()
    assert "Double vérification" in page
    corps = page[page.index("<h1") : page.index("perdus")]
    assert [dit for dit in dits if dit not in corps] == []
    assert [tu for tu in tus if tu in corps] == []
    assert "Demandez à la coordination" in page


def test_spare_codes_are_shown_right_after_the_first_factor(client, compte):
    """They were announced over a page that asked for what the account did not have."""
    builders.entrer(client, compte, il_y_a=60)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session[SECRET_SESSION_KEY]
    compteur = next(yield_hotp_counters_from_time())
    code = format_hotp_value(hotp_value(secret, compteur))
    page = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    assert [c for c in codes if c not in page.content.decode()] == []
