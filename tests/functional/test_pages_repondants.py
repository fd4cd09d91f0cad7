"""Every page of a respondent, in every language, in a real browser."""

import json
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from enquetes.bibliotheque import lire
from tests import builders
from tests.functional.verifications import verifier_axe, verifier_page
from tests.integration.test_html import ERREURS

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]

TOUS_TYPES = json.loads(
    (Path(__file__).resolve().parents[1] / "questionnaires/tous_types.json").read_text("utf-8")
)
LANGUES = ("fr", "en", "ar", "uk")
PAGES = [page["code"] for page in TOUS_TYPES["pages"]]

COULEURS_FORCEES = """dessins => dessins.map(d => {
  const trait = getComputedStyle(d.firstElementChild).stroke, fond = getComputedStyle(d).backgroundColor;
  return trait === getComputedStyle(d.parentElement).color && fond === "rgba(0, 0, 0, 0)";
})"""


@pytest.fixture
def lien(live_server):
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(TOUS_TYPES), langues=LANGUES
    )
    return f"{live_server.url}/r/{builders.lien_principal(collecte).jeton}/"


@pytest.mark.parametrize("langue", LANGUES)
def test_every_page_type_is_right_in_every_language(page, lien, langue):
    page.goto(f"{lien}?langue={langue}")
    verifier_page(page)
    assert page.locator("html").get_attribute("dir") == ("rtl" if langue == "ar" else "ltr")
    page.locator("main .bouton").last.click()
    for code in PAGES:
        assert f"/{code}/" in page.url
        verifier_page(page)
        if page.locator("fieldset input").count():
            page.locator("fieldset input").first.check()
            verifier_axe(page)
        elif page.locator("textarea").count():
            page.locator("textarea").fill("Merci ! <b> \u202e")
        elif page.locator("input[type=text]").count():
            page.locator("input[type=text]").fill("03/2025" if code == "mois" else "3")
        page.locator("main form button[type=submit]").click()
    assert "/verifier/" in page.url
    verifier_page(page)
    page.locator("main form button[type=submit]").click()
    verifier_page(page)
    page.goto(lien)
    verifier_page(page)


def _compter(page) -> tuple[list[int], list[int]]:
    """Return what the browser receives: bytes of its pages, bytes of its redirections."""
    pages: list[int] = []
    redirections: list[int] = []
    outils = page.context.new_cdp_session(page)
    outils.send("Network.enable")

    def noter(demande) -> None:
        if "redirectResponse" in demande:
            redirections.append(demande["redirectResponse"]["encodedDataLength"])

    outils.on("Network.requestWillBeSent", noter)
    outils.on("Network.loadingFinished", lambda fin: pages.append(fin["encodedDataLength"]))
    return pages, redirections


@pytest.mark.parametrize("langue", LANGUES)
def test_ten_questions_weigh_less_than_sixty_kilobytes_in_a_browser(
    page_sans_js, live_server, langue
):
    page = page_sans_js
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(lire("besoins")), langues=LANGUES
    )
    pages, redirections = _compter(page)
    adresse = f"{live_server.url}/r/{builders.lien_principal(collecte).jeton}/?langue={langue}"
    page.goto(adresse)
    page.locator("main .bouton").last.click()
    for rang in range(1, 11):
        expect(page.locator(".etape")).to_contain_text(str(rang))
        if page.locator("fieldset input").count():
            page.locator("fieldset input").first.check()
        page.locator("main form button[type=submit]").click()
    expect(page.locator(".etape")).to_contain_text("11")
    page.wait_for_load_state("load")
    assert (len(pages), len(redirections)) == (12, 10), "a page is one request"
    assert sum(pages[:11]) + sum(redirections) <= 60 * 1024


@pytest.mark.parametrize("langue", LANGUES)
@pytest.mark.parametrize(("code", "saisie"), [("nombre", "quatre"), ("mois", "hier")])
def test_errors_take_the_focus_without_javascript(page_sans_js, lien, langue, code, saisie):
    page = page_sans_js
    page.goto(f"{lien}?langue={langue}")
    debut = page.locator("main .bouton").last.get_attribute("href")
    page.goto(lien.split("/r/")[0] + debut.replace("/information/", f"/{code}/"))
    page.locator("input[type=text]").fill(saisie)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#err")).to_be_visible()
    assert page.locator("input[type=text]").input_value() == saisie
    assert page.locator("#err:focus, #err:target").count() == 1


