"""The traps of accessibilité §5 that can be seen in what the server sends, in every page and state.

Elsewhere: T1, T5, T7, T15, T16, T19 in a browser (tests/functional/test_pages_repondants.py) and in
the style (tests/unit/voix/commun/test_inclus.py); T2, T3, T6 in test_passation.py; T4 and the bad
inputs in test_passation_secours.py; T10 in tests/integration/voix/test_pack.py; T13 in
tests/unit/enquetes/champs; bytes and third parties (T18) in test_poids.py. T20, the shared tablet,
belongs to séances.
"""

import re
from urllib.parse import quote

import html5lib
import pytest

from enquetes.models import Passation
from tests import etats
from tests.integration.enquetes.test_passation import lien, personne
from voix.commun import inclus

__all__ = ["lien", "personne"]
pytestmark = pytest.mark.django_db(transaction=True)

SANS_REPONSES = {
    f"{adresse}{suite}"
    for adresse in ("/aide/", "/aide/ou/", "/vie-privee/")
    for suite in ("", ", depuis un questionnaire")
}
SANS_TRADUCTION = {"Voix", "QR", "cookie", "XTR", "CCAS"}
"""The names, the letters of the code that is an example, and what is written on the door to find."""
ERREUR = {"fr": "Erreur\u00a0:", "en": "Error:", "ar": "خطأ:", "uk": "Помилка:"}


@pytest.fixture(params=etats.LANGUES)
def langue(request) -> str:
    return request.param


@pytest.fixture
def pages(langue):
    """Return the tree and the headers of every page by its name."""
    return {
        nom: (html5lib.parse(page.content.decode(), namespaceHTMLElements=False), page)
        for nom, page in etats.tous(langue).items()
    }


def noeuds(arbre, **attributs):
    return [n for n in arbre.iter() if all(n.attrib.get(a) == v for a, v in attributs.items())]


def texte(noeud) -> str:
    return " ".join("".join(noeud.itertext()).split(" ")).strip()


def verifier_titre(nom, arbre, langue) -> None:
    """Assert T8: the question is the heading and the title; an error is said first."""
    titre, [h1] = texte(arbre.find(".//title")), arbre.findall(".//h1")
    assert titre.endswith(" – Voix"), nom
    # On a shared device every page has one title: the history of the browser says nothing (K1).
    assert texte(h1) in titre or nom == "abandonner" or nom.startswith("partage"), nom
    en_erreur = bool(noeuds(arbre, id="err"))
    assert titre.startswith(ERREUR[langue]) == en_erreur, nom


def verifier_formulaires(nom, arbre) -> None:
    """Assert T9, T11, T12: one proof a form, nothing required, nothing remembered nor cut."""
    for formulaire in arbre.iter("form"):
        preuves = noeuds(formulaire, name="csrfmiddlewaretoken")
        # A code that is typed stores nothing, and opens to a phone that refuses cookies.
        assert len(preuves) == (0 if nom.startswith(("rejoindre", "carte")) else 1), nom
        assert "novalidate" in formulaire.attrib, nom
        saisies = [*formulaire.iter("input"), *formulaire.iter("textarea")]
        visibles = [s for s in saisies if s.attrib.get("type") != "hidden"]
        assert not visibles or formulaire.attrib.get("autocomplete") == "off", nom
        for saisie in visibles:
            assert not {"required", "maxlength", "pattern"} & set(saisie.attrib), nom
            assert saisie.attrib.get("type", "text") in {"text", "radio", "checkbox"}, nom
            if "aria-invalid" in saisie.attrib:
                assert saisie.attrib.get("type", "text") == "text", nom


def verifier_langues(nom, arbre, langue) -> None:
    """Assert T14: links of languages in their own language, never a flag; French named French."""
    for bouton in noeuds(arbre, name=".langue"):
        assert bouton.attrib["lang"] == bouton.attrib["value"] != langue, nom
        assert [f.attrib["method"] for f in noeuds(arbre, id=bouton.attrib["form"])] == ["post"]
        premier = next(n for n in arbre.iter("button"))
        assert (premier.attrib["form"], "name" in premier.attrib) == ("q", False), nom
    for ancre in arbre.iter("a"):
        if "hreflang" in ancre.attrib:
            assert ancre.attrib["lang"] == ancre.attrib["hreflang"] != langue, nom
            retour = (
                f"&de={quote('/r/x/', safe='')}"
                if nom.endswith(", depuis un questionnaire")
                else ""
            )
            assert ancre.attrib["href"] == f"?langue={ancre.attrib['lang']}{retour}", nom
    marques = [n for n in arbre.iter("b") if n.attrib.get("class") == "nom"]
    assert all(m.attrib.get("lang") == "fr" for m in marques), nom


def test_no_page_falls_into_a_trap(pages, langue):
    for nom, (arbre, page) in pages.items():
        verifier_titre(nom, arbre, langue)
        verifier_formulaires(nom, arbre)
        verifier_langues(nom, arbre, langue)
        vue = noeuds(arbre, name="viewport")[0].attrib["content"]
        assert vue == "width=device-width,initial-scale=1", nom
        poignees = [a for n in arbre.iter() for a in n.attrib if a.startswith("on")]
        assert poignees == [], nom
        assert page.headers.get("Cache-Control") == "no-store" or nom in SANS_REPONSES, nom


def sans_langue(noeud, langue) -> str:
    """Return the words that are said to be in the language of the page."""
    la_sienne = noeud.attrib.get("lang", langue) == langue and "hreflang" not in noeud.attrib
    est_un_code = noeud.attrib.get("class") == "code"
    if noeud.tag in {"script", "style", "svg", "textarea", "bdi"} or est_un_code or not la_sienne:
        return noeud.tail or ""
    dedans = "".join(sans_langue(enfant, langue) for enfant in noeud)
    return (noeud.text or "") + dedans + (noeud.tail or "")


def test_nothing_is_left_in_french(pages, langue):
    if langue not in {"ar", "uk"}:
        pytest.skip("Only another alphabet tells a word that nobody translated.")
    restes = {}
    for nom, (arbre, _page) in pages.items():
        dit = sans_langue(arbre, langue) + "".join(
            n.attrib.get(a, "") for n in arbre.iter() for a in ("aria-label", "alt", "title")
        )
        restes |= dict.fromkeys(re.findall(r"[A-Za-zÀ-ÿ]{2,}", dit), nom)
    assert {mot: nom for mot, nom in restes.items() if mot not in SANS_TRADUCTION} == {}


def test_style_and_script_are_allowed_by_their_hash_only(pages):
    for nom, (arbre, page) in pages.items():
        regles = page.headers["Content-Security-Policy"]
        assert "unsafe" not in regles, nom
        for balise in ("style", "script"):
            [element] = arbre.iter(balise)
            assert inclus.source_csp(element.text) in regles, nom


def test_nothing_is_pinned_over_the_text():
    style = inclus.style().replace(" ", "")
    assert "position:fixed" not in style
    assert "position:sticky" not in style
    assert "outline:none" not in style
    assert "outline:0" not in style


def test_a_second_tap_that_comes_after_the_first_was_answered_is_thanked(client, personne):
    """On a slow line the browser drops the first answer: the second is the one that is seen (T5)."""
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre().repondre()
    verifier = personne.adresse
    personne.repondre()
    encore = client.post(verifier)
    assert (encore.status_code, encore["Cache-Control"]) == (302, "no-store")
    assert encore.url == verifier.replace("verifier", "merci").partition("#")[0]
    assert Passation.objects.count() == 1
