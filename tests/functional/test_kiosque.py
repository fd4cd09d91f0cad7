"""A device that passes from hand to hand: nothing of one person is left for the next (K1 to K8)."""

import os
import signal
import time
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from enquetes.actions.appareils import preparer_appareil
from enquetes.actions.seances import ouvrir_seance
from enquetes.echanges.scellement import cle_courante
from enquetes.models import Collecte, Passation
from outils.navigateur import chemin_de_chromium
from tests import builders
from tests.boite import poser_la_cle
from tests.functional.conftest import OPTIONS, TELEPHONE
from tests.functional.test_hors_ligne import attendre, envoyer, la_passation, magasin
from tests.integration.enquetes.test_passation import PETIT

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]

MOTS = "SECRETA on me regarde de travers"


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


@pytest.fixture
def seance():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(PETIT))
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


@pytest.fixture
def preparation(live_server, seance):
    """Return the address that enrols a tablet."""
    _, jeton = preparer_appareil(seance=seance, par=builders.un_compte())
    return f"{live_server.url}/o/{seance.acces.jeton}/preparer/#t={jeton}"


def inscrire(page, adresse):
    """Prepare a shared tablet, with its code, and open the document."""
    page.set_default_timeout(8_000)
    page.goto(adresse)
    page.get_by_label("Code à quatre chiffres").fill("2580")
    page.get_by_role("button", name="Continuer").click()
    attendre(page, "pret", "1")
    page.goto(page.url.replace("preparer/", "fr/"))
    attendre(page, "partage", "1")
    attendre(page, "pret", "1")
    return page


@pytest.fixture
def tablette(page, preparation):
    return inscrire(page, preparation)


def remplir(page, mots=MOTS):
    """Fill everything in, up to the summary."""
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Non", exact=True).check()
    while not page.locator("#bilan").is_visible():
        if page.locator("textarea:visible").count():
            page.locator("textarea:visible").fill(mots)
        page.get_by_role("button", name="Continuer").click()


def saisi(page):
    """Return everything that the form holds, ticked or typed."""
    return page.evaluate(
        "[...document.querySelectorAll('#f [name]')].filter(e => e.checked || (e.type !== 'radio' && e.type !== 'checkbox' && e.value)).map(e => e.name)"
    )


def test_the_next_person_finds_an_empty_questionnaire(tablette):
    page = tablette
    remplir(page)
    envoyer(page)
    assert MOTS not in page.content()  # K5: the end never repeats answers
    page.get_by_role("button", name="Personne suivante").click()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    assert saisi(page) == []
    assert "SECRETA" not in page.content()
    assert la_passation().reponses["mots"] == MOTS


def test_erase_and_start_again_is_on_every_page(tablette):
    page = tablette
    remplir(page)
    page.get_by_role("button", name="Effacer et recommencer").click()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    assert saisi(page) == []
    assert magasin(page, "file") == []  # nothing was sent without consent


def test_silence_asks_then_erases_and_can_be_put_off_for_ever(page, preparation):
    page.clock.install()
    inscrire(page, preparation)
    remplir(page)
    for _ in range(3):
        page.clock.fast_forward(121_000)
        expect(page.get_by_role("alertdialog")).to_be_visible()
        page.get_by_role("button", name="Je continue").click()
        expect(page.locator("#bilan")).to_be_visible()
    page.clock.fast_forward(121_000)
    page.clock.run_for(62_000)
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    assert saisi(page) == []
    assert magasin(page, "file") == []


def test_left_in_silence_it_is_sealed_where_the_first_page_says_so(page, preparation):
    Collecte.objects.update(garde_incompletes=True)
    page.clock.install()
    inscrire(page, preparation)
    expect(page.get_by_text("Si vous partez avant la fin")).to_be_visible()
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Non", exact=True).check()
    page.get_by_role("button", name="Continuer").click()
    page.locator("input[name=foyer]").fill("trente")  # wrong: left out, the rest is kept
    page.clock.fast_forward(121_000)
    expect(page.get_by_text("seront gardées comme elles sont")).to_be_visible()
    page.clock.run_for(62_000)
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    assert saisi(page) == []
    for _ in range(100):  # it leaves by itself, behind the page of the next person
        if Passation.objects.exists():
            break
        page.wait_for_timeout(100)
    laissee = la_passation()
    assert (laissee.reponses, laissee.signes) == ({"venu": "non"}, "incomplete")


