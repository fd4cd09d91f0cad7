"""One tablet that families pass round at a distribution, each with her card, with no network."""

import time
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from enquetes.actions.suivi.cartes import carte_de_code, passation_de
from enquetes.models import Passation, Rang
from enquetes.parcours import code_effacement as codes
from tests import builders
from tests.boite import poser_la_cle
from tests.functional.test_hors_ligne import attendre, envoyer
from tests.functional.test_kiosque import inscrire
from tests.functional.verifications import verifier_axe
from tests.suivi import DEFINITION, un_projet_de_cohorte, une_carte, une_cohorte

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]

LIRE = """async (saisis) => {
  const { lireCarte } = await import(document.querySelector("script[src]").src);
  return saisis.map((s) => lireCarte(s));
}"""
PARTOUT = "document.documentElement.outerHTML + [...document.querySelectorAll('input')].map(e => e.value) + location.href"
CAMERA = """window.BarcodeDetector = class { async detect() { return [{ rawValue: "https://voix.fr/carte/#%s" }]; } };
navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
HTMLMediaElement.prototype.play = async () => {};"""
"""This Chromium reads no QR code by itself: what a telephone's would give, and a blank picture."""
SANS_CARTE = """window.BarcodeDetector = class { async detect() { return []; } };
navigator.mediaDevices.getUserMedia = async () => {
  const toile = Object.assign(document.createElement("canvas"), { width: 1280, height: 960 });
  const dessin = toile.getContext("2d");
  setInterval(() => dessin.fillRect(0, 0, 1280, 960), 50);
  return toile.captureStream();
};"""
"""A camera as wide as a real one, that sees no card."""


@pytest.fixture
def cohorte():
    poser_la_cle()
    return une_cohorte(cartes=0)


@pytest.fixture
def preparation(live_server, cohorte):
    jeton = builders.lien_principal(cohorte.vague(Rang.ENTREE).collecte).jeton
    return f"{live_server.url}/o/{jeton}/preparer/#t={jeton}"


def repondre(page, jours):
    page.locator(f"section:visible input[value='{jours}']").check(force=True)
    while not page.locator("#bilan").is_visible():
        page.get_by_role("button", name="Continuer").click()


def reponses(cohorte, code):
    """Return the answers of a card, opened a moment after they were acknowledged."""
    identifiant = passation_de(carte_de_code(code), cohorte.vague(Rang.ENTREE))
    for _ in range(100):
        if Passation.objects.filter(pk=identifiant).exists():
            break
        time.sleep(0.05)
    return Passation.objects.get(pk=identifiant).reponses


def exiger_la_meme_lecture(page, bon):
    """Read codes on the device as the server does: every wrong sign, every transposition."""
    saisis = [
        bon,
        bon.lower(),
        bon.replace("-", "\u2011"),
        f" {bon[:2]}.{bon[2:]}\u00a0",
        bon[:-1],
    ]
    saisis += [bon[:n] + s + bon[n + 1 :] for n in range(9) for s in f"{codes.ALPHABET}0OI- é"]
    saisis += [bon[:n] + bon[n + 1] + bon[n] + bon[n + 2 :] for n in range(8)]
    assert page.evaluate(LIRE, saisis) == [codes.lire(s) or "" for s in saisis]


def test_a_wrong_code_is_corrected_gently_and_nobody_sees_the_card_before(
    page, preparation, cohorte
):
    un, deux = (une_carte(cohorte).code for _ in range(2))
    inscrire(page, preparation)
    exiger_la_meme_lecture(page, un)
    page.context.set_offline(True)
    page.reload()
    champ = page.get_by_label("Le code de votre carte")
    for faux in ("", un[:5], un[:-1] + ("2" if un[-1] != "2" else "3"), "Dupont"):
        champ.fill(faux)
        page.get_by_role("button", name="Commencer").click()
        expect(page.locator("#carte-err")).to_contain_text("8 signes")
        expect(champ).to_have_value(faux)
        expect(champ).to_be_focused()
    expect(page.locator("#carte-err")).to_contain_text("aucune carte\u00a0: U O")
    verifier_axe(page)
    champ.fill("")
    for code, jours, tape in (
        (un, "4", f" {un.lower()}"),
        (deux, "0", f"https://voix.fr/carte/#{deux}"),
    ):
        expect(champ).to_have_value("")
        champ.fill(tape)
        champ.press("Enter")
        repondre(page, jours)
        envoyer(page)
        assert code not in page.evaluate(PARTOUT)
        page.get_by_role("button", name="Personne suivante").click()
    page.context.set_offline(False)
    attendre(page, "attente", "0")
    assert [reponses(cohorte, code)["a3"] for code in (un, deux)] == ["4", "0"]
    assert Passation.objects.count() == 2


def test_a_card_is_scanned_and_forgotten_when_its_family_leaves(page, preparation, cohorte):
    code = une_carte(cohorte).code
    page.clock.install()
    page.add_init_script(CAMERA % code)
    inscrire(page, preparation)
    page.get_by_role("button", name="Scanner ma carte").click()
    champ = page.get_by_label("Le code de votre carte")
    expect(champ).to_have_value(code)
    expect(page.locator("#vue")).to_be_hidden()
    page.get_by_role("button", name="Commencer").click()
    repondre(page, "4")
    for _ in range(7):  # all the way back to the welcome, then gone
        page.get_by_role("button", name="Retour").click()
    expect(champ).to_have_value(code)
    page.clock.fast_forward(121_000)
    expect(champ).to_have_value("")
    assert not page.locator("#f input:checked").count()
    page.clock.fast_forward(40 * 86_400_000)
    champ.fill(code)
    page.get_by_role("button", name="Commencer").click()
    expect(page.locator("#carte-err")).to_contain_text("préparer la tablette à nouveau")


def test_the_camera_fits_a_telephone_says_what_to_show_and_stops_in_arabic(page, live_server):
    poser_la_cle()
    version = builders.une_version(DEFINITION | {"code": "suivi-ar", "langues": ["fr", "ar"]})
    vagues = [replace(vague, version=version) for vague in un_projet_de_cohorte().vagues]
    cohorte = une_cohorte(cartes=0, vagues=vagues)
    jeton = builders.lien_principal(cohorte.vague(Rang.ENTREE).collecte).jeton
    page.add_init_script(SANS_CARTE)
    page.goto(f"{live_server.url}/o/{jeton}/ar/")
    attendre(page, "partage", "1")
    bouton, vue = page.locator("#scanner"), page.locator("#vue")
    page.locator("#carte").press("Tab")
    expect(bouton).to_be_focused()
    page.keyboard.press("Enter")
    expect(vue).to_be_visible()
    expect(vue).to_have_js_property("videoWidth", 1280)
    expect(page.get_by_text("وجّهوا المربع الذي على بطاقتكم")).to_be_visible()
    expect(bouton).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    verifier_axe(page)
    page.keyboard.press("Enter")
    expect(vue).to_be_hidden()
    expect(bouton).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_text("وجّهوا المربع")).to_have_count(0)
    expect(page.locator("#carte")).to_be_focused()
