"""Pasting a published scale with the keyboard only, then without JavaScript."""

import pytest
from playwright.sync_api import expect

from enquetes.bibliotheque.echelles import echelle_de
from enquetes.models import VersionQuestionnaire
from tests import builders
from tests.functional.clavier import ecrire, presser
from tests.functional.verifications import verifier_page

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


def test_a_scale_is_pasted_checked_and_published_with_the_keyboard_only(
    page, connecter, live_server
):
    connecter(page, builders.un_compte())
    page.goto(f"{live_server.url}/espace/questionnaires/")
    presser(page, "Utiliser une échelle publiée")
    verifier_page(page)
    page.goto(f"{live_server.url}/espace/questionnaires/echelles/fies/")
    page.get_by_text("Coller toutes les questions d’un coup").click()
    verifier_page(page)
    page.go_back()
    presser(page, "Avoir assez à manger (une question)")
    ecrire(page, "Question 1", "La question, mot pour mot")
    for valeur in range(1, 4):
        ecrire(page, f"Réponse qui vaut {valeur}", f"Réponse mot pour mot {valeur}")
    ecrire(page, "D’où vient ce texte", "Enquête 2022, annexe")
    presser(page, "Vérifier")
    expect(page.get_by_role("alert")).to_contain_text("qui sert à chaque question")
    verifier_page(page)
    ecrire(page, "Réponse qui vaut 4", "Réponse mot pour mot 4")
    page.get_by_label("J’ai collé le texte officiel").press("Space")
    presser(page, "Vérifier")
    expect(page.locator("#relire + p")).to_contain_text("Le texte est entier")
    verifier_page(page)
    presser(page, "Publier")
    expect(page.get_by_text("est publié")).to_be_visible()
    version = VersionQuestionnaire.objects.get()
    assert echelle_de(version.lue()).code == "suffisance"


def test_without_javascript_too(page_sans_js, connecter, live_server):
    connecter(page_sans_js, builders.un_compte())
    page_sans_js.goto(f"{live_server.url}/espace/questionnaires/echelles/fies/")
    page_sans_js.get_by_text("Coller toutes les questions d’un coup").click()
    page_sans_js.get_by_label("8 lignes, une par question").fill(
        "\n".join(f"Texte collé {n}" for n in range(1, 9))
    )
    page_sans_js.get_by_role("button", name="Répartir").click()
    expect(page_sans_js.get_by_label("Question 8")).to_have_value("Texte collé 8")
    page_sans_js.get_by_role("button", name="Vérifier").click()
    expect(page_sans_js.get_by_text("Sans note.")).to_be_visible()
    page_sans_js.get_by_role("button", name="Publier").click()
    assert VersionQuestionnaire.objects.get().lue().module == "module Voix, non comparable"