def test_the_end_goes_away_by_itself(page, preparation):
    page.clock.install()
    inscrire(page, preparation)
    remplir(page)
    envoyer(page)
    page.clock.fast_forward(21_000)
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    assert page.locator("#code").text_content() == ""


def test_nothing_is_kept_anywhere_of_an_unfinished_questionnaire(tablette):
    page = tablette
    remplir(page)
    garde = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, location.href, history.length, document.title])"
    )
    assert "SECRETA" not in garde
    page.reload()
    attendre(page, "partage", "1")
    assert saisi(page) == []
    cles = page.evaluate(
        "() => new Promise(ok => {const r = indexedDB.open('voix'); r.onsuccess = () => {const q = r.result.transaction('kv').objectStore('kv').getAllKeys(); q.onsuccess = () => ok(q.result);};})"
    )
    assert not [c for c in cles if c.startswith("brouillon")]


def animer(page, code="2580"):
    """Go to the facilitator's corner from the welcome page, and give the code."""
    page.get_by_role("link", name="Animation").click()
    page.wait_for_url("**/animation/*")
    if code:
        page.get_by_label("Votre code").fill(code)
        page.get_by_role("button", name="Continuer").click()


VIDER = """async () => {
  for (const nom of await caches.keys()) await caches.delete(nom);
  for (const r of await navigator.serviceWorker.getRegistrations()) await r.unregister();
  await new Promise((ok) => { const r = indexedDB.deleteDatabase("voix"); r.onsuccess = r.onblocked = ok; });
}"""


def test_emptied_by_the_system_a_shared_device_stays_shared(tablette):
    """Else the next person's draft would be kept for the one after."""
    page = tablette
    page.evaluate(VIDER)
    page.reload()
    attendre(page, "partage", "1")
    expect(page.locator("#garder")).to_be_hidden()
    animer(page, "")  # no code is left to check
    page.get_by_role("button", name="Quitter le mode partagé").click()
    attendre(page, "partage", "0")


# --- Back, forward, reopened tab: with the browser's memory of pages switched on ----------------


