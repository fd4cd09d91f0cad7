"""A definition cannot change, and equal ones are told equal."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquetes.champs import NATURES
from enquetes.parcours.definition import Condition, Texte, TexteRendu, degeler, geler
from enquetes.parcours.lecture import definition_depuis, en_json
from tests.questionnaires import lire, noms

json_quelconque = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda feuilles: (
        st.lists(feuilles, max_size=3) | st.dictionaries(st.text(max_size=3), feuilles, max_size=3)
    ),
    max_leaves=8,
)


@given(json_quelconque)
def test_frozen_data_comes_back_the_same(donnees):
    assert degeler(geler(donnees)) == donnees


def test_nothing_in_a_definition_can_be_changed():
    donnees = lire("nombre")
    donnees["pages"].append(
        {
            "code": "fin_",
            "si": {"all": [{"q": "q", "ge": 2}]},
            "questions": [{"code": "r", "type": "oui_non", "texte": "Oui ?"}],
        }
    )
    definition = definition_depuis(donnees)
    avant = en_json(definition)
    donnees["pages"][1]["si"]["all"].clear()
    donnees["pages"][0]["questions"][0]["options"]["unite"]["fr"] = "autre"
    with pytest.raises(FrozenInstanceError):
        definition.code = "autre"  # type: ignore[misc]  # that is what is tested
    with pytest.raises(TypeError):
        definition.page("fin_").condition.arbre["all"] = []
    with pytest.raises(TypeError):
        definition.question("q").option("unite")["fr"] = "autre"
    en_json(definition)["pages"].clear()
    assert en_json(definition) == avant


def test_same_condition_has_the_same_hash_whatever_the_order_of_its_keys():
    un, autre = Condition({"q": "a", "eq": "b"}), Condition({"eq": "b", "q": "a"})
    assert un == autre
    assert len({un, autre}) == 1


@pytest.mark.parametrize("nom", noms())
def test_definitions_and_their_parts_can_be_kept_in_a_set(nom):
    un, autre = definition_depuis(lire(nom)), definition_depuis(lire(nom))
    assert len({un, autre}) == 1
    assert set(un.pages) == set(autre.pages)
    assert set(un.questions()) == set(autre.questions())


def test_text_says_the_language_it_is_really_in():
    texte = Texte.depuis({"fr": "Bonjour", "uk": "Вітаємо", "ar": ""})
    assert texte.dans("uk") == TexteRendu("Вітаємо", "uk")
    assert texte.dans("ar") == TexteRendu("Bonjour", "fr")
    assert bool(texte)
    assert not Texte.depuis(None)
    assert not Texte.depuis({"fr": ""})
    assert Texte().dans("en") == TexteRendu("", "fr")


def test_pages_questions_and_choices_are_found_by_their_code():
    definition = definition_depuis(lire("choix_unique"))
    assert definition.page("q").questions[0] == definition.question("q")
    assert definition.question("q").choix_de_code("bus").texte.dans("fr").texte == "En bus"
    assert definition.question("q").choix_de_code("avion") is None
    assert definition.question("q").option("max", 3) == 3
    for chercher in (definition.page, definition.question):
        with pytest.raises(KeyError):
            chercher("inconnue")


def test_settings_of_a_type_are_found_by_their_name():
    assert "unite" in NATURES["nombre"].options
    assert NATURES["nombre"].reglage("min").exemple == "min: 0"
    assert NATURES["oui_non"].reglage("min") is None
