"""A token on a telephone: made, copied once, used by a program, stopped."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests import builders
from tests.functional.verifications import verifier_html, verifier_page
from voix.comptes.roles import Role

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def eva():
    return builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")


def statut(valeur: str) -> int:
    entetes = {"authorization": f"Bearer {valeur}"}
    return Client().get("/api/v1/collectes", headers=entetes).status_code


def test_a_token_from_its_form_to_its_end(page_sans_js, connecter, live_server, eva):
    page = connecter(page_sans_js, eva)
    page.goto(f"{live_server.url}/espace/")
    page.get_by_role("link", name="Mes jetons").click()
    page.get_by_label("À quoi il servira").fill("Carnet pandas")
    page.get_by_label("Collectes, tableaux et publications").check()
    page.get_by_role("button", name="Créer le jeton").click()
    montre = page.get_by_label("Carnet pandas")
    expect(montre).to_have_value(re.compile(r"^voix_[\w-]{43}$"))
    valeur = montre.input_value()
    assert statut(valeur) == 200
    page.get_by_role("link", name="Je l’ai copié").click()
    expect(page.get_by_text(valeur[:10] + "…")).to_be_visible()
    expect(page.get_by_text(valeur)).to_have_count(0)
    page.get_by_role("link", name="Révoquer : Carnet pandas").click()
    page.get_by_role("button", name="Révoquer ce jeton").click()
    expect(page.get_by_text("Le jeton est révoqué.")).to_be_visible()
    assert statut(valeur) == 401


def test_its_pages_are_right_on_a_telephone(page, connecter, live_server, eva):
    connecter(page, eva)
    jeton = builders.un_jeton(eva).jeton
    sources = {}
    for ou in ("/espace/jetons/", f"/espace/jetons/{jeton.pk}/revoquer/"):
        sources[ou] = page.goto(live_server.url + ou).text()
        verifier_page(page)
    page.goto(f"{live_server.url}/espace/jetons/")
    page.get_by_role("button", name="Créer le jeton").click()
    expect(page.locator("#err")).to_be_focused()
    verifier_page(page)
    page.get_by_label("À quoi il servira").fill("Un nom très long " * 4)
    page.get_by_label("Indicateurs des programmes").check()
    with page.expect_response("**/creer/") as reponse:
        page.get_by_role("button", name="Créer le jeton").click()
    sources["creer"] = reponse.value.text()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre jeton est prêt")
    verifier_page(page)
    verifier_html(sources)
