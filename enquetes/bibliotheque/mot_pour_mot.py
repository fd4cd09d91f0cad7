"""What a bundled module asks, word for word: a code alone proves nothing (ADR 0129)."""

from functools import cache
from typing import Any

from enquetes.parcours.definition import Question

from . import lire

Posee = tuple[str, str, str]
"""The code, the type and the French words of a question."""


def posee(question: Question) -> Posee:
    """Return what makes a question the same one as another."""
    return question.code, question.type, question.texte.dans("fr").texte


@cache
def fournies(module: str) -> frozenset[Posee]:
    """Return what a module asks."""
    return frozenset(posee_ecrite(question) for question in questions_de(module))


def posee_ecrite(question: dict[str, Any]) -> Posee:
    """Return the same of a question as the file of its module writes it."""
    return question["code"], question["type"], question["texte"]["fr"]


def questions_de(module: str) -> list[dict[str, Any]]:
    """Return the questions of a module as its file writes them."""
    return [question for page in lire(module)["pages"] for question in page["questions"]]
