"""A dietician and a family, on a telephone: set up, print, answer without script, mistakes, report."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from analyses.actions.changements import arreter_changement
from enquetes.actions.suivi.cartes import carte_de_code, passation_de
from enquetes.models import Cohorte, Passation, Rang
from tests import builders
from tests.functional.verifications import verifier_html, verifier_page
from tests.suivi import DEFINITION, avancer, une_carte, une_cohorte
from voix.comptes.roles import Role

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dieteticienne():
    return builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr")


@pytest.fixture
def demonstration(dieteticienne):
    """Return the cohort of seventy invented families, its report made."""
    builders.une_structure(builders.un_territoire())
    call_command("cohorte_fictive", par=dieteticienne.email)
    cohorte = Cohorte.objects.get()
    arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=dieteticienne)
    return cohorte


def test_every_screen_is_right_for_a_telephone(
    page, connecter, live_server, dieteticienne, demonstration
):
    connecter(page, dieteticienne)
    sources = {}
    suivi, changements = f"/espace/suivi/{demonstration.pk}/", "/espace/changements/"
    for adresse in (
        "/espace/suivi/",
        "/espace/suivi/nouveau/",
        suivi,
        f"{suivi}prochaine/",
        f"{suivi}presences/",
        f"{suivi}criteres/",
        f"{suivi}dates/",
        f"{suivi}cartes/1/",
        f"{suivi}cartes/1/remplacer/",
        f"{suivi}perdue/",
        f"{suivi}couper/",
        changements,
        f"{changements}{demonstration.pk}/",
        f"{changements}{demonstration.pk}/3/",
        "/carte/",
    ):
        page.goto(live_server.url + adresse)
        verifier_page(page)
        sources[page.url] = page.request.get(page.url).text()
    verifier_html(sources)


def test_a_cohort_is_set_up_and_its_cards_are_printed_without_script(
    page_sans_js, connecter, live_server, dieteticienne
):
    page = connecter(page_sans_js, dieteticienne)
    builders.une_version(DEFINITION)
    builders.une_structure(builders.un_territoire())
    depart = timezone.localdate() + timedelta(days=40)
    page.goto(f"{live_server.url}/espace/suivi/nouveau/")
    page.get_by_label("Nom du suivi").fill("Paniers 2027")
    page.get_by_label("Qui demande").fill("L’épicerie")
    page.get_by_label("Structure", exact=True).select_option(index=1)
    page.get_by_label("Combien de familles").fill("70")
    page.get_by_label("Jour où le lien").fill(str(depart + timedelta(days=700)))
    for rang in Rang:
        page.get_by_label(f"Questionnaire, {rang.label}", exact=True).select_option(index=1)
        jour = depart + timedelta(days=100 * (rang - 1))
        page.get_by_label(f"Date visée, {rang.label}", exact=True).fill(str(jour))
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Ce que 70 familles")).to_be_visible()
    page.get_by_role("button", name="Créer le suivi").click()
    expect(page.get_by_text("Choisissez au moins un critère").first).to_be_visible()
    page.locator("[name=critere_1]").select_option("a3")
    page.get_by_role("button", name="Créer le suivi").click()
    page.get_by_label("Combien de cartes").fill("8")
    page.get_by_role("button", name="Faire les cartes", exact=True).click()
    codes = page.locator(".grand-code").all_inner_texts()
    assert len(codes) == 8
    assert all(carte_de_code(code) for code in codes)


def test_a_family_answers_two_waves_without_script_after_every_mistake_of_a_tired_person(
    page_sans_js, live_server
):
    page, cohorte = page_sans_js, une_cohorte(vague_du_jour=Rang.MI_PARCOURS)
    code = une_carte(cohorte).code
    page.goto(f"{live_server.url}/carte/")
    inverse = code[1] + code[0] + code[2:] if code[0] != code[1] else "2" + code[1:-1] + "3"
    for faux in ("", code[:5], inverse, code.replace(code[0], "O"), "Dupont"):
        page.get_by_label("Le code de votre carte").fill(faux)
        page.get_by_role("button", name="Continuer").click()
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_label("Le code de votre carte")).to_have_value(faux)
    for rang in (Rang.MI_PARCOURS, Rang.SORTIE):
        page.goto(f"{live_server.url}/carte/")
        page.get_by_label("Le code de votre carte").fill("Dupont")
        page.get_by_role("button", name="Continuer").click()
        page.get_by_label("Le code de votre carte").fill(f"  {code.lower().replace('-', '')} ")
        page.get_by_role("button", name="Continuer").click()
        page.go_back()  # of a corrected code: a page of ours, not an error of the browser
        expect(page.get_by_label("Le code de votre carte")).to_have_value("")
        page.go_forward()
        page.get_by_role("link", name="Commencer").click()
        for _ in range(6):
            page.locator("input[type=radio]").first.check(force=True)
            page.get_by_role("button", name="Continuer").click()
        page.get_by_role("button", name=re.compile("Envoyer")).click()
        identifiant = passation_de(carte_de_code(code), cohorte.vague(rang))
        assert Passation.objects.get(pk=identifiant).etat == "terminee"
        avancer(cohorte, timedelta(days=60))


def test_the_qr_code_fills_the_code_in_and_keeps_it_out_of_the_address_sent(page, live_server):
    code = une_carte(une_cohorte()).code
    demandes = []
    page.on("request", lambda demande: demandes.append(demande.url))
    page.goto(f"{live_server.url}/carte/#{code}")
    expect(page.get_by_label("Le code de votre carte")).to_have_value(code)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("link", name="Commencer")).to_be_visible()
    assert not any(code in adresse.split("#")[0] for adresse in demandes)
    assert urlencode({"code": code}) not in page.url
