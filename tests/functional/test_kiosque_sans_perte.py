"""On a shared device nobody loses an answer without a word, and still nothing is left for the next."""

import pytest
from playwright.sync_api import expect

from enquetes.actions.appareils import preparer_appareil
from enquetes.actions.seances import ouvrir_seance
from enquetes.models import Passation
from tests import builders
from tests.boite import poser_la_cle
from tests.functional.test_hors_ligne import attendre, envoyer, la_passation
from tests.functional.test_kiosque import (
    MOTS,
    aller,
    inscrire,
    remplir,
    saisi,
    sur_le_disque,
    tuer,
)
from tests.functional.test_kiosque import avec_memoire as avec_memoire
from tests.functional.test_kiosque import ouvrir_profil as ouvrir_profil
from tests.functional.verifications import verifier_axe
from tests.integration.enquetes.test_passation import PETIT

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


@pytest.fixture
def seance():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(
        par=par, version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


@pytest.fixture
def preparation(live_server, seance):
    _, jeton = preparer_appareil(seance=seance, par=builders.un_compte())
    return f"{live_server.url}/o/{seance.acces.jeton}/preparer/#t={jeton}"


@pytest.fixture
def tablette(page, preparation):
    return inscrire(page, preparation)


def changer_de_langue(page, code):
    page.locator(f"header nav a[hreflang={code}]").click()
    page.wait_for_url(f"**/{code}/*")
    attendre(page, "partage", "1")
    attendre(page, "repris", "1")


def rester(demandes):
    """Return what notes a question of the browser, and stays on the page."""

    def repondre(dialogue):
        demandes.append(dialogue.type)
        dialogue.dismiss()

    return repondre


# --- another language ------------------------------------------------------------------------------


@pytest.mark.parametrize("reseau", [True, False])
def test_another_language_keeps_the_page_and_the_answers(tablette, reseau):
    page = tablette
    page.context.set_offline(not reseau)
    remplir(page)
    page.get_by_role("button", name="Retour").click()
    changer_de_langue(page, "ar")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("textarea:visible")).to_have_value(MOTS)
    assert "#" not in page.url
    changer_de_langue(page, "fr")
    expect(page.locator("textarea:visible")).to_have_value(MOTS)
    page.get_by_role("button", name="Continuer").click()
    envoyer(page)
    page.context.set_offline(False)
    attendre(page, "attente", "0")
    assert la_passation().reponses == {"venu": "non", "mots": MOTS}


def test_what_crosses_from_one_language_to_the_next_is_given_once_and_never_written(
    ouvrir_profil, preparation
):
    ouvrir, profil = ouvrir_profil
    page = inscrire(ouvrir(), preparation)
    remplir(page)
    changer_de_langue(page, "ar")
    expect(page.locator("#bilan")).to_contain_text(MOTS)
    page.locator("[data-recommencer]:visible").click()
    page.goto(page.url + "#l")  # somebody who would ask for it again
    page.reload()
    attendre(page, "partage", "1")
    expect(page.locator("#accueil")).to_be_visible()
    assert saisi(page) == []
    remplir_en_arabe(page)
    changer_de_langue(page, "fr")
    page.wait_for_timeout(1_500)  # the browser writes its session every now and then
    tuer(profil)
    assert sur_le_disque(profil, "SECRETA") == []


def remplir_en_arabe(page):
    page.locator("#commencer").click()
    page.locator("section:visible input[value=non]").check()
    while not page.locator("#bilan").is_visible():
        if page.locator("textarea:visible").count():
            page.locator("textarea:visible").fill(MOTS)
        page.locator("#suite").click()


def test_a_language_is_chosen_without_a_service_worker_too_after_a_word(tablette):
    """Nothing can carry the answers: the browser asks before it leaves."""
    page, demandes = tablette, []
    page.on("dialog", rester(demandes))
    remplir(page)
    page.evaluate("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })")
    page.locator("header nav a[hreflang=ar]").click(no_wait_after=True)
    expect(page.locator("#bilan")).to_contain_text(MOTS)
    assert demandes == ["beforeunload"]


# --- the Back key ----------------------------------------------------------------------------------


