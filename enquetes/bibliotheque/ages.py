"""The age band of the module PROFIL: a code proves nothing, it must be asked word for word, to everybody."""

from functools import cache
from typing import Final

from enquetes.parcours.definition import Definition

from . import lire

QUESTION: Final = "pr1"

Posee = tuple[str, str, tuple[str, ...]]


def demande_l_age(definition: Definition) -> bool:
    """Return whether this questionnaire asks everybody their age band as PROFIL does."""
    posees = {
        (q.type, q.texte.dans("fr").texte, tuple(choix.code for choix in q.choix))
        for page in definition.pages
        for q in page.questions
        if q.code == QUESTION and page.condition is None
    }
    return posees == {_fournie()}


@cache
def _fournie() -> Posee:
    (question,) = (
        question
        for page in lire("profil")["pages"]
        for question in page["questions"]
        if question["code"] == QUESTION
    )
    codes = tuple(choix["code"] for choix in question["choix"])
    return question["type"], question["texte"]["fr"], codes
