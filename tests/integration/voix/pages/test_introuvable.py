"""An address that leads nowhere, with DEBUG on as in the demonstration and off as in production."""

from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils.module_loading import import_string

from tests import builders

pytestmark = pytest.mark.django_db

PERDUES = [
    "/nulle-part/",
    "/espace/collectes/inconnue/",
    "/espace/resultats/inconnue/",
    "/compte/2fa/totp/deactivate/",
]


@pytest.fixture(params=[True, False], ids=["demonstration", "production"])
def reglages(request, settings):
    settings.DEBUG = request.param
    if request.param:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, "voix.pages.demonstration.PageIntrouvable"]


@pytest.mark.parametrize("adresse", PERDUES)
def test_a_wrong_address_says_in_french_what_to_do(client, reglages, adresse):
    client.force_login(builders.un_compte())
    reponse = client.get(adresse)
    assert reponse.status_code == 404
    page = reponse.content.decode()
    assert "Cette page n’existe pas" in page
    assert "URLconf" not in page


@pytest.mark.parametrize("adresse", PERDUES)
def test_each_is_told_what_is_theirs(client, reglages, adresse):
    client.force_login(builders.un_compte())
    page = client.get(adresse).content.decode()
    assert ("QR code" in page) is (adresse == "/nulle-part/")
    assert ("territoire" in page) is (adresse != "/nulle-part/")
    assert ('href="/espace/"' in page) is (adresse != "/nulle-part/")


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500", "503"])
def test_staff_are_not_told_about_answers_of_their_own(code):
    equipe, repondant = (
        render_to_string(f"{code}.html", {"equipe": oui}) for oui in (True, False)
    )
    for dit in ("réponses que vous", "vos réponses", "répondre à un questionnaire"):
        assert dit not in equipe
    assert equipe != repondant


def test_a_fault_of_ours_is_said_to_whom_meets_it():
    requete = RequestFactory()
    page_de: Any = get_resolver().resolve_error_handler  # one signature by code
    for adresse, gardees in (("/espace/", False), ("/aide/", True)):
        page = page_de(500)(requete.get(adresse))
        assert page.status_code == 500
        assert ("réponses que vous avez déjà données" in page.content.decode()) is gardees
        page = page_de(400)(requete.get(adresse), SuspiciousOperation())
        assert page.status_code == 400
        assert ("réponses que vous avez déjà données" in page.content.decode()) is gardees


def test_the_demonstration_uses_it():
    en_demonstration = import_string("voix.settings.dev.MIDDLEWARE")
    assert en_demonstration[-1] == "voix.pages.demonstration.PageIntrouvable"
