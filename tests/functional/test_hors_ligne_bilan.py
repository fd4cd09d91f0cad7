"""The summary of the document without network says each answer as the server's does."""

import pytest
from playwright.sync_api import expect

from tests import builders
from tests.boite import poser_la_cle
from tests.integration.enquetes.test_passation import PETIT
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


REFUS = "Je préfère ne pas répondre"
CONTREDIT = f"«\u00a0{REFUS}\u00a0» ne va pas avec ce que vous avez écrit. Retirez l’un des deux."


@pytest.fixture
def document(page, live_server):
    """Open « petit » on a device, at its second question."""
    poser_la_cle()
    collecte = builders.une_collecte_ouverte(version=builders.une_version(PETIT), langues=("fr",))
    page.goto(f"{live_server.url}/o/{builders.lien_principal(collecte).jeton}/fr/")
    page.locator("#commencer").click()
    page.get_by_label("Non").check()
    page.locator("#suite").click()
    return page


@pytest.mark.parametrize("saisie", ["4", "quatre"])
def test_a_number_beside_a_refusal_is_kept_and_asked_about(document, saisie):
    document.locator("#id_foyer").fill(saisie)
    document.get_by_label(REFUS).locator("visible=true").check()
    document.locator("#suite").click()
    expect(document.locator("#err")).to_contain_text(CONTREDIT)
    expect(document.locator("#id_foyer")).to_have_value(saisie)
    expect(document.get_by_label(REFUS).locator("visible=true")).to_be_checked()
    document.get_by_label(REFUS).locator("visible=true").uncheck()
    document.locator("#id_foyer").fill("4")
    document.locator("#suite").click()
    expect(document.locator("h1:visible")).to_have_text("Un mot ?")


def test_back_to_the_summary_never_takes_what_is_wrong_with_it(document):
    document.locator("#id_foyer").fill("4")
    for _ in range(2):
        document.locator("#suite").click()
    document.get_by_role("button", name="Changer : Combien êtes-vous ?").click()
    document.get_by_label(REFUS).locator("visible=true").check()
    document.locator("#avant").click()
    expect(document.locator("#err")).to_contain_text(CONTREDIT)
    document.locator("#id_foyer").fill("")
    document.locator("#avant").click()
    expect(document.locator("#bilan dd").nth(2)).to_have_text(REFUS)


def test_words_beside_a_choice_that_is_refused_are_asked_about_too(document):
    document.locator("#avant").click()
    document.get_by_label("Oui").check()
    document.locator("#suite").click()
    document.locator("[name='manque.precision']").fill("Du riz")
    document.get_by_label(REFUS).locator("visible=true").check()
    document.locator("#suite").click()
    expect(document.locator("#err")).to_contain_text(CONTREDIT)


def test_the_summary_says_what_was_understood_not_what_was_typed(document):
    document.locator("#id_foyer").fill("٨")
    document.locator("#suite").click()
    document.locator("#id_mots").fill("Un\nDeux")
    document.locator("#suite").click()
    reponses = document.locator("#bilan dd:not(:last-child)")
    expect(reponses.nth(1)).to_have_text("8\u00a0personnes")
    assert reponses.nth(2).inner_text().strip().split("\n") == ["Un", "Deux"]
