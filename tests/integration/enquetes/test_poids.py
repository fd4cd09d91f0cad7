"""What respondents' pages weigh (accessibilité §3.4) and whether their HTML is right, in every state.

Bytes are those that a phone receives: headers, and the body as the server compresses it. A page is one request (a browser counts them in tests/functional), so its bytes are all there is; style and
script, which are inside, have budgets of their own (tests/unit/voix/commun/test_inclus.py).
"""

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin

import html5lib
import pytest
from django.middleware.gzip import GZipMiddleware
from django.test.signals import template_rendered

from enquetes.bibliotheque import codes, lire
from enquetes.parcours.lecture import definition_depuis
from enquetes.views.passation import rendu
from tests import builders, etats
from tests.functional.verifications import verifier_html
from voix.commun import inclus

pytestmark = pytest.mark.django_db(transaction=True)

PREMIERE, SUIVANTES, DIX_ETAPES = 10_240, 8_192, 60 * 1024
"""The gates of §3.4, in bytes."""
ATTEINT = 5_632
"""What every page holds today, in every state and language: nobody gives it back without a reason."""
ENTETES = 768
"""More than the headers of any page, the cookie of the proof included."""
NIVEAU, LEURRE = 6, GZipMiddleware.max_random_bytes + len("nom")
"""Of Django's own compression, which adds bytes drawn at random: the length then tells nothing."""
NB_MAX_NOEUDS = 200
PASSATION = Path(__file__).resolve().parents[3] / "templates/enquetes/passation"
SEULS_APPELS = ['<link rel="icon" href="data:,">', "<script>"]


def comprime(corps: bytes) -> int:
    return len(gzip.compress(corps, NIVEAU)) + LEURRE


SERVEUR = "Server: gunicorn\r\nDate: Thu, 26 Nov 2026 20:03:23 GMT\r\nConnection: keep-alive\r\n"
"""What gunicorn adds to each answer, and the test client does not."""


def poids(page) -> int:
    """Return the bytes of a page on the wire."""
    entetes = len(SERVEUR)
    entetes += sum(len(f"{nom}: {valeur}\r\n".encode()) for nom, valeur in page.headers.items())
    temoins = sum(len(f"Set-Cookie: {t.OutputString()}\r\n") for t in page.cookies.values())
    corps = comprime(page.content) if page.content else 0
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


def test_a_phone_receives_no_more_than_is_counted_here(langue):
    personne = etats.une_personne(langue).ouvrir(etats.lien_de(etats.une_collecte("recu")))
    personne.ouvrir(etats.bouton(personne))
    page = personne.client.get(personne.adresse, headers={"accept-encoding": "gzip, deflate, br"})
    assert page["Content-Encoding"] == "gzip"
    recu = gzip.decompress(page.content).decode()
    assert recu.count("<h1") == 1
    assert len(page.content) <= comprime(recu.encode())


def test_html_is_right_and_in_its_language(pages, langue):
    verifier_html({nom: page.content.decode() for nom, page in pages.items()})
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


def dix_etapes(personne) -> int:
    """Return the bytes of a welcome, ten questions, and the redirection that each answer brings."""
    total, faites = poids(personne.page), 0
    personne.ouvrir(etats.bouton(personne))
    while faites < 10 and personne.etape != "verifier":
        total += poids(personne.page)
        saisie = personne.saisie() | etats.juste(personne, _question(personne))
        reponse = personne.client.post(personne.adresse, saisie)
        assert reponse.status_code == 302
        total += poids(reponse)
        personne.ouvrir(urljoin(personne.adresse, reponse["Location"]))
        faites += 1
    return total


def _question(personne) -> str:
    """Return the code of the question that the page asks; nothing where it asks none."""
    noms = [n.attrib.get("name", "") for n in personne.arbre.iter() if n.attrib.get("id")]
    return next((nom for nom in noms if nom), "")


def test_ten_steps_weigh_less_than_one_photo(langue):
    personne = etats.une_personne(langue).ouvrir(etats.lien_de(etats.une_collecte("dix")))
    assert dix_etapes(personne) <= DIX_ETAPES


@pytest.mark.parametrize("code", codes())
def test_ten_steps_of_each_bundled_questionnaire_keep_the_budget(code):
    version = builders.une_version(lire(code))
    langues = version.lue().langues
    lien = etats.lien_de(
        builders.une_collecte_ouverte(nom="dix", version=version, langues=langues)
    )
    totaux = {
        langue: dix_etapes(etats.une_personne(langue).ouvrir(lien + f"?langue={langue}&autre=1"))
        for langue in langues
    }
    assert {langue: total for langue, total in totaux.items() if total > DIX_ETAPES} == {}


def test_a_redirection_carries_nothing_that_is_said_of_a_document():
    personne = etats.une_personne("fr").ouvrir(etats.lien_de(etats.une_collecte("leger")))
    personne.ouvrir(etats.bouton(personne))
    envoi = personne.client.post(personne.adresse, personne.saisie())
    assert envoi.status_code == 302
    assert {nom.lower() for nom in envoi.headers} == {
        "location",
        "content-length",
        "cache-control",
        "cross-origin-opener-policy",
    }
    page = personne.client.get(personne.adresse)
    for nom in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "X-Robots-Tag"):
        assert page[nom], nom


def test_the_policy_of_a_question_allows_its_style_its_script_and_its_form_only():
    personne = etats.une_personne("fr").ouvrir(etats.lien_de(etats.une_collecte("regles")))
    accueil = personne.page["Content-Security-Policy"]
    personne.ouvrir(etats.bouton(personne))
    regles = dict(r.split(" ", 1) for r in personne.page["Content-Security-Policy"].split(";"))
    assert regles == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
        "img-src": "data:",
        "script-src": inclus.source_csp(inclus.script()),
        "style-src": inclus.source_csp(inclus.style_de_question()),
    }
    assert "connect-src 'self'" in accueil


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
            assert comprime(html.encode()) + ENTETES <= ATTEINT, (langue, page.code)
