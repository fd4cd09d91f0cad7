"""A séance from the first question to the report, on a telephone."""

import re

import pytest
from playwright.sync_api import expect

from enquetes.actions.appareils import preparer_appareil
from enquetes.actions.questionnaires import charger_bibliotheque
from enquetes.actions.seances import clore_seance, ouvrir_seance
from enquetes.models import Collecte, Seance, VersionQuestionnaire
from tests import builders
from tests.functional.test_coordination import lu_par_un_telephone
from tests.functional.test_pages_repondants import TOUS_TYPES
from tests.functional.verifications import verifier_html, verifier_page
from tests.integration.enquetes.test_mains_levees import SALLE
from voix.comptes.roles import Role

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]

DANS_VINGT_MINUTES = """() => {
  const n = new Date(Date.now() + 20 * 60000);
  const f = o => new Intl.DateTimeFormat("sv", {timeZone: "Europe/Paris", ...o}).format(n);
  document.querySelector("[name=jour]").value = f({dateStyle: "short"});
  document.querySelector("[name=heure]").value = f({hour: "2-digit", minute: "2-digit"});
}"""

COMPTE_RENDU = [
    ("Fin", "16:00"),
    ("Personnes concernées", "9"),
    ("Sur la tablette", "8"),
    ("Langues parlées", "français, arabe"),
    ("Qui a animé avec vous", "deux personnes de l’épicerie"),
    ("Ce qui s’est mal passé", "Pas de réseau."),
    ("Ce que vous avez promis", "Revenir en janvier."),
]


@pytest.fixture
def animateur():
    return builders.un_compte(role=Role.AMBASSADEUR, email="ambassadeur@exemple.fr")


@pytest.fixture
def voir(page):
    """Return a function that verifies the page in front of one's eyes; the W3C judges at the end."""
    sources = {}

    def verifier():
        verifier_page(page)
        sources[page.url] = page.request.get(page.url).text()

    yield verifier
    verifier_html(sources)


def test_prepared_and_run_on_a_telephone(page, connecter, live_server, animateur, voir):
    builders.une_collecte_ouverte()
    connecter(page, animateur).goto(f"{live_server.url}/espace/seances/")
    voir()
    page.get_by_role("link", name="Préparer une séance").click()
    voir()
    page.get_by_label("Atelier").check()
    page.get_by_role("button", name="Continuer").click()
    voir()
    page.get_by_label("Salle").fill("Salle des fêtes")
    page.get_by_role("button", name="Continuer").click()
    voir()
    page.evaluate(DANS_VINGT_MINUTES)
    page.get_by_role("button", name="Continuer").click()
    voir()
    page.get_by_label("Votre avis sur l’épicerie").check()
    page.get_by_role("button", name="Créer la séance").click()
    voir()
    page.get_by_role("button", name="Ouvrir la séance").click()
    expect(page.get_by_text(Seance.objects.get().code_lisible)).to_be_visible()
    voir()
    page.get_by_text("Autres gestes").click()
    page.get_by_label("Combien de personnes vont répondre").fill("8")
    page.get_by_role("button", name="Garder ce nombre").click()
    voir()
    page.get_by_role("button", name="Fermer la séance").click()
    expect(page.get_by_role("link", name="Faire le compte rendu")).to_be_visible()
    voir()


def test_moving_and_removing_are_right_too(page, connecter, live_server, animateur, voir):
    seance = builders.une_seance(par=animateur)
    connecter(page, animateur)
    for adresse in ("jour", "supprimer"):
        page.goto(f"{live_server.url}/espace/seances/{seance.pk}/{adresse}/")
        voir()


def test_tablets_hands_and_quarantine_are_right_too(page, connecter, live_server, voir):
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(SALLE))
    seance = builders.une_seance(collecte=collecte, par=par)
    ouvrir_seance(seance=seance, par=par)
    appareil, _ = preparer_appareil(seance=seance, par=par)
    enveloppe = builders.une_enveloppe(seance)
    connecter(page, par)
    lieu = f"seances/{seance.pk}"
    for adresse in (
        lieu,
        f"{lieu}/appareils",
        f"{lieu}/appareils/{appareil.pk}",
        f"{lieu}/importer",
        f"{lieu}/mains",
        f"{lieu}/mains/heure",
        "quarantaine",
        f"quarantaine/{enveloppe.pk}",
    ):
        page.goto(f"{live_server.url}/espace/{adresse}/")
        voir()


def test_hands_are_counted_with_big_buttons(page, connecter, live_server):
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(SALLE))
    seance = builders.une_seance(collecte=collecte, par=par)
    ouvrir_seance(seance=seance, par=par)
    connecter(page, par).goto(f"{live_server.url}/espace/seances/{seance.pk}/mains/heure/")
    page.get_by_label("Personnes présentes").fill("3")
    for _ in range(3):
        page.get_by_role("button", name="Plus : Oui").click()
    page.get_by_role("button", name="Moins : Oui").click()
    expect(page.get_by_text("2 mains, 0 abstention, pour 3 personnes présentes")).to_be_visible()
    page.get_by_role("button", name="Garder ce compte").click()
    expect(page.get_by_text("2 mains pour 3 personnes")).to_be_visible()


