"""Benchmarks of ALIM: each at its bound, and never one that the answers leave open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.statistiques.scores import reperes
from enquetes.bibliotheque import lire
from enquetes.champs import NATURES
from enquetes.parcours.lecture import definition_depuis

ALIM = definition_depuis(lire("alim"))


def codes_de(question):
    return NATURES[question.type].codes or tuple(choix.code for choix in question.choix)


CODES = {q.code: codes_de(q) for q in ALIM.questions() if codes_de(q)}
TOUT = {
    "a1": "3",
    "a2": "2",
    "a3": "2",
    "a4": "7",
    "a5": "2",
    "a6": "1",
    "a7": "3",
    "a8": "un",
    "a9": "2",
    "a10": "7",
}


def test_every_benchmark_is_reached_at_its_bound_and_not_just_below():
    assert (reperes(TOUT).atteints, reperes(TOUT).evaluables) == (8, 8)
    dessous = {
        "a1": "2",
        "a2": "1",
        "a3": "1",
        "a4": "6",
        "a6": "0",
        "a7": "4",
        "a8": "deux",
        "a9": "1",
        "a10": "6",
    }
    for code, valeur in dessous.items():
        assert (reperes(TOUT | {code: valeur}).atteints) == 7, code
        assert (reperes(TOUT | {code: valeur}).evaluables) == 8, code


@pytest.mark.parametrize(
    ("reponses", "nom", "attendu"),
    [
        ({"a1": "4", "a2": "0"}, "fruits_et_legumes", None),
        ({"a1": "4", "a2": "1"}, "fruits_et_legumes", True),
        ({"a1": "3", "a2": "1"}, "fruits_et_legumes", False),
        ({"a1": "4"}, "fruits_et_legumes", None),
        ({"a5": "0"}, "poisson", False),
        ({"a5": "1", "a6": "1"}, "poisson", False),
        ({"a5": "3"}, "poisson", None),
        ({"a5": "3", "a6": "_pnr"}, "poisson", None),
        ({"a7": "0"}, "charcuterie", True),
        ({"a8": "aucun"}, "boissons_sucrees", True),
        ({"a8": "_pnr"}, "boissons_sucrees", None),
        ({"a9": "4"}, "laitages", True),
        ({"a3": "_pnr"}, "legumes_secs", None),
        ({"a3": 3}, "legumes_secs", None),
        ({"a4": "\u0667"}, "cereales_completes", None),
    ],
)
def test_what_the_answers_leave_open_is_not_evaluated(reponses, nom, attendu):
    assert reperes(reponses).reperes[nom] is attendu


def test_no_answer_no_benchmark():
    assert (reperes({}).atteints, reperes({}).evaluables) == (0, 0)


@given(
    reponses=st.fixed_dictionaries(
        {}, optional={code: st.sampled_from(codes) for code, codes in CODES.items()}
    )
)
def test_every_code_of_the_questionnaire_is_understood(reponses):
    resultat = reperes(reponses)
    assert 0 <= resultat.atteints <= resultat.evaluables <= 8
    for nom, code in {
        "legumes_secs": "a3",
        "cereales_completes": "a4",
        "charcuterie": "a7",
        "boissons_sucrees": "a8",
        "laitages": "a9",
        "fruits_a_coque": "a10",
    }.items():
        assert (resultat.reperes[nom] is not None) == (code in reponses)
