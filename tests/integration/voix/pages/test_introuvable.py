"""An address that leads nowhere, with DEBUG on as in the demonstration and off as in production."""

import pytest
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


def test_the_demonstration_uses_it():
    en_demonstration = import_string("voix.settings.dev.MIDDLEWARE")
    assert en_demonstration[-1] == "voix.pages.demonstration.PageIntrouvable"
