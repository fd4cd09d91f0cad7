"""Text twice as large on a screen of 320 px: short words stay whole beside or under their drawing."""

import pytest
from playwright.sync_api import expect

from enquetes.actions.questionnaires import charger_bibliotheque
from tests import builders

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]

COUPES = """() => [...document.querySelectorAll(".o label span")].flatMap(e => {
  const noeud = e.firstChild, coupes = [];
  for (const mot of noeud.data.matchAll(/[\\p{L}\\p{M}]+/gu)) {
    const r = document.createRange();
    r.setStart(noeud, mot.index);
    r.setEnd(noeud, mot.index + mot[0].length);
    if (mot[0].length < 8 && new Set([...r.getClientRects()].map(c => Math.round(c.top))).size > 1) coupes.push(mot[0]);
  }
  return coupes;
})"""


@pytest.mark.parametrize("langue", ["fr", "ar"])
def test_short_words_are_not_cut_on_a_narrow_screen_with_large_text(page, live_server, langue):
    versions = {v.questionnaire.code: v for v in charger_bibliotheque(par="essai")}
    collecte = builders.une_collecte_ouverte(version=versions["besoins"], langues=("fr", "ar"))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/r/{builders.lien_principal(collecte).jeton}/?langue={langue}")
    page.locator("main a.bouton").first.click()
    vues = 0
    for _ in range(20):
        expect(page.locator("h1").first).to_be_visible()
        if page.locator("dl.bilan").count():
            break
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        vues += page.locator(".o label svg").count()
        assert page.evaluate(COUPES) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.evaluate("document.documentElement.style.fontSize = ''")
        if page.locator(".o input").count():
            page.locator(".o label").first.click()
        page.locator("main form button[type=submit]").last.click()
    assert vues > 5


@pytest.mark.parametrize("langue", ["fr", "uk"])
def test_the_welcome_page_leaves_its_words_their_room(page, live_server, langue):
    """« По / чати », « Ви / може / те »: a drawing beside them took half of the line."""
    versions = {v.questionnaire.code: v for v in charger_bibliotheque(par="essai")}
    collecte = builders.une_collecte_ouverte(version=versions["besoins"], langues=("fr", "uk"))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/r/{builders.lien_principal(collecte).jeton}/?langue={langue}")
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    page.locator("main").evaluate("e => { e.style.letterSpacing = '.12em'; }")
    coupes = COUPES.replace(".o label span", ".raisons b, .raisons span, main .bouton")
    assert page.evaluate(coupes) == []
    assert page.locator(".raisons div").first.evaluate("e => e.offsetWidth") > 250
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


GROUPES_COUPES = """e => [0, 5].filter(debut => {
  const r = document.createRange();
  r.setStart(e.firstChild, debut);
  r.setEnd(e.firstChild, debut + 4);
  return new Set([...r.getClientRects()].map(c => Math.round(c.top))).size > 1;
})"""


def test_a_code_is_not_cut_inside_its_groups_with_large_and_spaced_text(page, live_server):
    """« 77MT / -4TF / T » is copied wrong, and a wrong code erases nothing."""
    versions = {v.questionnaire.code: v for v in charger_bibliotheque(par="essai")}
    collecte = builders.une_collecte_ouverte(version=versions["cuis"])
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/r/{builders.lien_principal(collecte).jeton}/")
    page.locator("main a.bouton").first.click()
    while not page.locator(".code").count():
        if page.locator(".o input").count():
            page.locator(".o label").first.click()
        page.locator("main form button[type=submit]").last.click()
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    page.locator(".code").evaluate("e => { e.style.letterSpacing = '.12em'; }")
    assert page.locator(".code").evaluate(GROUPES_COUPES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


LIGNES = """e => {
  const r = document.createRange();
  r.selectNodeContents(e);
  return new Set([...r.getClientRects()].map(c => Math.round(c.top))).size;
}"""


def test_the_main_button_stays_whole_with_large_and_spaced_text(page, live_server):
    """« Continu / er »: a word cut without a hyphen is another word."""
    versions = {v.questionnaire.code: v for v in charger_bibliotheque(par="essai")}
    collecte = builders.une_collecte_ouverte(version=versions["besoins"])
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/r/{builders.lien_principal(collecte).jeton}/")
    page.locator("main a.bouton").first.click()
    bouton = page.locator("main form button[type=submit]").last
    expect(bouton).to_have_text("Continuer")
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    bouton.evaluate("e => { e.style.letterSpacing = '.12em'; }")
    assert bouton.evaluate(LIGNES) == 1
