"""Which scores two waves allow, and what one family's change is worth."""

import copy

import pytest

from analyses.extraction.scores import ECHELLE, REPERES, scores_de
from enquetes import bibliotheque
from enquetes.bibliotheque.echelles import definition_de, gabarits
from enquetes.parcours.lecture import definition_depuis

ALIM = {
    "a1": "1", "a2": "2", "a3": "1", "a4": "7", "a5": "2", "a6": "0",
    "a7": "5", "a8": "un", "a9": "2", "a10": "0",
}  # fmt: skip
"""Reached: whole cereals, sweet drinks, dairy. Not: the five others."""


def lue(code):
    return definition_depuis(bibliotheque.lire(code))


def une_echelle(code):
    gabarit = gabarits()[code]
    textes = {e.code: f"Texte {n}" for n, e in enumerate(gabarit.emplacements)}
    return definition_depuis(definition_de(gabarit, textes, source="Guide, page 12"))


@pytest.fixture
def reperes():
    (score,) = scores_de(lue("suivi-familles"), lue("suivi-familles"))
    return score


def test_alim_inside_a_longer_questionnaire_gives_benchmarks(reperes):
    assert (reperes.code, reperes.baisse) == (REPERES, False)
    assert "non comparable" in reperes.mesure
    assert reperes.niveau(ALIM) == (3, 8)


def test_two_more_benchmarks_and_one_less_is_one_more(reperes):
    apres = ALIM | {"a3": "2", "a7": "3", "a9": "1"}
    assert reperes.ecart(ALIM, apres) == 1
    assert reperes.ecart(apres, ALIM) == -1


def test_a_benchmark_that_could_not_be_read_once_is_no_change(reperes):
    sans_laitage = {code: v for code, v in ALIM.items() if code != "a9"}
    assert reperes.ecart(ALIM, sans_laitage) == 0
    assert reperes.ecart(sans_laitage, ALIM | {"a3": "2"}) == 1


def test_too_few_benchmarks_give_no_change(reperes):
    peu = {code: ALIM[code] for code in ("a3", "a4", "a7", "a8", "a9")}
    assert reperes.ecart(ALIM, peu) is None


def test_the_same_codes_with_other_words_are_not_alim():
    autre = copy.deepcopy(bibliotheque.lire("suivi-familles"))
    question = next(q for p in autre["pages"] for q in p["questions"] if q["code"] == "a3")
    question["texte"]["fr"] = "Combien de jours avez-vous fait du sport ?"
    assert scores_de(definition_depuis(autre), lue("suivi-familles")) == []


@pytest.mark.parametrize(("code", "baisse"), [("who5", False), ("fies", True), ("hfias", True)])
def test_a_scale_asked_in_full_is_scored_and_names_its_source(code, baisse):
    (score,) = scores_de(une_echelle(code), une_echelle(code))
    assert (score.code, score.baisse) == (ECHELLE, baisse)
    assert "Guide, page 12" in score.mesure


def test_a_scale_with_an_answer_missing_is_not_completed():
    questions = gabarits()["who5"].questions
    pleines = {q.code: "3" for q in questions}
    (score,) = scores_de(une_echelle("who5"), une_echelle("who5"))
    assert score.ecart(pleines, pleines | {questions[0].code: "4"}) == 4
    assert score.ecart(pleines, {questions[0].code: "4"}) is None


def test_two_scales_are_not_one_change():
    assert scores_de(une_echelle("who5"), une_echelle("fies")) == []
