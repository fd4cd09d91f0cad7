"""What became of the answers: read on a telephone, in the languages of the collecte, with the keyboard."""

import json

import pytest
from playwright.sync_api import expect

from analyses.actions.clotures import publier_releve
from analyses.actions.restitutions import publier_restitution
from analyses.extraction.lecture import releves_de
from enquetes.actions.collectes import arreter_releve
from tests import builders
from tests.functional.clavier import presser
from tests.functional.verifications import verifier_page
from tests.integration.analyses.test_resultats import AVIS
from tests.retours import un_retour

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]
LANGUES = ("fr", "ar")


@pytest.fixture
def compte():
    par = builders.un_compte()
    definition = json.loads(json.dumps(AVIS)) | {"langues": list(LANGUES)}
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(definition), nom="avis", langues=LANGUES
    )
    builders.des_passations(collecte, 30, reponses={"venu": "oui"})
    builders.des_passations(collecte, 20, reponses={"venu": "non"})
    arreter_releve(collecte=collecte, par=par)
    publier_releve(releve_id=releves_de(collecte)[0].pk, par=par)
    publier_restitution(restitution=un_retour(collecte, par).restitution, par=par)
    return par


def test_it_is_read_in_every_language_with_the_keyboard(page, live_server, compte):
    page.goto(f"{live_server.url}/retour/avis/?langue=fr")
    verifier_page(page)
    presser(page, "العربية")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    verifier_page(page)
    presser(page, "français")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")


BARRES = """() => [...document.querySelectorAll(".raisons svg path, pattern path")].filter(e => {
  const s = getComputedStyle(e), mots = getComputedStyle(document.body).color;
  return ![s.fill, s.stroke].includes(mots) && !s.fill.startsWith("url");
}).length"""


def test_its_bars_are_drawn_in_the_colour_of_words_that_a_person_forces(page, live_server, compte):
    """They kept the colour of the house on black: 1.7 to 1."""
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto(f"{live_server.url}/retour/avis/?langue=fr")
    assert page.locator(".raisons svg").count()
    assert page.evaluate(BARRES) == 0


def test_where_coordination_writes_it_is_right_too(page, connecter, live_server, compte):
    connecter(page, compte)
    for adresse in ("", "avis/", "avis/suite/"):
        page.goto(f"{live_server.url}/espace/retours/{adresse}")
        verifier_page(page)
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.locator("#err")).to_be_focused()
    verifier_page(page)
