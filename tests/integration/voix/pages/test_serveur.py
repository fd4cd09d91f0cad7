"""What never reaches a page of the site: refused by gunicorn, or by Django without a word."""

import http.client
import socket
from contextlib import closing

import pytest
from django.template.loader import render_to_string

from tests import builders
from tests.serveur import Serveur
from voix.serveur import PAGES, ecrire_avec

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def serveur():
    with Serveur(processus=1) as lance:
        yield lance


def demander(serveur, adresse, **entetes):
    with closing(http.client.HTTPConnection("127.0.0.1", serveur.port, timeout=20)) as ligne:
        ligne.request("GET", adresse, headers=entetes)
        reponse = ligne.getresponse()
        return reponse.status, reponse.getheader("Content-Type"), reponse.read().decode()


def test_what_gunicorn_refuses_is_said_in_french(serveur):
    for adresse, entetes, statut, dit in (
        ("/aide/?q=" + "a" * 4_200, {}, 414, "Cette adresse est trop longue"),
        ("/aide/?q=" + "a" * 60_000, {}, 414, "Cette adresse est trop longue"),
        ("/aide/", {"Cookie": "a=" + "b" * 9_000}, 431, "trop de cookies"),
    ):
        page = demander(serveur, adresse, **entetes)
        assert page[:2] == (statut, "text/html; charset=utf-8")
        assert dit in page[2]
        assert 'href="#m"' in page[2]
        assert "Request" not in page[2]
    assert demander(serveur, "/aide/?q=" + "a" * 3_900)[0] == 200


def test_what_gunicorn_would_say_of_a_fault_is_not_repeated():
    """The words of an error quote what was sent: they are left out."""
    pages = {nom: render_to_string(f"{nom}.html") for nom in PAGES}
    ici, la = socket.socketpair()
    with ici, la:
        ecrire_avec(pages)(la, 417, "Expectation Failed", "<b>SECRET</b>")
        la.close()
        recu = b"".join(iter(lambda: ici.recv(65_536), b"")).decode()
    assert recu.startswith("HTTP/1.1 417 Expectation Failed\r\n")
    assert "pas compris cette demande" in recu
    assert "SECRET" not in recu


@pytest.mark.parametrize("connecte", [True, False])
def test_the_address_of_a_button_opened_as_a_link_gets_a_page(client, connecte):
    if connecte:
        client.force_login(builders.un_compte())
    page = client.get("/o/envois/")
    assert page.status_code == 405
    assert page["Allow"] == "POST"
    assert "Revenez en arrière" in page.content.decode()
    assert "Content-Security-Policy" in page.headers