@pytest.fixture
def avec_memoire(navigateur):
    """Return a page of a browser that restores pages as it left them: playwright switches it off."""
    lance = navigateur.browser_type.launch(
        executable_path=chemin_de_chromium(entier=True),
        args=OPTIONS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield lance.new_context(viewport=TELEPHONE, locale="fr-FR").new_page()
    lance.close()


def rang_dans_l_historique(page):
    """Return where the tab is in its history, or nothing while one page makes way for another."""
    try:
        cdp = page.context.new_cdp_session(page)
        return cdp.send("Page.getNavigationHistory")["currentIndex"]
    except Error:
        return None


def aller(page, pas):
    """Move in the history as the keys of the device do, through raw CDP."""
    cdp = page.context.new_cdp_session(page)
    historique = cdp.send("Page.getNavigationHistory")
    rang = historique["currentIndex"] + pas
    if 0 <= rang < len(historique["entries"]):
        cdp.send("Page.navigateToHistoryEntry", {"entryId": historique["entries"][rang]["id"]})
        for _ in range(50):  # a loaded machine takes its time to leave the page
            page.wait_for_timeout(50)
            if rang_dans_l_historique(page) == rang:
                break
        page.wait_for_timeout(300)  # what the page does on its return: a redirection, a reload


def test_the_memory_of_pages_is_really_on(avec_memoire, live_server):
    """Without this, the two tests below would pass whatever the page did."""
    page = avec_memoire
    page.goto(f"{live_server.url}/accessibilite/")
    page.evaluate("window.marque = 1")
    page.goto(f"{live_server.url}/mentions/")
    aller(page, -1)
    assert page.url.endswith("/accessibilite/")
    assert page.evaluate("window.marque") == 1


def test_back_four_times_forward_and_reload_show_nothing_of_the_person_before(
    avec_memoire, preparation
):
    page = inscrire(avec_memoire, preparation)
    remplir(page)
    envoyer(page)
    page.get_by_role("button", name="Personne suivante").click()
    for pas in (-1, -1, -1, -1, 1, 1, 1, 1):
        aller(page, pas)
        assert "SECRETA" not in page.content()
        assert (
            page.evaluate("[...document.querySelectorAll('textarea')].map(e => e.value).join('')")
            == ""
        )
    page.reload()
    assert "SECRETA" not in page.content()


def test_left_in_the_middle_then_back_shows_nothing(avec_memoire, preparation, live_server):
    page = inscrire(avec_memoire, preparation)
    remplir(page)
    page.goto(f"{live_server.url}/aide/")
    aller(page, -1)
    attendre(page, "partage", "1")
    assert saisi(page) == []


# --- killed, stolen -----------------------------------------------------------------------------


def tuer(profil: Path) -> None:
    """Kill the browser of that profile, and no other, without warning."""
    for proc in Path("/proc").glob("[0-9]*"):
        try:
            ligne = (proc / "cmdline").read_bytes()
        except OSError:
            continue
        if f"--user-data-dir={profil}".encode() in ligne:
            try:
                os.kill(int(proc.name), signal.SIGKILL)
            except ProcessLookupError:
                continue
    time.sleep(0.5)


def sur_le_disque(profil: Path, mots: str) -> list[str]:
    """Return the files of a profile that hold these words, however they are written."""
    formes = [mots.encode(), mots.encode("utf-16-le"), mots.encode("utf-16-be")]
    return [
        str(fichier.relative_to(profil))
        for fichier in profil.rglob("*")
        if fichier.is_file() and any(forme in fichier.read_bytes() for forme in formes)
    ]


@pytest.fixture
def ouvrir_profil(navigateur, tmp_path):
    """Return a function that opens a browser on a profile that survives it."""
    ouverts = []

    def ouvrir():
        contexte = navigateur.browser_type.launch_persistent_context(
            str(tmp_path / "profil"),
            executable_path=chemin_de_chromium(entier=True),
            args=OPTIONS,
            viewport=TELEPHONE,
            locale="fr-FR",
        )
        ouverts.append(contexte)
        return contexte.pages[0]

    yield ouvrir, tmp_path / "profil"
    tuer(tmp_path / "profil")


def test_a_stolen_tablet_holds_no_readable_answer(ouvrir_profil, preparation):
    ouvrir, profil = ouvrir_profil
    page = inscrire(ouvrir(), preparation)
    page.context.set_offline(True)
    for _ in range(3):
        remplir(page)
        envoyer(page)
        page.get_by_role("button", name="Personne suivante").click()
    remplir(page, "SECRETB à moitié")
    tuer(profil)
    assert sur_le_disque(profil, "SECRETA") == []
    assert sur_le_disque(profil, "SECRETB") == []
    assert sur_le_disque(profil, cle_courante().kid)  # the search does find what is there


def test_what_was_sealed_survives_a_kill_and_leaves_once(ouvrir_profil, preparation):
    ouvrir, profil = ouvrir_profil
    page = inscrire(ouvrir(), preparation)
    adresse = page.url
    page.route("**/o/envois/", lambda r: r.abort())
    remplir(page)
    envoyer(page)
    tuer(profil)
    assert not Passation.objects.exists()
    page = ouvrir()
    page.goto(adresse)
    attendre(page, "attente", "0")
    assert la_passation().reponses["mots"] == MOTS


def test_on_ones_own_phone_the_draft_survives_a_kill(ouvrir_profil, live_server, seance):
    ouvrir, profil = ouvrir_profil
    page = ouvrir()
    adresse = f"{live_server.url}/o/{seance.acces.jeton}/fr/"
    page.goto(adresse)
    attendre(page, "pret", "1")
    remplir(page)
    page.wait_for_timeout(500)
    tuer(profil)
    page = ouvrir()
    page.goto(adresse)
    attendre(page, "repris", "1")
    expect(page.locator("#bilan")).to_contain_text(MOTS)
