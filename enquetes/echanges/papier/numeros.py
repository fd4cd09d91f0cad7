"""The number printed in each box, which is also what is typed when the sheet is entered."""

from typing import Final

from django.utils.translation import get_language_info

from enquetes.champs import NATURES, champ
from enquetes.champs.textes import CHOIX_REFUS
from enquetes.parcours.definition import Choix, Definition, Question

CORPS: Final = (14, 12, 16, 20)
"""Sizes of letters, in points; the usual one first, 20 is large print."""


def langues_de_papier(definition: Definition) -> list[tuple[str, str]]:
    """Return the languages of the sheet, by code, in their own words."""
    return [(code, get_language_info(code)["name_local"]) for code in definition.langues]


def questions_posees(definition: Definition) -> list[Question]:
    """Return the questions that have a number on the sheet: all but pages that only tell."""
    return [q for q in definition.questions() if NATURES[q.type].repond]


def numero_de_question(definition: Definition, code: str) -> int:
    """Return the number printed before a question, from 1."""
    return [q.code for q in questions_posees(definition)].index(code) + 1


def cases(question: Question) -> dict[str, Choix]:
    """Return the boxes of a question by the number printed in them, refusal last.

    A scale keeps its own digits (0 to 7 days); any other list is numbered from 1.
    """
    modalites = champ(question.type).modalites(question)
    chiffres = all(len(choix.code) == 1 and choix.code.isdecimal() for choix in modalites)
    numerotees = {
        choix.code if chiffres else str(rang): choix for rang, choix in enumerate(modalites, 1)
    }
    dernier = max((int(numero) for numero in numerotees), default=0)
    return numerotees | {str(dernier + 1): CHOIX_REFUS}
