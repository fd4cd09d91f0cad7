"""What changed for one card: the whole difference, decimals too, and of the same question only."""

import pytest

from analyses.extraction.paires import PAS, Question, _etendue, ecart_de, nombre_de
from enquetes.actions.suivi.cohortes import criteres_possibles
from enquetes.parcours.lecture import definition_depuis
from tests import builders


def une_definition(texte="Combien de kilos de légumes ?", **options):
    question = {"code": "kg", "type": "nombre", "texte": {"fr": texte}, "options": options}
    pages = [{"code": "kg", "questions": [question]}]
    return definition_depuis(builders.UNE_DEFINITION | {"code": "kilos", "pages": pages})


def une_question(**changements):
    return Question(
        "kg", "Kilos", ("kg",), baisse=False, declaree=True, binaire=False, **changements
    )


@pytest.mark.parametrize(
    ("avant", "apres", "ecart"),
    [(2.4, 2.6, 0.2), (2.5, 2, -0.5), (0.0001, 0.0002, 0.0001), (3, 3, 0), ("4", "7", 3)],
)
def test_decimals_count_in_a_change(avant, apres, ecart):
    """« 2,4 » then « 2,6 » were both read as 2: a family that progresses was told stable."""
    assert ecart_de(une_question(), {"kg": avant}, {"kg": apres}) == round(ecart * PAS)


@pytest.mark.parametrize("reponse", ["nan", "inf", "_pnr", "", None])
def test_what_is_no_number_is_worth_nothing(reponse):
    assert nombre_de(reponse) is None


@pytest.mark.parametrize(
    "autre",
    [{"texte": "Combien de kilos de pain ?", "max": 9}, {"max": 20}, {"max": 9, "decimales": 1}],
)
def test_other_words_or_other_ends_are_another_question(autre):
    entree = une_definition(max=9)
    assert list(criteres_possibles(entree, une_definition(max=9))) == [("kg",)]
    assert not criteres_possibles(entree, une_definition(**autre))


@pytest.mark.parametrize(
    ("options", "etendue"), [({"max": 14}, (0, 14)), ({"min": 1, "max": 9}, (1, 9)), ({}, None)]
)
def test_a_number_has_the_ends_that_its_question_gives(options, etendue):
    assert _etendue(une_definition(**options).question("kg")) == etendue
