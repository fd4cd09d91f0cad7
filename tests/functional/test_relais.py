"""A person changes between the document and page by page, on one phone, without losing an answer."""

import pytest
from playwright.sync_api import expect

from enquetes.models import EtatPassation, Passation
from tests.boite import poser_la_cle
from tests.functional.test_hors_ligne import attendre, envoyer, magasin
from tests.functional.test_hors_ligne import seance as seance

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


@pytest.fixture
def document(page, live_server, seance):
    page.set_default_timeout(8_000)
    page.goto(f"{live_server.url}/o/{seance.acces.jeton}/fr/")
    attendre(page, "pret", "1")
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Oui", exact=True).check()
    page.get_by_role("button", name="Continuer", exact=True).click()
    page.get_by_label("Du pain", exact=True).check()
    return page


def test_to_page_by_page_then_back_then_sent_once(document, live_server, seance):
    page = document
    page.get_by_role("button", name="Répondre page par page").click()
    page.wait_for_url("**/foyer/*")  # the page being answered went along
    page.get_by_label("Combien êtes-vous ?").fill("3")
    page.get_by_role("button", name="Continuer", exact=True).click()
    expect(page.get_by_label("Un mot ?")).to_be_visible()
    page.goto(f"{live_server.url}/r/{seance.acces.jeton}/")
    page.get_by_role("link", name="Continuer sans attendre le réseau").click()
    attendre(page, "repris", "1")
    assert "#" not in page.url
    expect(page.get_by_label("Un mot ?")).to_be_visible()
    page.get_by_label("Un mot ?").fill("Merci")
    page.get_by_role("button", name="Continuer", exact=True).click()
    for mots in ("Du pain", "3", "Merci"):
        expect(page.locator("#bilan")).to_contain_text(mots)
    envoyer(page)
    attendre(page, "attente", "0")
    page.wait_for_timeout(500)
    passation = Passation.objects.get()
    assert passation.etat == EtatPassation.TERMINEE
    assert passation.reponses == {"venu": "oui", "manque": ["pain"], "foyer": 3, "mots": "Merci"}


def test_without_network_the_change_is_refused_and_nothing_is_lost(document):
    page = document
    page.context.set_offline(True)
    page.get_by_role("button", name="Répondre page par page").click()
    expect(page.locator("#etat")).to_contain_text("rien n’est perdu")
    expect(page.get_by_label("Du pain", exact=True)).to_be_checked()
    page.context.set_offline(False)
    page.get_by_role("button", name="Répondre page par page").click()
    page.wait_for_url("**/foyer/*")
    assert Passation.objects.get().reponses == {"venu": "oui", "manque": ["pain"]}


def test_the_draft_of_the_device_goes_with_the_change(document):
    page = document
    page.get_by_role("button", name="Répondre page par page").click()
    page.wait_for_url("**/foyer/*")
    page.go_back()
    attendre(page, "partage", "0")
    assert magasin(page, "file") == []
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