def test_a_language_chosen_with_an_answer_ticked_keeps_it_without_javascript(page_sans_js, lien):
    page = page_sans_js
    page.goto(f"{lien}?langue=fr")
    debut = page.locator("main .bouton").last.get_attribute("href")
    page.goto(lien.split("/r/")[0] + debut.replace("/information/", "/nombre/"))
    page.locator("input[type=text]").fill("quat")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("input[type=text]")).to_have_value("quat")
    expect(page.locator("#err")).to_have_count(0)
    page.locator("input[type=text]").fill("4")
    page.locator("input[type=text]").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "/nombre/" not in page.url, "Enter continues, and does not change the language"
    page.go_back()
    expect(page.locator("input[type=text]")).to_have_value("4")


def test_error_pages_are_right_too(page, lien):
    page.goto(lien)
    debut = page.locator("main .bouton").last.get_attribute("href")
    racine = lien.split("/r/")[0]
    page.goto(racine + debut.replace("/information/", "/nombre/"))
    page.locator("input[type=text]").fill("quatre")
    page.locator("main form button[type=submit]").click()
    assert page.title().startswith("Erreur")
    verifier_page(page)
    page.get_by_role("link", name="Écrivez un nombre").click()
    assert page.evaluate("document.activeElement.name") == "no"


@pytest.mark.parametrize(
    "adresse",
    [
        "",
        "aide/",
        "aide/ou/",
        "vie-privee/",
        "accessibilite/",
        "mentions/",
        "effacer/",
        "r/rien/",
        "compte/login/",
    ],
)
def test_public_pages_are_right(page, live_server, adresse):
    page.goto(f"{live_server.url}/{adresse}")
    verifier_page(page)


@pytest.mark.parametrize("code", ERREURS)
@pytest.mark.parametrize("equipe", [False, True])
def test_pages_of_errors_are_right(page, live_server, code, equipe):
    page.goto(f"{live_server.url}/rien/")  # their links are those of the site
    page.set_content(render_to_string(f"{code}.html", {"equipe": equipe}))
    verifier_page(page)
    assert page.title() == f"{page.locator('h1').text_content()} – Voix"
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("body > :first-child").get_attribute("href") == "#m"
    assert page.locator("main#m p").count() >= 2, "what to do, and a way on"


