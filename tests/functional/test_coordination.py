"""Coordination opens a collecte from the library to the poster, with the keyboard only."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from enquetes.actions.acces import ajouter_acces
from enquetes.actions.collectes import arreter_releve, clore_collecte, preparer_collecte
from enquetes.actions.questionnaires import charger_bibliotheque
from enquetes.echanges.fichier import EXEMPLE
from enquetes.models import Collecte, EtatCollecte, VersionQuestionnaire
from tests import builders
from tests.functional.clavier import ecrire, presser
from tests.functional.verifications import verifier_html, verifier_page

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


def lu_par_un_telephone(page: Page) -> list[str]:
    """Return what a reader finds in the picture of the page."""
    image = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    return [code.text for code in zxingcpp.read_barcodes(image)]


def test_from_the_library_to_the_poster_with_the_keyboard_only(page, connecter, live_server):
    compte = builders.un_compte()
    charger_bibliotheque(par="essai")
    connecter(page, compte)
    page.goto(f"{live_server.url}/espace/questionnaires/")
    presser(page, "Cuisiner à la maison")
    presser(page, "Ouvrir une collecte avec ce questionnaire")
    ecrire(page, "Qui demande", "L’épicerie du Marché")
    ecrire(page, "Pourquoi", "Pour mieux choisir les ateliers.")
    ecrire(page, "À qui", "les personnes qui viennent")
    presser(page, "Continuer et relire")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cuisiner à la maison")
    presser(page, "Ouvrir la collecte")
    collecte = Collecte.objects.get()
    assert collecte.etat == EtatCollecte.OUVERTE
    presser(page, "Affiche à imprimer")
    lien = builders.lien_principal(collecte)
    assert lu_par_un_telephone(page) == [f"{live_server.url}/r/{lien.jeton}/"]


def test_poster_is_one_a4_sheet_with_a_code_wider_than_forty_millimetres(
    page, connecter, live_server
):
    compte = builders.un_compte()
    charger_bibliotheque(par="essai")
    collecte = builders.une_collecte_ouverte(par=compte)
    commune = builders.un_territoire("93010", parent=collecte.territoire, nom="Bondy")
    ajouter_acces(collecte=collecte, territoire=commune, par=compte)
    connecter(page, compte)
    page.goto(f"{live_server.url}/espace/collectes/{collecte.nom}/affiches/")
    page.emulate_media(media="print")
    cote = page.locator(".qr").first.bounding_box()["width"] / 96 * 25.4
    assert cote >= 40 * 41 / 33  # the quiet zone comes on top of the forty millimetres
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    boites = {tuple(map(float, b.split())) for b in re.findall(rb"/MediaBox \[([^]]*)\]", pdf)}
    for _, _, largeur, hauteur in boites:
        assert (largeur, hauteur) == pytest.approx((595.3, 841.9), abs=1)
    adresses = {f"{live_server.url}/r/{acces.jeton}/" for acces in collecte.acces.all()}
    page.emulate_media(media="screen")
    assert set(lu_par_un_telephone(page)) == adresses


def test_every_screen_is_right_on_a_telephone(page, connecter, live_server):
    compte = builders.un_compte()
    charger_bibliotheque(par="essai")
    version = VersionQuestionnaire.objects.get(questionnaire__code="alim")
    commune = builders.un_territoire("93010", parent=builders.un_territoire(), nom="Bondy")
    langues = ("fr", "en", "ar", "uk")
    ouverte = builders.une_collecte_ouverte(par=compte, version=version, langues=langues)
    lien = ajouter_acces(collecte=ouverte, territoire=commune, par=compte)
    builders.des_passations(ouverte, 12)
    arreter_releve(collecte=ouverte, par=compte)
    close = builders.une_collecte_ouverte(par=compte, nom="close", version=version)
    clore_collecte(collecte=close, par=compte)
    projet = builders.un_projet(nom="prete", version=version, langues=langues)
    preparer_collecte(projet=projet, par=compte)
    connecter(page, compte)
    sources = {}
    for adresse in (
        "questionnaires/",
        f"questionnaires/{version.pk}/?page={version.lue().pages[5].code}&langue=ar",
        "questionnaires/ecrire/",
        "questionnaires/importer/",
        f"collectes/nouvelle/{version.pk}/",
        "collectes/",
        "collectes/prete/",
        "collectes/prete/modifier/",
        "collectes/prete/supprimer/",
        "collectes/essai/",
        "collectes/essai/clore/",
        "collectes/essai/liens/",
        f"collectes/essai/liens/{lien.pk}/",
        f"collectes/essai/liens/{lien.pk}/affiche/",
        "collectes/essai/affiches/",
        "collectes/close/",
    ):
        sources[adresse] = page.goto(f"{live_server.url}/espace/{adresse}").text()
        verifier_page(page)
    verifier_html(sources)


@pytest.mark.parametrize("page_avec_script", [True, False], ids=["js", "sans_js"])
def test_continuer_of_the_preview_opens_the_next_page_around_the_frame(
    navigateur, connecter, live_server, page_avec_script
):
    contexte = navigateur.new_context(
        viewport={"width": 360, "height": 640}, java_script_enabled=page_avec_script
    )
    page = contexte.new_page()
    connecter(page, builders.un_compte())
    charger_bibliotheque(par="essai")
    version = VersionQuestionnaire.objects.get(questionnaire__code="cuis")
    codes = [une.code for une in version.lue().pages]
    page.goto(f"{live_server.url}/espace/questionnaires/{version.pk}/")
    cadre = page.frame_locator("iframe.telephone")
    cadre.get_by_role("link", name="Continuer").click()
    page.wait_for_url(f"**/?page={codes[1]}&langue=fr#apercu")
    cadre.get_by_role("link", name="Retour").click()
    page.wait_for_url(f"**/?page={codes[0]}&langue=fr#apercu")
    contexte.close()


def test_errors_of_the_form_are_right_too(page, connecter, live_server):
    compte = builders.un_compte()
    version = builders.une_version()
    connecter(page, compte)
    page.goto(f"{live_server.url}/espace/collectes/nouvelle/{version.pk}/")
    page.get_by_role("button", name="Continuer et relire").click()
    expect(page).to_have_title(re.compile("^Erreur"))
    verifier_page(page)
    page.get_by_role("link", name="Écrivez qui demande.").click()
    expect(page.get_by_label("Qui demande")).to_be_focused()


def test_errors_of_a_file_and_the_second_reading_are_right(page, connecter, live_server):
    compte = builders.un_compte()
    connecter(page, compte)
    page.goto(f"{live_server.url}/espace/questionnaires/importer/")
    texte = page.get_by_label("Ou le texte du questionnaire")
    texte.fill(EXEMPLE.read_text("utf-8").replace("type: sourire", "type: sourir"))
    page.get_by_role("button", name="Vérifier").click()
    expect(page.locator("#defauts")).to_be_focused()
    verifier_page(page)
    texte.fill(texte.input_value().replace("type: sourir", "type: sourire"))
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("heading", name="Tout est juste")).to_be_visible()
    verifier_page(page)
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre avis sur l’épicerie")
