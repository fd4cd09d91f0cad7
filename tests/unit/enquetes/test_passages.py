"""Which box of a sheet leads to which: what the keyboard goes round when a sheet is typed in."""

from enquetes.forms.papier import passages_de
from enquetes.parcours.lecture import definition_depuis
from tests.integration.enquetes.test_papier import ROUTE


def test_one_box_decides_by_the_numbers_printed_in_it_and_two_decide_of_nothing():
    passages = passages_de(definition_depuis(ROUTE))
    assert passages == {"age": {"data-si": "q_venu", "data-cases": "2"}}


def _passages(si, type_="choix_multiple", nombre=3):
    choix = [{"code": f"c{n}", "texte": {"fr": f"Choix {n}"}} for n in range(1, nombre + 1)]
    mere = {"code": "m", "type": type_, "texte": {"fr": "Quoi ?"}, "choix": choix}
    fille = {"code": "f", "type": "nombre", "texte": {"fr": "Combien ?"}}
    pages = [
        {"code": "m", "questions": [mere]},
        {"code": "f", "si": si, "questions": [fille]},
    ]
    return passages_de(definition_depuis(ROUTE | {"pages": pages})).get("f")


def test_where_one_box_of_several_leads_any_of_them_does_and_both_together_are_not_read():
    c1, c2 = {"q": "m", "has": "c1"}, {"q": "m", "has": "c2"}
    assert _passages(c1) == {"data-si": "q_m", "data-cases": "1"}
    assert _passages({"any": [c1, c2]}) == {"data-si": "q_m", "data-cases": "1 2"}
    assert _passages({"all": [c1, c2]}) is None
    assert _passages({"any": [c1, {"not": c2}]}) is None


def test_what_an_empty_box_leads_to_is_gone_through():
    assert _passages({"not": {"q": "m", "eq": "c1"}}, "choix_unique") is None


def test_beyond_nine_boxes_a_number_has_two_digits():
    assert _passages({"q": "m", "has": "c1"}, nombre=5) == {"data-si": "q_m", "data-cases": "1"}
    assert _passages({"q": "m", "has": "c1"}, nombre=12)["data-large"] == "oui"
