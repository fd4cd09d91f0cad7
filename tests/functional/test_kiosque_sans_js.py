"""A shared device without JavaScript: nothing of one person is left for the next (T20, K1 to K8)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Error, expect

from enquetes.actions.seances import ouvrir_seance
from enquetes.models import EtatPassation, Mode, Passation, TourPartage
from outils.navigateur import chemin_de_chromium
from tests import builders
from tests.functional.conftest import OPTIONS, TELEPHONE
from tests.functional.test_kiosque import aller, sur_le_disque, tuer
from tests.functional.verifications import verifier_axe, verifier_html
from tests.integration.enquetes.test_passation import PETIT

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]

MOTS = "SECRETA on me regarde de travers"


@pytest.fixture
def seance():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(
        par=par, version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


@pytest.fixture
def adresse(live_server, seance):
    return f"{live_server.url}/k/{seance.acces.jeton}/"


def ouvrir(page, adresse):
    page.set_default_timeout(8_000)
    page.goto(adresse)
    return page


def remplir(page, mots=MOTS, jusqua="Envoyer mes réponses"):
    """Answer everything on the path, up to the summary or up to a text field."""
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Oui", exact=True).check()
    while not page.get_by_role("button", name="Envoyer mes réponses").count():
        if page.locator("textarea").count():
            page.locator("textarea").fill(mots)
            if jusqua == "texte":
                return
        if page.get_by_label("Du pain").count():
            page.get_by_label("Du pain").check()
        page.get_by_role("button", name="Continuer").click()


def envoyer(page):
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(page.get_by_role("heading", name="Merci !")).to_be_visible()


def contenu_pose(page):
    """Read the page once it has come to rest: Back may lead through a redirection, or a reload."""
    for _ in range(50):
        page.wait_for_load_state("load")
        try:
            return page.content()
        except Error as erreur:
            if "navigating" not in erreur.message:
                raise
            page.wait_for_timeout(100)
    return page.content()


def rien_de_la_precedente(page, code=""):
    """Nothing that was typed, ticked or handed out is on the page."""
    contenu = contenu_pose(page)
    assert "SECRETA" not in contenu
    assert not code or code not in contenu
    assert not page.locator("input:checked").count()
    assert [v for v in page.locator("textarea").all() if v.input_value()] == []


def test_a_whole_turn_then_the_next_person_finds_nothing(page_sans_js, adresse, tmp_path):
    page = ouvrir(page_sans_js, adresse)
    verifier_html({"debut": page.content()})
    remplir(page)
    verifier_html({"bilan": page.content()})
    expect(page.locator("dl")).to_contain_text(MOTS)
    envoyer(page)
    verifier_html({"merci": page.content()})
    rien_de_la_precedente(page)  # K5: the end never repeats answers
    code = page.locator(".code").text_content()
    page.get_by_role("link", name="Personne suivante").click()
    rien_de_la_precedente(page, code)
    page.get_by_role("button", name="Commencer").click()
    rien_de_la_precedente(page, code)
    passation = Passation.objects.get()
    assert passation.etat == EtatPassation.TERMINEE
    assert passation.mode == Mode.TABLETTE
    assert passation.reponses == {"venu": "oui", "manque": ["pain"], "mots": MOTS}


def test_back_on_the_page_loses_nothing_that_was_typed(page_sans_js, adresse):
    page = ouvrir(page_sans_js, adresse)
    remplir(page, jusqua="texte")
    page.get_by_role("button", name="Retour").click()
    page.get_by_label("Combien êtes-vous ?").fill("4")
    page.get_by_role("button", name="Retour").click()
    expect(page.get_by_label("Du pain")).to_be_checked()
    page.get_by_label("Du pain").uncheck()
    page.get_by_role("button", name="Retour").click()
    expect(page.get_by_label("Oui", exact=True)).to_be_checked()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_label("Du pain")).not_to_be_checked()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_label("Combien êtes-vous ?")).to_have_value("4")
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator("textarea")).to_have_value(MOTS)
    page.locator("textarea").fill("x" * 5_000)
    page.get_by_role("button", name="Retour").click()
    expect(
        page.get_by_role("alert")
    ).to_be_visible()  # nothing that is too long goes away in silence
    expect(page.locator("textarea")).to_have_value("x" * 5_000)


def test_back_forward_and_reload_show_nothing_of_the_person_before(page_sans_js, adresse):
    page = ouvrir(page_sans_js, adresse)
    remplir(page)
    envoyer(page)
    code = page.locator(".code").text_content()
    page.get_by_role("link", name="Personne suivante").click()
    for pas in (-1, -1, -1, -1, -1, 1, 1, 1, 1):
        aller(page, pas)
        rien_de_la_precedente(page, code)
    page.reload()
    rien_de_la_precedente(page, code)


def test_back_before_the_next_person_pressed_anything(page_sans_js, adresse):
    """The person went away from « Merci » : Back and Forward lead to the start, not to answers."""
    page = ouvrir(page_sans_js, adresse)
    remplir(page)
    envoyer(page)
    code = page.locator(".code").text_content()
    for pas in (-1, -1, -1, -1, 1, 1, 1, 1):
        aller(page, pas)
        rien_de_la_precedente(page, code)


def test_the_addresses_and_the_titles_of_the_history_tell_no_path(page_sans_js, adresse):
    """A list of titles under the Back key would tell which questions the person before was asked."""
    page = ouvrir(page_sans_js, adresse)
    remplir(page)
    cdp = page.context.new_cdp_session(page)
    entrees = cdp.send("Page.getNavigationHistory")["entries"]
    assert {(e["url"].removeprefix(adresse), e["title"]) for e in entrees[1:]} <= {
        ("", "Questionnaire – Voix"),
        ("q/", "Questionnaire – Voix"),
        ("q/#err", "Questionnaire – Voix"),
    }


@pytest.fixture
def avec_memoire(navigateur):
    """Return pages of a browser that restores them as it left them; with JavaScript, then without."""
    lances = []

    def lancer(*, script):
        lance = navigateur.browser_type.launch(
            executable_path=chemin_de_chromium(entier=True),
            args=OPTIONS,
            ignore_default_args=["--disable-back-forward-cache"],
        )
        lances.append(lance)
        contexte = lance.new_context(
            viewport=TELEPHONE, locale="fr-FR", java_script_enabled=script
        )
        return contexte.new_page()

    yield lancer
    for lance in lances:
        lance.close()


@pytest.mark.parametrize("script", [True, False])
def test_with_the_memory_of_pages_on_back_four_times_shows_nothing(avec_memoire, adresse, script):
    page = ouvrir(avec_memoire(script=script), adresse)
    remplir(page)
    envoyer(page)
    code = page.locator(".code").text_content()
    page.get_by_role("link", name="Personne suivante").click()
    for pas in (-1, -1, -1, -1, 1, 1, 1, 1):
        aller(page, pas)
        rien_de_la_precedente(page, code)
    page.reload()
    rien_de_la_precedente(page, code)


def test_an_abandoned_run_is_erased_by_the_next_start(page_sans_js, adresse):
    page = ouvrir(page_sans_js, adresse)
    remplir(page)
    assert Passation.objects.filter(etat=EtatPassation.BROUILLON).count() == 1
    page.goto(adresse)
    assert not Passation.objects.exists()
    for pas in (-1, -1, -1, -1):
        aller(page, pas)
        rien_de_la_precedente(page)


def test_erase_and_start_again_is_on_every_page(page_sans_js, adresse):
    page = ouvrir(page_sans_js, adresse)
    remplir(page)
    page.get_by_role("button", name="Effacer et recommencer").click()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    assert not Passation.objects.exists()
    assert not TourPartage.objects.exists()


def test_silence_leads_to_the_start_and_the_server_forgets(page_sans_js, adresse, monkeypatch):
    monkeypatch.setattr("enquetes.views.kiosque.appareil.SILENCE", 1)
    page = ouvrir(page_sans_js, adresse)
    page.get_by_role("button", name="Commencer").click()
    page.wait_for_url(adresse)  # the browser went by itself, without a script
    assert not TourPartage.objects.exists()


def test_after_ten_minutes_the_server_knows_nothing_of_a_turn(page_sans_js, adresse):
    page = ouvrir(page_sans_js, adresse)
    remplir(page)
    TourPartage.objects.update(perime_a=timezone.now() - timedelta(seconds=1))
    page.reload()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    assert not Passation.objects.exists()


def test_the_end_goes_away_and_more_time_is_one_press_away(page_sans_js, adresse, monkeypatch):
    page = ouvrir(page_sans_js, adresse)
    remplir(page)
    monkeypatch.setattr("enquetes.views.kiosque.appareil.FIN", 2)
    envoyer(page)
    page.get_by_role("link", name="Il me faut plus de temps").click()
    code = page.locator(".code").text_content()
    page.wait_for_timeout(2_500)
    expect(page.locator(".code")).to_have_text(code)
    monkeypatch.setattr("enquetes.views.kiosque.appareil.FIN_PLUS", 1)
    page.get_by_role("link", name="Il me faut plus de temps").click()
    page.wait_for_url(adresse)
    assert code not in page.content()


def test_a_second_tab_left_open_stores_nothing_for_the_next_person(page_sans_js, adresse):
    page = ouvrir(page_sans_js, adresse)
    page.get_by_role("button", name="Commencer").click()
    oubliee = page.context.new_page()
    oubliee.goto(page.url)
    oubliee.get_by_label("Oui", exact=True).check()
    page.goto(adresse)
    page.get_by_role("button", name="Commencer").click()
    oubliee.get_by_role("button", name="Continuer").click()
    expect(oubliee.get_by_role("heading")).to_have_text("Cette page n’est plus la bonne")
    assert not Passation.objects.exists()


def test_a_reopened_tab_and_a_killed_browser_show_nothing(navigateur, adresse, tmp_path):
    profil = tmp_path / "profil"

    def lancer():
        contexte = navigateur.browser_type.launch_persistent_context(
            str(profil),
            executable_path=chemin_de_chromium(entier=True),
            args=[*OPTIONS, "--restore-last-session"],
            viewport=TELEPHONE,
            locale="fr-FR",
            java_script_enabled=False,
        )
        return contexte.pages[0]

    page = ouvrir(lancer(), adresse)
    remplir(page, jusqua="texte")
    tuer(profil)
    assert sur_le_disque(profil, "SECRETA") == []
    page = lancer()
    page.goto(f"{adresse}q/")
    rien_de_la_precedente(page)
    remplir(page)
    envoyer(page)
    page.wait_for_timeout(1_500)  # the browser writes its session every now and then
    tuer(profil)
    assert sur_le_disque(profil, "SECRETA") == []
    assert sur_le_disque(profil, "Questionnaire")  # the search does find what is there
    page = lancer()
    for suite in ("q/", "merci/"):
        page.goto(adresse + suite)
        rien_de_la_precedente(page)
    tuer(profil)


def test_prepared_with_a_code_the_device_stays_shared_until_the_code_is_given(
    page, live_server, seance, adresse
):
    ouvrir(page, f"{adresse}preparer/")
    verifier_axe(page)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("alert")).to_contain_text("quatre chiffres")
    page.get_by_label("Choisissez un code").fill("2580")
    page.get_by_role("button", name="Continuer").click()
    page.goto(f"{live_server.url}/r/{seance.acces.jeton}/")  # scanned, or typed on the home page
    assert page.url == adresse
    verifier_axe(page)
    remplir(page)
    verifier_axe(page)
    envoyer(page)
    verifier_axe(page)
    page.goto(adresse)
    page.get_by_role("link", name="Animation").click()
    page.get_by_label("Votre code").fill("0000")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("alert")).to_have_text("Ce n’est pas ce code.")
    page.get_by_label("Votre code").fill("2580")
    page.get_by_role("button", name="Continuer").click()
    verifier_axe(page)
    expect(page.get_by_text("Les réponses arrivent.")).to_be_visible()
    rien_de_la_precedente(page)
    page.get_by_role("button", name="Quitter le mode partagé").click()
    page.goto(f"{live_server.url}/r/{seance.acces.jeton}/")
    assert page.url.endswith(f"/r/{seance.acces.jeton}/")
