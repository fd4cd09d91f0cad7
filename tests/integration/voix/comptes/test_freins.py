"""Trying passwords is slowed; keeping a colleague outside from somewhere else is not possible."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests import builders

pytestmark = pytest.mark.django_db

MOT_DE_PASSE = "une longue phrase facile"
ICI, AILLEURS = "192.0.2.1", "198.51.100.7"


@pytest.fixture(autouse=True)
def rien_de_compte():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def compte():
    compte = builders.verifie(builders.un_compte(email="eva@exemple.fr"))
    compte.set_password(MOT_DE_PASSE)
    compte.save()
    return compte


def entre(reseau: str, mot_de_passe: str = MOT_DE_PASSE) -> bool:
    """Try to sign in from a network, as a browser that was never seen."""
    page = Client(REMOTE_ADDR=reseau).post(
        reverse("account_login"), {"login": "eva@exemple.fr", "password": mot_de_passe}
    )
    return page.status_code == 302


def test_wrong_passwords_from_elsewhere_keep_nobody_outside(compte):
    for _ in range(8):
        assert not entre(AILLEURS, "non")
    assert entre(ICI)


@pytest.mark.parametrize("voisins", [[ICI] * 6, [f"2001:db8::{n}" for n in range(1, 7)]])
def test_a_network_that_tries_passwords_is_slowed(compte, voisins):
    """Five wrong ones, and even the right one waits; one subscriber in IPv6 is one network."""
    for adresse in voisins[:5]:
        assert not entre(adresse, "non")
    assert not entre(voisins[5])


@pytest.mark.parametrize("nom", ["account_request_login_code", "account_reset_password"])
def test_messages_asked_from_elsewhere_keep_nobody_from_theirs(compte, nom):
    for _ in range(8):
        Client(REMOTE_ADDR=AILLEURS).post(reverse(nom), {"email": "Eva@exemple.fr"})
    assert len(mail.outbox) == 3, "a network fills nobody’s mail"
    Client(REMOTE_ADDR=ICI).post(reverse(nom), {"email": compte.email})
    assert len(mail.outbox) == 4


@pytest.mark.parametrize("nom", ["account_request_login_code", "account_reset_password"])
def test_an_address_that_is_only_claimed_opens_nothing(compte, nom):
    """One letter wrong in an address that one adds, and a stranger would enter by it."""
    EmailAddress.objects.create(user=compte, email="faute@exemple.fr")
    Client().post(reverse(nom), {"email": "faute@exemple.fr"})
    assert mail.outbox == []
    EmailAddress.objects.filter(email="faute@exemple.fr").update(verified=True)
    Client().post(reverse(nom), {"email": "faute@exemple.fr"})
    assert mail.outbox[0].to == ["faute@exemple.fr"]


def test_an_unknown_address_is_not_told_that_a_code_left(client):
    for email in ("inconnue@exemple.fr", builders.un_compte().email):
        page = client.post(reverse("account_request_login_code"), {"email": email}, follow=True)
        texte = re.sub(r"<[^>]+>", "", page.content.decode())
        assert texte.count(email) == 1
        assert "Si un compte a l’adresse" in texte
        assert "est parti vers" not in texte
        assert "indésirables" in texte
        client.post(reverse("account_logout"))


def test_an_address_offers_only_what_changes_something(client, compte):
    def offerts() -> list[str]:
        page = client.get(reverse("account_email")).content.decode()
        return re.findall(r'name="(action_(?!add)\w+)"', page)

    builders.entrer(client, compte)
    assert offerts() == []
    EmailAddress.objects.create(user=compte, email="fevrier@exemple.fr", verified=True)
    assert offerts() == ["action_primary", "action_remove"]
    EmailAddress.objects.filter(email="fevrier@exemple.fr").update(verified=False)
    assert offerts() == ["action_send", "action_remove"]


def test_passwords_are_asked_twice_in_the_same_words_and_the_link_comes_after(client, compte):
    builders.entrer(client, compte)
    for nom in ("account_reauthenticate", "account_change_password"):
        page = client.get(reverse(nom)).content.decode()
        assert page.index("oublié&nbsp;?") > page.index('type="submit"', page.index("<main"))
    compte.set_unusable_password()
    compte.save()
    builders.entrer(client, compte)
    page = client.get(reverse("account_set_password")).content.decode()
    assert "Le même, une seconde fois" in page
    assert "(confirmation)" not in page
