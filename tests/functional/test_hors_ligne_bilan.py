"""The summary of the document without network says each answer as the server's does."""

import pytest
from playwright.sync_api import expect

from tests import builders
from tests.boite import poser_la_cle
from tests.questionnaires import lire

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("langue", "dit"), [("fr", "12\u00a0repas"), ("en", "12\u00a0meals")])
def test_a_number_is_said_with_its_unit(page, live_server, langue, dit):
    poser_la_cle()
    definition = lire("nombre") | {
        "langues": ["fr", "en"],
        "titre": {"fr": "Nombre", "en": "Number"},
    }
    definition["pages"][0]["questions"][0]["texte"] = {"fr": "Combien ?", "en": "How many?"}
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(definition), langues=("fr", "en")
    )
    page.goto(f"{live_server.url}/o/{builders.lien_principal(collecte).jeton}/{langue}/")
    page.locator("#commencer").click()
    page.locator("#id_q").fill("12")
    page.locator("#suite").click()
    expect(page.locator("#bilan dd").first).to_have_text(dit)
