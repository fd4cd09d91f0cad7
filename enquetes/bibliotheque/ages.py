"""The age band of the module PROFIL: a code proves nothing, it must be asked word for word, to everybody."""

from functools import cache
from typing import Final

from enquetes.parcours.definition import Definition

from .mot_pour_mot import Posee, posee, posee_ecrite, questions_de

QUESTION: Final = "pr1"


def demande_l_age(definition: Definition) -> bool:
    """Return whether this questionnaire asks everybody their age band as PROFIL does."""
    posees = [
        (posee(q), tuple(choix.code for choix in q.choix))
        for page in definition.pages
        for q in page.questions
        if q.code == QUESTION and page.condition is None
    ]
    return posees == [_fournie()]


@cache
def _fournie() -> tuple[Posee, tuple[str, ...]]:
    (question,) = (une for une in questions_de("profil") if une["code"] == QUESTION)
    return posee_ecrite(question), tuple(choix["code"] for choix in question["choix"])
