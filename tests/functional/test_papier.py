"""Sheets typed in with the keyboard alone, on a computer and on a telephone."""

import pytest
from playwright.sync_api import expect

from enquetes.actions.papier import Saisie, saisir_encore, tirer_feuilles
from enquetes.models import Passation
from tests import builders
from tests.functional.conftest import BUREAU
from tests.functional.verifications import verifier_page
from tests.integration.enquetes.test_papier import ROUTE, une_salle

PLUSIEURS = ROUTE | {
    "pages": [
        {
            "code": "quoi",
            "questions": [
                {
                    "code": "quoi",
                    "type": "choix_multiple",
                    "texte": {"fr": "Comment venez-vous ?"},
                    "choix": [
                        {"code": "bus", "texte": {"fr": "En bus"}},
                        {"code": "train", "texte": {"fr": "En train"}},
                    ],
                }
            ],
        },
        {
            "code": "pourquoi",
            "si": {"q": "quoi", "has": "bus"},
            "questions": [
                {"code": "pourquoi", "type": "texte_court", "texte": {"fr": "Pourquoi ?"}}
            ],
        },
        {
            "code": "fin",
            "questions": [{"code": "fin", "type": "texte_court", "texte": {"fr": "Un mot ?"}}],
        },
    ]
}

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


def test_enter_goes_from_box_to_box_and_the_last_one_stores(page, connecter, live_server):
    seance, par = une_salle()
    page.set_viewport_size(BUREAU)
    connecter(page, par).goto(f"{live_server.url}/espace/seances/{seance.pk}/papier/saisir/")
    verifier_page(page)
    for touches in ("2", "41", "3", "Des horaires"):
        page.keyboard.type(touches)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_text("Écrivez 1 en haut de cette feuille").wait_for()
    verifier_page(page)
    assert Passation.objects.get().reponses == {
        "venu": "non",
        "age": 41,
        "jours": "3",
        "fin": "Des horaires",
    }


def test_what_is_left_to_do_and_what_differs_on_a_telephone(page, connecter, live_server):
    seance, par = une_salle()
    builders.une_feuille(seance, {"venu": "oui", "fin": "Merci."}, par=par)
    espace = f"{live_server.url}/espace/seances/{seance.pk}/papier/"
    connecter(page, builders.un_compte()).goto(espace)
    page.get_by_role("button", name="tirer au sort").click()
    verifier_page(page)
    page.get_by_role("link", name="Saisir encore la feuille 1").click()
    page.locator("[name=q_venu]").fill("7")
    page.get_by_role("button", name="Enregistrer la seconde saisie").click()
    verifier_page(page)
    assert page.evaluate("document.activeElement.name") == "q_venu"
    for nom, frappe in {"venu": "2", "age": "41", "jours": "3", "fin": "-"}.items():
        page.locator(f"[name=q_{nom}]").fill(frappe)
    page.get_by_role("button", name="Enregistrer la seconde saisie").click()
    page.get_by_role("link", name="Feuille 1").click()
    verifier_page(page)


def test_several_digits_are_several_boxes_as_the_server_reads_them(page, connecter, live_server):
    seance, par = une_salle(definition=PLUSIEURS)
    page.set_viewport_size(BUREAU)
    connecter(page, par).goto(f"{live_server.url}/espace/seances/{seance.pk}/papier/saisir/")
    for touches, suite in (("12", "q_pourquoi"), ("2", "q_fin"), ("1 2", "q_pourquoi")):
        page.locator("[name=q_quoi]").fill(touches)
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.name") == suite
    page.locator("[name=q_quoi]").fill("12")
    page.locator("[name=q_pourquoi]").fill("Trop loin.")
    page.locator("[name=q_fin]").fill("-")
    page.get_by_role("button", name="Enregistrer et feuille suivante").click()
    page.get_by_text("Écrivez 1 en haut de cette feuille").wait_for()
    assert sorted(Passation.objects.get().reponses["quoi"]) == ["bus", "train"]


def test_two_sheets_alike_are_one_decision_on_a_telephone(page, connecter, live_server):
    seance, par = une_salle()
    builders.une_feuille(seance, {"venu": "oui", "fin": "Merci."}, par=par)
    builders.une_feuille(seance, {"venu": "oui", "fin": "Merci."}, par=par)
    connecter(page, par).goto(f"{live_server.url}/espace/seances/{seance.pk}/papier/")
    page.get_by_text("Une feuille est saisie deux fois").click()
    page.get_by_role("link", name="Feuille 2").click()
    verifier_page(page)
    page.get_by_role("button", name="C’est la même").click()
    page.get_by_text("Feuille 2 retirée").wait_for()
    verifier_page(page)
    assert Passation.objects.count() == 1


def test_a_third_reading_is_asked_where_neither_entry_is_right(page, connecter, live_server):
    seance, par = une_salle()
    feuille = builders.une_feuille(seance, {"venu": "oui", "fin": "Merci."}, par=par)
    tirer_feuilles(seance=seance, par=par)
    lue = Saisie({"venu": "non", "age": 30, "fin": "Merci."}, ())
    saisir_encore(feuille=feuille, saisie=lue, par=builders.un_compte())
    connecter(page, par).goto(f"{live_server.url}/espace/seances/{seance.pk}/papier/1/ecarts/")
    age = page.get_by_role("group", name="Âge ?")
    case = page.get_by_label("Aucune des deux : que dit la feuille ? Âge ?")
    expect(case).to_be_hidden()
    verifier_page(page)
    age.get_by_label("Aucune des deux").check()
    case.fill("37")
    verifier_page(page)
    age.get_by_label("Première saisie").check()
    expect(case).to_be_hidden()
    age.get_by_label("Aucune des deux").check()
    page.get_by_role("group", name="Venu ?").get_by_label("Seconde saisie").check()
    page.get_by_role("button", name="Garder ces réponses").click()
    page.get_by_text("Écarts de la feuille 1 résolus").wait_for()
    assert Passation.objects.get().reponses["age"] == 37


def test_enter_goes_round_what_the_sheet_tells_to_skip(page, connecter, live_server):
    seance, par = une_salle()
    page.set_viewport_size(BUREAU)
    connecter(page, par).goto(f"{live_server.url}/espace/seances/{seance.pk}/papier/saisir/")
    for touches, suite in (("1", "q_jours"), ("2", "q_age"), ("?", "q_age"), ("", "q_age")):
        page.locator("[name=q_venu]").fill(touches)
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.name") == suite
    assert "(facultatif)" not in page.content()
