"""What respondents' pages weigh (accessibilité §3.4) and whether their HTML is right, in every state.

Bytes are those that a phone receives: headers, and the body as brotli sends it at level 6. A page
is one request (a browser counts them in tests/functional), so its bytes are all there is; style and
script, which are inside, have budgets of their own (tests/unit/voix/commun/test_inclus.py).
"""

import re
from pathlib import Path

import brotli
import html5lib
import pytest
from django.test.signals import template_rendered

from enquetes.bibliotheque import codes, lire
from enquetes.parcours.lecture import definition_depuis
from enquetes.views.passation import rendu
from tests import etats
from tests.functional.verifications import verifier_html

pytestmark = pytest.mark.django_db(transaction=True)

PREMIERE, SUIVANTES, DIX_ETAPES = 10_240, 8_192, 60 * 1024
"""The gates of §3.4, in bytes."""
ATTEINT = 5_120
"""What every page holds today, in every state and language: nobody gives it back without a reason."""
ENTETES = 768
"""More than the headers of any page, the cookie of the proof included."""
NB_MAX_NOEUDS = 200
PASSATION = Path(__file__).resolve().parents[3] / "templates/enquetes/passation"
SEULS_APPELS = ['<link rel="icon" href="data:,">', "<script>"]


def poids(page) -> int:
    """Return the bytes of a page on the wire."""
    entetes = sum(len(f"{nom}: {valeur}\r\n".encode()) for nom, valeur in page.headers.items())
    temoins = sum(len(f"Set-Cookie: {t.OutputString()}\r\n") for t in page.cookies.values())
    corps = len(brotli.compress(page.content, quality=6)) if page.content else 0
    return len("HTTP/1.1 200 OK\r\n\r\n") + entetes + temoins + corps


@pytest.fixture(params=etats.LANGUES)
def langue(request) -> str:
    return request.param


@pytest.fixture
def pages(langue):
    """Return every page in every state; a template that none of them uses fails the test."""
    rendu._patron_fixe.cache_clear()  # else a page drawn by an earlier test names no template
    rendus: set[str] = set()

    def noter(template, **_autres) -> None:
        rendus.add(template.name)

    template_rendered.connect(noter)
    pages = etats.tous(langue)
    template_rendered.disconnect(noter)
    assert {f"enquetes/passation/{f.name}" for f in PASSATION.glob("*.html")} <= rendus
    return pages


def test_every_page_keeps_its_budget_and_calls_nothing(pages):
    assert poids(pages["bienvenue"]) <= PREMIERE
    assert {nom: poids(page) for nom, page in pages.items() if poids(page) > SUIVANTES} == {}
    assert {nom: poids(page) for nom, page in pages.items() if poids(page) > ATTEINT} == {}
    for nom, page in pages.items():
        texte = page.content.decode()
        appels = r"<(?:link|script|iframe|img|audio|video|object|embed|source|use|image)\b[^>]*>"
        assert re.findall(appels, texte) == SEULS_APPELS, nom
        assert re.findall(r"url\(|@import|@font-face", texte) == [], nom


def test_html_is_right_and_in_its_language(pages, langue, tmp_path):
    verifier_html({nom: page.content.decode() for nom, page in pages.items()}, tmp_path)
    for nom, page in pages.items():
        racine = html5lib.parse(page.content.decode())
        sens = "rtl" if langue == "ar" else "ltr"
        assert (racine.attrib["lang"], racine.attrib["dir"]) == (langue, sens), nom


def test_pages_are_small_for_the_phone_too(pages):
    """Elements as §3.4 counts them; the summary grows with the questionnaire, four a question."""
    for nom, page in pages.items():
        noeuds = sum(1 for n in html5lib.parse(page.content.decode()).iter() if n.tag is not None)
        marge = 4 * len(etats.TOUS_TYPES["pages"]) if nom.startswith("verifier") else 0
        assert noeuds <= NB_MAX_NOEUDS + marge, nom


def test_ten_steps_weigh_less_than_one_photo(langue):
    """Ten question pages, their answers' redirections included."""
    personne = etats.une_personne(langue).ouvrir(etats.lien_de(etats.une_collecte("dix")))
    personne.ouvrir(etats.bouton(personne))
    total = 0
    for page in etats.TOUS_TYPES["pages"][:10]:
        adresse = personne.adresse
        total += poids(personne.page)
        saisie = personne.saisie() | etats.juste(personne, page["questions"][0]["code"])
        total += poids(personne.client.post(adresse, saisie))
        personne.repondre(saisie)
    assert total <= DIX_ETAPES


def test_no_cookie_but_the_proof_before_the_first_answer(langue):
    personne = etats.une_personne(langue).ouvrir(etats.lien_de(etats.une_collecte("temoins")))
    personne.ouvrir(etats.bouton(personne)).repondre()
    assert set(personne.client.cookies) == {"csrftoken"}


@pytest.mark.parametrize("code", codes())
def test_bundled_questionnaires_keep_the_budget_too(code):
    definition = definition_depuis(lire(code))
    mots = dict.fromkeys(rendu.MARQUES, "x" * 64)
    for langue in definition.langues:
        for page in definition.pages:
            html = rendu.page_de_question(page, langue, definition.langues, mots, {})
            corps = len(brotli.compress(html.encode(), quality=6))
            assert corps + ENTETES <= ATTEINT, (langue, page.code)
