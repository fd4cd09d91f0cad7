"""A definition and its JSON are the same thing, and its hash names it for ever."""

import json
import unicodedata

import pytest
from hypothesis import given

from enquetes.bibliotheque import codes, lire
from enquetes.parcours.conditions import evaluer
from enquetes.parcours.lecture import canonique, definition_depuis, empreinte, en_json

from .strategies import definitions


@given(definitions())
def test_json_and_back_is_the_same_definition(donnees):
    definition = definition_depuis(donnees)
    assert definition_depuis(json.loads(canonique(definition))) == definition
    assert definition_depuis(en_json(definition)) == definition


@pytest.mark.parametrize("code", codes())
def test_hash_ignores_order_of_keys_and_composition_of_accents(code):
    donnees = lire(code)
    renverse = json.loads(json.dumps(donnees), object_pairs_hook=lambda p: dict(reversed(p)))
    decompose = json.loads(unicodedata.normalize("NFD", json.dumps(donnees, ensure_ascii=False)))
    attendue = empreinte(definition_depuis(donnees))
    assert empreinte(definition_depuis(renverse)) == attendue
    assert empreinte(definition_depuis(decompose)) == attendue


def test_hash_changes_with_one_letter():
    donnees = lire("lien")
    autre = json.loads(json.dumps(donnees))
    autre["pages"][0]["questions"][0]["texte"]["fr"] += "!"
    assert empreinte(definition_depuis(donnees)) != empreinte(definition_depuis(autre))


@pytest.mark.parametrize("code", codes())
def test_who_answers_is_in_the_hash_only_when_it_is_said(code):
    donnees = {cle: v for cle, v in lire(code).items() if cle != "repondants"}
    sans, personnes, organisations = (
        definition_depuis(donnees | dit)
        for dit in ({}, {"repondants": "personnes"}, {"repondants": "organisations"})
    )
    assert "repondants" not in en_json(personnes)
    assert empreinte(sans) == empreinte(personnes) != empreinte(organisations)
    assert definition_depuis(en_json(organisations)) == organisations


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="format"):
        definition_depuis({"format": "autre"})


@pytest.mark.parametrize(
    ("arbre", "attendu"),
    [
        (None, True),
        ({"q": "a", "eq": "oui"}, True),
        ({"q": "a", "eq": "non"}, False),
        ({"q": "n", "ge": 3}, True),
        ({"q": "n", "le": 2}, False),
        ({"q": "j", "ge": 4}, True),
        ({"q": "n", "eq": "3"}, True),
        ({"q": "m", "has": "x"}, True),
        ({"q": "m", "has": "z"}, False),
        ({"q": "m", "eq": "x"}, False),
        ({"q": "a", "has": "oui"}, False),
        ({"q": "a", "ge": 1}, False),
        ({"q": "refus", "eq": "_pnr"}, False),
        ({"q": "absente", "eq": "oui"}, False),
        ({"not": {"q": "absente", "eq": "oui"}}, True),
        ({"all": [{"q": "a", "eq": "oui"}, {"q": "n", "ge": 9}]}, False),
        ({"any": [{"q": "a", "eq": "oui"}, {"q": "n", "ge": 9}]}, True),
    ],
)
def test_conditions(arbre, attendu):
    donnees = {"a": "oui", "n": 3, "j": "5", "m": ["x", "y"], "refus": "_pnr"}
    assert evaluer(arbre, donnees) is attendu


@pytest.mark.parametrize("arbre", [{"q": "a", "sup": 3}, {"q": "b"}, {}, {"eq": "oui"}])
def test_a_condition_outside_the_grammar_is_an_error_whatever_was_answered(arbre):
    for donnees in ({"a": "3"}, {}):
        with pytest.raises(ValueError, match="condition"):
            evaluer(arbre, donnees)


@pytest.mark.parametrize("valeur", ["9" * 5000, "trois", "", "²", "٣", ["3"], {"a": 1}, "-1"])
def test_a_forged_answer_is_never_a_number(valeur):
    assert evaluer({"q": "a", "ge": 0}, {"a": valeur}) is False
    assert evaluer({"q": "a", "le": 9}, {"a": valeur}) is False


def test_definition_with_a_unit_in_several_languages_can_be_kept_in_a_cache():
    question = {
        "code": "age",
        "type": "nombre",
        "texte": "Quel âge ?",
        "options": {"unite": {"fr": "ans", "en": "years"}},
    }
    donnees = {
        "format": "voix-questionnaire/1",
        "code": "essai",
        "titre": "Essai",
        "langues": ["fr"],
        "pages": [{"code": "age", "questions": [question]}],
    }
    assert {definition_depuis(donnees): 1}[definition_depuis(donnees)] == 1
