"""Every state of every respondent's page, in every language: read by axe, enlarged, in forced colours."""

import pytest

from tests import etats
from tests.functional.verifications import (
    AXE,
    DEBORDE,
    ESPACEMENT,
    ETROITES,
    LANCER_AXE,
    REGARD,
)

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True), pytest.mark.slow]

ILLISIBLES = """() => {
  const n = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const clarte = c => n(c).slice(0, 3).map(x => x / 255)
    .map(x => x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4)
    .reduce((s, x, i) => s + x * [.2126, .7152, .0722][i], 0);
  const fond = e => {
    const c = getComputedStyle(e).backgroundColor;
    return n(c)[3] === 0 && e.parentElement ? fond(e.parentElement) : c;
  };
  const sur = (a, b) => (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  return [...document.querySelectorAll("main svg,main h1,main p,main a,main button,main label")]
    .filter(e => e.checkVisibility() && !e.closest(".vh"))
    .filter(e => sur(clarte(getComputedStyle(e).color), clarte(fond(e))) < 3)
    .map(e => e.tagName + "." + (e.className.baseVal ?? e.className));
}"""


def _ecarts(page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    axe = page.evaluate(LANCER_AXE)
    trouves = [*axe["violations"], *axe["incomplete"]]
    page.emulate_media(forced_colors="active", color_scheme="dark")
    trouves += [f"couleurs forcées {e}" for e in page.evaluate(ILLISIBLES)]
    page.emulate_media(forced_colors="none", color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate(ESPACEMENT)
    trouves += [f"320 px, 200 % {e}" for e in [*page.evaluate(DEBORDE), *page.evaluate(ETROITES)]]
    page.evaluate("document.adoptedStyleSheets = []")
    page.set_viewport_size({"width": 360, "height": 640})
    return trouves


@pytest.mark.parametrize("langue", etats.LANGUES)
def test_every_state_is_right_in_every_language(page, langue):
    ecarts = {}
    for nom, reponse in etats.tous(langue).items():
        page.set_content(reponse.content.decode())
        if REGARD["porte"] and (trouves := _ecarts(page)):
            ecarts[nom] = trouves
    assert ecarts == {}
