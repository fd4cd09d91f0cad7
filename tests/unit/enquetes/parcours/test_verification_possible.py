"""A page that nobody can see is told: exactly when no answers at all, tried one by one, show it."""

from itertools import combinations, product

import pytest
from hypothesis import given, settings

from enquetes.champs import NATURES
from enquetes.parcours.chemin import chemin
from enquetes.parcours.lecture import definition_depuis
from enquetes.parcours.verification import graves, verifier

from .strategies import CODES, definitions

CHOIX = [{"code": c, "texte": {"fr": c.title()}} for c in CODES]
SEUL = [*CHOIX, {"code": "rien", "texte": {"fr": "Rien"}, "exclusif": True}]
QUESTIONS = {
    "accueil": {"type": "sourire"},
    "venir": {"type": "choix_unique", "choix": CHOIX},
    "manque": {"type": "choix_multiple", "choix": SEUL},
    "foyer": {"type": "nombre", "options": {"min": 1, "max": 12}},
    "prix": {"type": "nombre", "options": {"min": 1, "max": 2, "decimales": 1}},
}


def questionnaire(*suites) -> dict:
    """Return a questionnaire that asks everything, then pages with these conditions."""
    pages = [
        {"code": code, "questions": [{"code": code, "texte": {"fr": "Question ?"}} | reste]}
        for code, reste in QUESTIONS.items()
    ]
    for rang, si in enumerate(suites):
        question = {"code": f"s{rang}", "type": "oui_non", "texte": {"fr": "Et ?"}}
        pages.append({"code": f"s{rang}", "si": si, "questions": [question]})
    return {
        "format": "voix-questionnaire/1",
        "code": "possible",
        "titre": {"fr": "Possible"},
        "langues": ["fr"],
        "pages": pages,
    }


def impossibles(donnees) -> set[int]:
    """Return the ranks of the pages that are said to be seen by nobody."""
    lus = [d for d in graves(verifier(donnees, NATURES)) if d.code == "condition_impossible"]
    assert all(d.lieu == ("pages", d.lieu[1], "si") for d in lus)
    return {int(d.lieu[1]) for d in lus}


@pytest.mark.parametrize(
    "si",
    [
        {"q": "accueil", "ge": 9},
        {"q": "foyer", "ge": 13},
        {"q": "foyer", "eq": 2.5},
        {"q": "prix", "eq": 1.55},
        {"all": [{"q": "venir", "eq": "oui"}, {"q": "venir", "eq": "non"}]},
        {"all": [{"q": "manque", "has": "rien"}, {"q": "manque", "has": "oui"}]},
        {"all": [{"q": "foyer", "ge": 5}, {"q": "foyer", "le": 4}]},
        {"all": [{"q": "venir", "eq": "oui"}, {"not": {"q": "venir", "eq": "oui"}}]},
        {"not": {"any": [{"q": "venir", "eq": "oui"}, {"not": {"q": "venir", "eq": "oui"}}]}},
    ],
    ids=str,
)
def test_a_page_that_nobody_sees_is_an_error(si):
    assert impossibles(questionnaire(si)) == {len(QUESTIONS)}


@pytest.mark.parametrize(
    "si",
    [
        {"q": "accueil", "ge": 4},
        {"q": "foyer", "le": 1},
        {"q": "prix", "eq": 1.5},
        {"all": [{"q": "prix", "ge": 1.4}, {"q": "prix", "le": 1.4}]},
        {"any": [{"q": "venir", "eq": "oui"}, {"q": "venir", "eq": "non"}]},
        {"all": [{"q": "manque", "has": "non"}, {"q": "manque", "has": "oui"}]},
        {"all": [{"q": "manque", "has": "non"}, {"not": {"q": "manque", "has": "oui"}}]},
        {"not": {"q": "venir", "eq": "oui"}},
    ],
    ids=str,
)
def test_a_page_that_somebody_sees_is_not(si):
    assert impossibles(questionnaire(si)) == set()


def test_a_page_that_only_a_hidden_page_opens_is_seen_by_nobody():
    """Each condition could be met alone: the first page is seen by « non », the next by « oui »."""
    non = {"q": "venir", "eq": "non"}
    dessous = {"all": [{"q": "venir", "eq": "oui"}, {"q": "s0", "eq": "oui"}]}
    assert impossibles(questionnaire(non, dessous)) == {len(QUESTIONS) + 1}
    assert impossibles(questionnaire(non, {"q": "s0", "eq": "oui"})) == set()


def test_too_much_to_try_is_no_error():
    """A doubt is not an error, and it is said at once."""
    si = {"all": [{"q": f"s{n}", "eq": "oui"} for n in range(30)]}
    tous = [{"not": {"q": "venir", "eq": "non"}}] * 30
    assert impossibles(questionnaire(*tous, si)) == set()


def test_a_number_that_nobody_can_answer_is_an_error():
    donnees = questionnaire()
    donnees["pages"][3]["questions"][0]["options"] = {"min": 1.5, "max": 1.7}
    [defaut] = graves(verifier(donnees, NATURES))
    assert defaut.code == "option_bornes_vides"
    assert "1,5 et 1,7" in defaut.message
    donnees["pages"][3]["questions"][0]["options"]["decimales"] = 1
    assert graves(verifier(donnees, NATURES)) == []


def possibles(type_: str) -> list:
    if type_ == "choix_multiple":
        return [list(un) for n in (1, 2, 3) for un in combinations(CODES, n)]
    return [str(n) for n in range(8)] if type_ == "jours" else list(CODES)


@settings(max_examples=60)
@given(definitions(pages=3))
def test_what_is_said_is_what_trying_everything_finds(donnees):
    definition, vues = definition_depuis(donnees), set()
    questions = [page["questions"][0] for page in donnees["pages"]]
    for tirees in product(*([None, *possibles(q["type"])] for q in questions)):
        paires = zip(questions, tirees, strict=True)
        donnes = {q["code"]: valeur for q, valeur in paires if valeur is not None}
        vues |= {page.code for page in chemin(definition, donnes).pages}
        if len(vues) == len(questions):
            break
    jamais = {n for n, page in enumerate(donnees["pages"]) if page["code"] not in vues}
    assert impossibles(donnees) == jamais