def test_reported_one_question_a_screen(page, connecter, live_server, animateur, voir):
    collecte = builders.une_collecte_ouverte()
    seance = builders.une_seance(collecte=collecte, par=animateur)
    clore_seance(seance=seance, par=animateur)
    connecter(page, animateur).goto(f"{live_server.url}/espace/seances/{seance.pk}/")
    page.get_by_role("link", name="Faire le compte rendu").click()
    for champ, valeur in COMPTE_RENDU:
        page.get_by_label(champ).fill(valeur)
        voir()
        page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("annoncées 8, reçues 0")).to_be_visible()
    voir()
    page.get_by_role("button", name="Terminer le compte rendu").click()
    expect(page.get_by_text("Il en manque 8")).to_be_visible()
    voir()


@pytest.fixture
def affiche(live_server, animateur):
    """Return the address of the poster of a séance in four languages, and that séance."""
    charger_bibliotheque(par="essai")
    version = VersionQuestionnaire.objects.get(questionnaire__code="alim")
    collecte = builders.une_collecte_ouverte(version=version, langues=("fr", "en", "ar", "uk"))
    seance = builders.une_seance(collecte=collecte, par=animateur)
    return f"{live_server.url}/espace/seances/{seance.pk}/affiche/", seance


@pytest.mark.parametrize(("format_", "taille"), [("", (595.3, 841.9)), ("a3", (841.9, 1190.6))])
def test_the_poster_is_one_sheet_with_its_code_in_forty_points(
    page, connecter, animateur, affiche, format_, taille
):
    adresse, seance = affiche
    connecter(page, animateur).goto(f"{adresse}?format={format_}")
    verifier_page(page)
    (lue,) = lu_par_un_telephone(page)
    assert lue.endswith(f"/r/{seance.acces.jeton}/")
    page.emulate_media(media="print")
    assert page.locator(".qr").bounding_box()["width"] / 96 * 25.4 >= 40 * 41 / 33
    code = page.get_by_text(seance.code_lisible)
    assert code.evaluate("e => parseFloat(getComputedStyle(e).fontSize) * 72 / 96") >= 40
    bas = "e => e.getBoundingClientRect().bottom"
    assert page.locator(".lieu").evaluate(bas) <= page.locator(".feuille").evaluate(bas)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    (boite,) = {tuple(map(float, b.split())) for b in re.findall(rb"/MediaBox \[([^]]*)\]", pdf)}
    assert boite[2:] == pytest.approx(taille, abs=1)


@pytest.mark.parametrize("de_seance", [False, True])
@pytest.mark.parametrize(
    "longs", [(200, 200), (197, 126), (40, 200), (200, 10), (60, 40), (45, 40), (30, 30)]
)
def test_nothing_is_cut_from_a_poster_with_long_words(
    page, connecter, animateur, affiche, de_seance, longs
):
    adresse, seance = affiche
    phrase = "Votre avis sur l’aide alimentaire et les ateliers de cuisine du quartier. " * 3
    titre, demandeur = (phrase[:longueur] for longueur in longs)
    Collecte.objects.filter(pk=seance.collecte.pk).update(titre=titre, demandeur=demandeur)
    lien = builders.lien_principal(seance.collecte)
    if not de_seance:
        site = adresse.partition("/seances/")[0]
        adresse = f"{site}/collectes/essai/liens/{lien.pk}/affiche/"
        animateur = builders.un_compte(email="coordination@exemple.fr")
    connecter(page, animateur).goto(adresse)
    page.emulate_media(media="print")
    dedans = "e => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth"
    assert page.locator(".feuille").evaluate(dedans)
    bas = "e => e.getBoundingClientRect().bottom"
    assert page.locator(".lieu").evaluate(bas) <= page.locator(".feuille").evaluate(bas)
    assert page.locator(".qr").bounding_box()["width"] / 96 * 25.4 >= 40 * 41 / 33
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


@pytest.mark.parametrize("langue", ["fr", "en", "ar", "uk"])
def test_joining_pages_are_right_in_every_language(page, live_server, voir, langue):
    page.goto(f"{live_server.url}/rejoindre/?langue={langue}")
    voir()
    page.locator("#code").fill("1234")
    page.locator("main button").click()
    expect(page.locator("#err")).to_be_focused()
    verifier_page(page)


def test_a_code_is_typed_on_the_home_page(page, live_server, animateur):
    collecte = builders.une_collecte_ouverte(version=builders.une_version(TOUS_TYPES))
    seance = builders.une_seance(collecte=collecte, par=animateur)
    ouvrir_seance(seance=seance, par=animateur)
    page.goto(live_server.url)
    page.get_by_label("Le code de l’atelier").fill(seance.code_lisible)
    page.get_by_role("button", name="Rejoindre").click()
    page.get_by_role("link", name="Commencer").click()
    page.wait_for_url(f"**/o/{seance.acces.jeton}/fr/")
    page.get_by_role("button", name="Continuer").click()  # a page that explains is no question
    expect(page.get_by_text("Question 1 sur")).to_be_visible()


def test_without_javascript_the_same_link_leads_to_the_wizard(
    page_sans_js, live_server, animateur
):
    page = page_sans_js
    collecte = builders.une_collecte_ouverte(version=builders.une_version(TOUS_TYPES))
    seance = builders.une_seance(collecte=collecte, par=animateur)
    ouvrir_seance(seance=seance, par=animateur)
    page.goto(f"{live_server.url}/r/{seance.acces.jeton}/")
    page.get_by_role("link", name="Commencer").click()
    assert f"/r/{seance.acces.jeton}/" in page.url
