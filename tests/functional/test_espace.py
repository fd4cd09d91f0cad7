"""The staff's pages, in a real browser: entered with the keyboard only, right on a telephone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from analyses.actions.clotures import publier_releve
from analyses.actions.plans import choisir_plan
from enquetes.actions.acces import ajouter_acces
from enquetes.actions.collectes import arreter_releve
from enquetes.models import Unite
from tests import builders
from tests.functional.clavier import choisir, ecrire, presser
from tests.functional.verifications import verifier_page
from voix.comptes.models import Habilitation
from voix.comptes.roles import Role

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]

MOT_DE_PASSE = "une longue phrase facile"
CROISEMENTS = [["mois"], ["territoire"], ["foyer"], ["mois", "territoire"]]
AVIS = builders.UNE_DEFINITION | {
    "code": "avis",
    "titre": {"fr": "Votre avis"},
    "pages": [
        {
            "code": code,
            "questions": [
                {"code": code, "type": type_, "texte": {"fr": f"Question {code} ?"}} | plus
            ],
        }
        for code, type_, plus in [
            ("venu", "oui_non", {}),
            (
                "manque",
                "choix_multiple",
                {"choix": [{"code": c, "texte": {"fr": c.title()}} for c in ("pain", "fruits")]},
            ),
            ("foyer", "nombre", {"options": {"min": 1, "max": 12}, "profil": "ordinaire"}),
        ]
    ],
}


@pytest.fixture
def compte():
    compte = builders.un_compte(email="eva@exemple.fr")
    compte.set_password(MOT_DE_PASSE)
    compte.save()
    return compte


@pytest.fixture
def entree(page, connecter, compte):
    return connecter(page, compte)


@pytest.fixture(params=[Unite.PERSONNE, Unite.ORGANISATION])
def resultats(request, compte):
    """Return a collecte whose answers come from two territoires and three months, counted."""
    collecte = builders.une_collecte_ouverte(
        par=compte, nom="avis", version=builders.une_version(AVIS), unite=request.param
    )
    if request.param == Unite.PERSONNE:
        choisir_plan(collecte=collecte, croisements=CROISEMENTS, par=compte)
    commune = builders.un_territoire("93010", parent=collecte.territoire, nom="Bondy")
    ailleurs = ajouter_acces(collecte=collecte, territoire=commune, par=compte)
    for rang, (reponses, nombre) in enumerate(
        [
            ({"venu": "oui", "manque": ["pain"], "foyer": 4}, 34),
            ({"venu": "non", "manque": ["pain", "fruits"], "foyer": 7}, 27),
            ({"venu": "_pnr"}, 3),
        ]
    ):
        jour = timezone.localdate() - timedelta(days=32 * rang)
        builders.des_passations(collecte, nombre, reponses=reponses, jour=jour)
        builders.des_passations(
            collecte, 15, reponses=reponses, jour=jour, acces=ailleurs, territoire=commune
        )
    releve = arreter_releve(collecte=collecte, par=compte)
    if request.param == Unite.PERSONNE:
        publier_releve(releve_id=releve.pk, par=compte)
    return collecte


def test_signing_in_with_the_keyboard_only_leads_to_the_page_one_asked_for(
    page, compte, live_server
):
    page.goto(f"{live_server.url}/espace/equipe/")
    page.wait_for_url("**/compte/login/**")
    ecrire(page, "Adresse e-mail", compte.email)
    ecrire(page, "Mot de passe", "ce n’est pas lui")
    presser(page, "Se connecter")
    expect(page.locator("#err")).to_be_focused()
    verifier_page(page)
    ecrire(page, "Mot de passe", MOT_DE_PASSE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/espace/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Équipe")
    page.get_by_text("Menu", exact=True).press("Enter")
    presser(page, "Se déconnecter")
    page.goto(f"{live_server.url}/espace/")
    page.wait_for_url("**/compte/login/**")


def test_a_skip_link_is_the_first_stop_and_leads_to_the_content(entree, live_server):
    entree.goto(f"{live_server.url}/espace/")
    entree.keyboard.press("Tab")
    expect(entree.get_by_role("link", name="Aller au contenu")).to_be_focused()
    entree.keyboard.press("Enter")
    entree.wait_for_url("**/espace/#m")
    entree.keyboard.press("Tab")
    assert entree.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("ecran", ["telephone", "bureau"])
def test_pages_of_the_team_are_right(entree, compte, live_server, ecran):
    builders.une_structure(builders.un_territoire())
    autre = builders.un_compte(role=Role.EVALUATION, email="sam@exemple.fr")
    pk = Habilitation.objects.get(compte=autre).pk
    if ecran == "bureau":
        entree.set_viewport_size({"width": 1280, "height": 800})
    for adresse in ("", "equipe/", "equipe/inviter/", "equipe/structures/"):
        entree.goto(f"{live_server.url}/espace/{adresse}")
        verifier_page(entree)
    for geste in ("role", "lieu", "retirer"):
        entree.goto(f"{live_server.url}/espace/equipe/{pk}/{geste}/")
        verifier_page(entree)


def test_forms_of_the_team_say_what_is_wrong_and_lead_to_it(entree, live_server):
    entree.goto(f"{live_server.url}/espace/equipe/inviter/")
    presser(entree, "Inviter")
    expect(entree.locator("#err")).to_be_focused()
    assert entree.title().startswith("Erreur")
    verifier_page(entree)
    liens = entree.locator("#err a")
    for rang in range(liens.count()):
        cible = liens.nth(rang).get_attribute("href")
        liens.nth(rang).click()
        expect(entree.locator(cible)).to_be_focused()


def test_inviting_a_colleague_with_the_keyboard_only(entree, live_server):
    entree.goto(f"{live_server.url}/espace/equipe/")
    presser(entree, "Inviter un collègue")
    ecrire(entree, "Adresse e-mail", "nour@exemple.fr")
    ecrire(entree, "Nom", "Nour Benali")
    choisir(entree, "Rôle", "Évaluation")
    choisir(entree, "Où", "Territoire 11")
    presser(entree, "Inviter")
    expect(entree.get_by_role("status")).to_contain_text("Nour Benali est dans l’équipe.")
    verifier_page(entree)
    assert Habilitation.objects.get(compte__email="nour@exemple.fr").role == Role.EVALUATION


def test_a_refusal_is_a_right_page_too(page, connecter, live_server):
    connecter(page, builders.un_compte(role=Role.EVALUATION, email="sam@exemple.fr"))
    page.goto(f"{live_server.url}/espace/")
    verifier_page(page)
    page.goto(f"{live_server.url}/espace/equipe/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Action impossible")
    verifier_page(page)


@pytest.mark.parametrize("ecran", ["telephone", "bureau"])
def test_results_are_right_with_and_without_a_crossing(entree, resultats, live_server, ecran):
    if ecran == "bureau":
        entree.set_viewport_size({"width": 1280, "height": 800})
    racine = f"{live_server.url}/espace/resultats/"
    for adresse in ("", "avis/"):
        entree.goto(racine + adresse)
        verifier_page(entree)
    assert entree.evaluate("document.body.scrollHeight") < 2000
    for question in ("venu", "manque"):
        assert entree.goto(f"{racine}avis/{question}/").ok
        verifier_page(entree)
        options = entree.locator("#par option:not([value=''])")
        par = options.evaluate_all("options => options.map(o => o.value)")
        assert {"territoire", "mois"} <= set(par)
        assert "structure" not in par  # nobody has one here
        for code in par:
            entree.goto(f"{racine}avis/{question}/?par={code}")
            verifier_page(entree)
            assert entree.locator(".croise, p.alerte").count() == 1


def test_comparing_with_the_keyboard_only(entree, resultats, live_server):
    entree.goto(f"{live_server.url}/espace/resultats/avis/venu/")
    entree.get_by_text("Choisir un autre tableau").press("Enter")
    choisir(entree, "Comparer selon", "Mois")
    presser(entree, "Voir ce tableau")
    assert entree.url.endswith("/avis/venu/?releve=1&par=mois")
    assert entree.locator(".croise").count() == 1


@pytest.mark.parametrize("resultats", [Unite.PERSONNE], indirect=True)
def test_a_table_is_two_gestures_away_without_script_short_on_a_telephone_whole_on_paper(
    page_sans_js, connecter, compte, resultats, live_server
):
    page = connecter(page_sans_js, compte)
    page.goto(f"{live_server.url}/espace/resultats/avis/")
    page.get_by_role("link", name="Territoire : Question manque ?", exact=True).click()
    assert page.url.endswith("/avis/manque/?releve=1&par=territoire")
    assert page.locator("body").bounding_box()["height"] < 1800
    expect(page.get_by_role("table").first).to_contain_text("Bondy")
    page.get_by_text("Choisir un autre tableau").click()
    page.get_by_label("Seulement parmi").select_option("Bondy")
    page.get_by_role("button", name="Voir ce tableau").click()
    assert "parmi=territoire:" in page.url
    expect(page.locator("main")).to_contain_text("Seulement parmi\u00a0: Bondy. N\u00a0=\u00a045.")
    page.emulate_media(media="print")
    for mot in ("Fruits", "D’où viennent les réponses", f"Ce tableau\u00a0: {page.url}"):
        expect(page.get_by_text(mot).last).to_be_visible()
    expect(page.get_by_text("Voir ce tableau")).to_be_hidden()


PLUS_PETITS_MOTS = """() => Math.min(...[...document.querySelectorAll("main figure svg text")].map(mot => {
  const dessin = mot.closest("svg"), echelle = dessin.getBoundingClientRect().width / dessin.viewBox.baseVal.width;
  return parseFloat(getComputedStyle(mot).fontSize) * echelle;
}))"""
DE_COTE = """() => [...document.querySelectorAll(".defile")].filter(zone =>
  zone.scrollWidth > zone.clientWidth + 1).map(zone => zone.getAttribute("aria-label"))"""
SANS_TITRE = """() => [...document.querySelectorAll(".croise tbody td")].filter(c =>
  getComputedStyle(c, "::before").content !== `"${c.dataset.titre}"`).length"""
N_SUR_DEUX_LIGNES = """() => [...document.querySelectorAll(".croise tbody th+td")].filter(c =>
  getComputedStyle(c).whiteSpace !== "nowrap" ||
  getComputedStyle(c, "::before").maxInlineSize !== "none").map(c => c.textContent)"""
"""« N = 11 » that may be cut after its N, beside a long name."""


def test_a_crossing_is_read_on_a_telephone_without_zoom_nor_scrolling_aside(
    entree, resultats, live_server
):
    for question, par in (("venu", "foyer"), ("venu", "territoire"), ("manque", "mois")):
        assert entree.goto(f"{live_server.url}/espace/resultats/avis/{question}/?par={par}").ok
        assert entree.locator(".croise tbody tr").count() >= 2
        for pli in entree.locator(".plie:not([open]):not(.outils)>summary").all():
            pli.click()
        assert entree.evaluate(PLUS_PETITS_MOTS) >= 11
        assert entree.evaluate(DE_COTE) == []
        assert entree.evaluate(SANS_TITRE) == 0
        assert entree.evaluate(N_SUR_DEUX_LIGNES) == []
    entree.set_viewport_size({"width": 1280, "height": 800})
    assert entree.evaluate(PLUS_PETITS_MOTS) >= 11


@pytest.mark.parametrize("resultats", [Unite.PERSONNE], indirect=True)
def test_an_unplanned_comparison_is_told_first_and_leads_to_where_it_is_asked_for(
    entree, resultats, live_server
):
    entree.goto(f"{live_server.url}/espace/resultats/avis/venu/?par=source")
    refus = entree.locator(".alerte")
    expect(refus).to_contain_text("ne prévoit pas la comparaison «\u00a0Source\u00a0»")
    expect(refus).to_be_in_viewport()
    expect(entree.locator("header nav a[aria-current]")).to_have_text("Résultats")
    verifier_page(entree)
    entree.get_by_role("link", name="Demander cette comparaison").click()
    expect(entree.get_by_label("Comparer selon")).to_have_value("source")
