"""Which box of a sheet leads to which: what the keyboard goes round when a sheet is typed in."""

from enquetes.forms.papier import passages_de
from enquetes.parcours.lecture import definition_depuis
from tests.integration.enquetes.test_papier import ROUTE


def test_one_box_decides_by_the_numbers_printed_in_it_and_two_decide_of_nothing():
    passages = passages_de(definition_depuis(ROUTE))
    assert passages == {"age": {"data-si": "q_venu", "data-cases": "2"}}