def test_back_is_the_page_before_and_leaving_is_asked(avec_memoire, preparation):
    page, demandes = inscrire(avec_memoire, preparation), []
    remplir(page)
    page.on("dialog", rester(demandes))
    expect(page.locator("#bilan")).to_contain_text(MOTS)
    aller(page, -1)
    expect(page.locator("textarea:visible")).to_have_value(MOTS)
    for _ in range(3):  # as far as the first question: the welcome is for the next person
        aller(page, -1)
        expect(page.locator("section[data-page]:visible")).to_have_count(1)
    expect(page.get_by_role("button", name="Retour")).to_be_hidden()
    assert saisi(page) == ["venu", "mots"]
    assert demandes == []
    page.evaluate("location.href = '/aide/'")
    page.wait_for_timeout(300)
    assert demandes == ["beforeunload"]
    while not page.locator("#bilan").is_visible():
        page.get_by_role("button", name="Continuer").click()
    envoyer(page)
    assert la_passation().reponses == {"venu": "non", "mots": MOTS}
    page.get_by_role("button", name="Personne suivante").click()
    for pas in (-1, 1, 1):
        aller(page, pas)
        assert "SECRETA" not in page.content()


def test_the_history_tells_no_path(tablette):
    """Neither a title nor an entry tells which questions were asked, nor how many people answered."""
    page = tablette
    cdp = page.context.new_cdp_session(page)

    def entrees():
        lues = cdp.send("Page.getNavigationHistory")["entries"]
        return [(e["url"], e["title"]) for e in lues if "/fr/" in e["url"]]

    remplir(page)
    envoyer(page)
    avant = entrees()
    for _ in range(2):
        page.get_by_role("button", name="Personne suivante").click()
        remplir(page)
        envoyer(page)
    assert entrees() == avant
    assert len(avant) == 2
    assert {url for url, _ in avant} == {page.url}
    assert {titre.removesuffix(" – Voix") for _, titre in avant} == {PETIT["titre"]["fr"]}


# --- the end ---------------------------------------------------------------------------------------


def test_the_end_stays_while_somebody_is_there_and_one_press_gives_a_minute(page, preparation):
    page.clock.install()
    inscrire(page, preparation)
    remplir(page)
    envoyer(page)
    code = page.locator("#code").text_content()
    expect(page.locator("header nav")).to_be_hidden()  # another language would take the code away
    expect(page.locator("#sursis")).to_have_text("Cette page s’efface dans vingt secondes.")
    verifier_axe(page)
    for _ in range(4):
        page.clock.fast_forward(15_000)
        page.locator("#fin h1").click()
    page.get_by_role("button", name="Il me faut plus de temps").press("Enter")
    expect(page.locator("#sursis")).to_have_text("Cette page s’efface dans une minute.")
    page.clock.fast_forward(55_000)
    expect(page.locator("#code")).to_have_text(code)
    page.clock.fast_forward(6_000)
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    assert page.locator("#code").text_content() == ""
    expect(page.locator("header nav")).to_be_visible()
    remplir(page)
    envoyer(page)  # the minute was the other person's
    expect(page.locator("#sursis")).to_have_text("Cette page s’efface dans vingt secondes.")
    page.clock.fast_forward(21_000)
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    for _ in range(100):
        if Passation.objects.count() == 2:
            break
        page.wait_for_timeout(50)
    assert Passation.objects.count() == 2


# --- one's own telephone ---------------------------------------------------------------------------


def test_on_ones_own_phone_too_and_what_was_not_to_be_kept_is_not(page, live_server, seance):
    """What is being written crosses as well, and the box that was unticked stays so."""
    page.set_default_timeout(8_000)
    page.goto(f"{live_server.url}/o/{seance.acces.jeton}/fr/")
    attendre(page, "pret", "1")
    page.locator("#garder").uncheck()
    remplir(page)
    page.get_by_role("button", name="Retour").click()
    page.locator("textarea:visible").fill("à moitié écrit")
    changer = page.locator("header nav a[hreflang=ar]")
    changer.click()
    attendre(page, "repris", "1")
    expect(page.locator("textarea:visible")).to_have_value("à moitié écrit")
    page.reload()
    attendre(page, "partage", "0")
    expect(page.locator("#accueil")).to_be_visible()
    assert saisi(page) == []
