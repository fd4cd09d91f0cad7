"""What every respondent's page carries inside: small, static, understood by old phones."""

import re

import brotli
import pytest

from voix.commun import inclus

VIEUX_TELEPHONES = {
    "gap between flex items": r"(?<![-\w])(?:row-|column-)?gap:",
    "inset": r"inset(?:-inline|-block)?(?:-start|-end)?:",
    "shorthand of logical margins": r"(?:margin|padding)-(?:inline|block):",
    "selector that voids its rule": r":(?:is|where|has)\(",
    "focus ring taken away": r"outline:\s*(?:none|0)\b",
    "physical side": r"(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)",
    "text in pixels": r"html\{[^}]*font:\s*\d+px",
}


def _poids(texte: str) -> tuple[int, int]:
    return len(texte.encode()), len(brotli.compress(texte.encode()))


def test_style_keeps_its_budget():
    brut, compresse = _poids(inclus.style())
    assert brut <= 6 * 1024
    assert compresse <= 2 * 1024


def test_script_keeps_its_budget():
    brut, compresse = _poids(inclus.script())
    assert brut <= 2 * 1024
    assert compresse <= 1024


@pytest.mark.parametrize("motif", VIEUX_TELEPHONES.values(), ids=VIEUX_TELEPHONES)
def test_style_holds_nothing_that_old_phones_misread(motif):
    assert re.findall(motif, inclus.style()) == []


def test_script_is_written_for_old_phones():
    assert re.findall(r"=>|\b(?:let|const|async|class)\b|`", inclus.script()) == []


def test_nothing_inlined_can_close_its_element_or_call_elsewhere():
    for texte in (inclus.style(), inclus.script()):
        assert "</" not in texte
        assert re.findall(r"https?:|url\(|@import|@font-face", texte) == []


def test_tokens_of_staff_pages_stay_out_of_respondents_pages():
    assert "--accent:" in inclus.style()
    assert "--nuit" not in inclus.style()
    assert (inclus.DOSSIER / "jetons.css").read_text("utf-8").count(inclus.POUR_LES_EQUIPES) == 1


def test_a_question_carries_every_rule_that_it_uses_and_no_other():
    """What is kept for the other pages is at the end, whole rules, and smaller by a fifth."""
    tout, question = inclus.style(), inclus.style_de_question()
    reste = tout.removeprefix(question)
    assert tout.startswith(question)
    assert len(reste) > 0.1 * len(tout)
    ailleurs = set(re.findall(r"\.([a-z]+)", re.sub(r"\{[^}]*\}", " ", reste)))
    gabarits = inclus.DOSSIER.parents[2] / "templates"
    fichiers = [*gabarits.glob("voix/**/*.html"), *gabarits.glob("enquetes/*/question.html")]
    fichiers += [
        gabarits / f"enquetes/{n}.html"
        for n in ("passation/base", "passation/_retour", "kiosque/base")
    ]
    classes = set()
    for fichier in fichiers:
        for valeur in re.findall(r'class="([^"]*)"', fichier.read_text("utf-8")):
            classes |= set(re.findall(r"[a-z]+", re.sub(r"\{%.*?%\}", " ", valeur)))
    assert {"q", "o", "som", "faux", "dessous"} <= classes
    assert ailleurs & classes <= {"vh"}, "a rule after the mark is for a question too"


def test_focus_has_its_own_rule_apart_from_focus_visible():
    assert re.search(r"\}:focus\{outline:", inclus.style())
    assert re.search(r"\}:focus-visible\{", inclus.style())
