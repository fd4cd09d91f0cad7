"""A colon that was forgotten after a key: « aide Une phrase » for « aide: Une phrase »."""

import re
from collections.abc import Iterator
from typing import Final

from enquetes.champs import NATURES
from enquetes.parcours.conditions import OPERATEURS
from enquetes.parcours.verification import CLES
from enquetes.parcours.verification_base import LANGUES
from enquetes.parcours.verification_choix import CLES_CHOIX
from enquetes.parcours.verification_questions import CLES_PAGE, CLES_QUESTION

CLES_CONDITION: Final = frozenset({"q", "all", "any", "not", *OPERATEURS})
CLES_OPTIONS: Final = frozenset(nom for nature in NATURES.values() for nom in nature.options)
OUBLI: Final = "Il manque les deux points après le premier mot."
_DE_LIGNE: Final = CLES | CLES_PAGE | CLES_QUESTION | CLES_CHOIX | CLES_OPTIONS | {*LANGUES}
"""The keys that begin a line of their own."""
CONNUES: Final = _DE_LIGNE | CLES_CONDITION
"""Every word that a questionnaire gives a meaning to before a colon."""
_SANS_DEUX_POINTS: Final = re.compile(
    rf"(\s*(?:-\s+)*)({'|'.join(sorted(_DE_LIGNE))})(?:\s*[=;,]\s*|\s+)(?![=:])(\S.*)$"
)


def sans_deux_points(ligne: str) -> bool:
    """Return whether a line begins with a key that nothing follows but its value."""
    return _SANS_DEUX_POINTS.match(ligne) is not None


def avec_deux_points(ligne: str) -> Iterator[tuple[str, str]]:
    """Yield the line with the colon of its key, in two: up to the colon and its space, the value."""
    if lue := _SANS_DEUX_POINTS.match(ligne):
        yield f"{lue[1]}{lue[2]}: ", lue[3]