def test_the_skip_link_of_an_error_leads_to_what_is_said(page, live_server):
    page.goto(f"{live_server.url}/rien/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#m"


def test_whole_journey_with_the_keyboard_only(page, lien):
    page.goto(lien)

    def tabuler_jusqu_a(selecteur: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selecteur):
                return
        raise AssertionError(f"{selecteur} cannot be reached on {page.url}")

    tabuler_jusqu_a("main .bouton")
    page.keyboard.press("Enter")
    for code in PAGES:
        page.wait_for_url(f"**/{code}/**")
        if page.locator("fieldset input").count():
            tabuler_jusqu_a("fieldset input")
            page.keyboard.press("Space")
            assert page.locator("fieldset input:checked").count() == 1
        tabuler_jusqu_a("main form button[type=submit]")
        page.keyboard.press("Enter")
    page.wait_for_url("**/verifier/**")
    tabuler_jusqu_a("main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/merci/**")


def test_browser_back_shows_the_answer_and_double_tap_sends_once(page, lien):
    page.goto(lien)
    page.locator("main .bouton").last.click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("À l’épicerie solidaire").check()
    page.get_by_role("button", name="Continuer").click()
    page.go_back()
    assert page.get_by_label("À l’épicerie solidaire").is_checked()
    page.get_by_role("button", name="Effacer mes réponses").wait_for()
    for _ in range(len(PAGES) - 1):
        page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Envoyer mes réponses").dblclick()
    page.wait_for_url("**/merci/**")
    assert page.locator(".code").inner_text()
    page.reload()
    assert page.locator("h1").inner_text() == "Merci\u00a0!"


def test_browser_back_works_after_a_fault_was_corrected(page, lien):
    """Trap T1: a page that answered a POST would be the browser's own error under the Back key."""
    page.goto(lien)
    page.locator("main .bouton").last.click()
    while "/nombre/" not in page.url:
        page.get_by_role("button", name="Continuer").click()
    champ = page.locator("input[inputmode=numeric]")
    champ.fill("vingt")
    page.get_by_role("button", name="Continuer").click()
    assert page.get_by_role("alert").inner_text()
    assert champ.input_value() == "vingt"
    champ.fill("4")
    page.get_by_role("button", name="Continuer").click()
    page.go_back()
    assert (champ.input_value(), page.get_by_role("alert").count()) == ("4", 0)
    page.go_back()
    assert page.get_by_role("button", name="Continuer").is_visible()


def test_a_press_that_led_nowhere_can_be_done_again(page, lien):
    page.goto(lien)
    page.locator("main .bouton").last.click()
    page.clock.install()
    bouton = page.get_by_role("button", name="Continuer")
    page.route("**/information/", lambda route: route.abort("aborted"))
    bouton.click(no_wait_after=True)
    expect(bouton).to_have_attribute("aria-disabled", "true")
    page.clock.run_for(8_000)
    expect(bouton).to_have_attribute("aria-disabled", "false")
    page.unroute("**/information/")
    bouton.click()
    page.wait_for_url(f"**/{PAGES[1]}/**")


def test_choosing_an_answer_never_leaves_the_page(page, lien):
    page.goto(lien)
    page.locator("main .bouton").last.click()
    page.get_by_role("button", name="Continuer").click()
    ici = page.url
    for bouton in page.locator("fieldset input:not([type=text])").all():
        bouton.check()
        assert page.evaluate("new Promise(suite => setTimeout(() => suite(location.href)))") == ici


def test_first_page_is_one_request(page, lien):
    demandes = []
    page.on("request", lambda requete: demandes.append(requete.url))
    page.goto(lien)
    page.locator("main .bouton").last.click()
    page.wait_for_load_state("networkidle")
    assert len([url for url in demandes if not url.startswith("data:")]) == 2


def test_forced_colours_still_show_what_is_ticked(navigateur, lien):
    contexte = navigateur.new_context(
        viewport={"width": 360, "height": 640}, forced_colors="active"
    )
    page = contexte.new_page()
    page.goto(lien)
    page.locator("main .bouton").last.click()
    page.locator("main form button[type=submit]").click()
    page.locator("fieldset input").first.check()
    style = page.locator("fieldset label").first.evaluate("e => getComputedStyle(e).outlineStyle")
    contexte.close()
    assert style == "solid"


@pytest.mark.parametrize("fond", ["dark", "light"])
def test_forced_colours_draw_pictograms_as_they_write_words(navigateur, lien, fond):
    """Faces kept the colour of the house on the black that the person chose: 1.7 to 1."""
    contexte = navigateur.new_context(
        viewport={"width": 360, "height": 640}, forced_colors="active", color_scheme=fond
    )
    page = contexte.new_page()
    page.goto(lien)
    vus = set(page.locator("svg.pic").evaluate_all(COULEURS_FORCEES))
    page.locator("main .bouton").last.click()
    while not page.locator(".o svg").count():
        page.locator("main form button[type=submit]").click()
    page.locator("fieldset input").first.check()
    vus |= set(page.locator(".o svg, svg.pic").evaluate_all(COULEURS_FORCEES))
    contexte.close()
    assert vus == {True}


MOTS = "Un texte long que j’écris depuis dix minutes"


def _ecrire(page, lien, langue="fr") -> str:
    page.goto(f"{lien}?langue={langue}")
    debut = page.locator("main .bouton").last.get_attribute("href")
    adresse = lien.split("/r/")[0] + debut.replace("/information/", "/texte-long/")
    page.goto(adresse)
    page.locator("textarea").fill(MOTS)
    return adresse


@pytest.mark.parametrize("langue", LANGUES)
@pytest.mark.parametrize("rang", range(-5, 0))
def test_words_typed_survive_each_way_out_without_javascript(page_sans_js, lien, langue, rang):
    """By the link that leads back, then by the key Back of the browser."""
    page = page_sans_js
    adresse = _ecrire(page, lien, langue)
    page.locator("footer button").nth(rang + 5).click()
    assert "/texte-long/" not in page.url
    retour = page.locator("main a.retour, main a.bouton")
    retour.first.click()
    assert page.url.partition("?")[0] == adresse.partition("?")[0]
    expect(page.locator("textarea")).to_have_value(MOTS)
    page.locator("footer button").nth(rang + 5).click()
    page.go_back()
    expect(page.locator("textarea")).to_have_value(MOTS)
    page.locator("main button.retour").press("Enter")
    assert "/texte-long/" not in page.url
    page.go_back()
    expect(page.locator("textarea")).to_have_value(MOTS)


@pytest.mark.parametrize("langue", LANGUES)
def test_ways_out_of_a_question_look_like_the_links_of_other_pages(page, lien, langue):
    _ecrire(page, lien, langue)
    assert page.evaluate(LARGEUR) <= 0
    boutons = page.locator("footer button")
    tailles = boutons.evaluate_all("l => l.map(b => b.getBoundingClientRect().height)")
    assert (len(tailles), min(tailles) >= 44) == (5, True)
    dessins = boutons.evaluate_all(DESSIN)
    page.get_by_role("button").nth(-4).press("Enter")
    page.wait_for_url("**/aide/*")
    assert dessins[-4:] == page.locator("footer a").evaluate_all(DESSIN)


LARGEUR = "document.documentElement.scrollWidth - innerWidth"
DESSIN = """liens => liens.map(a => {
    const s = getComputedStyle(a), b = a.getBoundingClientRect();
    return [a.textContent.trim(), s.color, s.textDecorationLine, s.fontSize, s.fontWeight, s.display,
            s.backgroundColor, s.cursor, b.width, b.height];
})"""
