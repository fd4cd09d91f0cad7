"""What the checks share: a defect, and the shapes of codes."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

Lieu = tuple[str | int, ...]
"""Where in the data: keys and list positions from the root, ``("pages", 2, "si", "q")``."""

LANGUES: Final = ("fr", "en", "ar", "uk")
PLUS_LONG_TEXTE: Final = 600

_SLUG = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


@dataclass(frozen=True, slots=True)
class Defaut:
    """One error of an author."""

    lieu: Lieu
    code: str
    """Stable name of the rule, for tests."""
    message: str
    """What is wrong, in French."""
    conseil: str
    """What to write instead."""


def est_slug(valeur: Any) -> bool:
    """Return whether a value can name a questionnaire, a page or a question."""
    return isinstance(valeur, str) and _SLUG.fullmatch(valeur) is not None


def est_code(valeur: Any) -> bool:
    """Return whether a value can name a choice: a slug that may begin with a digit."""
    return isinstance(valeur, str) and _CODE.fullmatch(valeur) is not None


def cle_inconnue(lieu: Lieu, cle: Any, connues: frozenset[str]) -> Defaut:
    """Return the defect of an unknown key, with the nearest known one."""
    proches = get_close_matches(str(cle), sorted(connues), n=1, cutoff=0.6)
    conseil = (
        f"Vouliez-vous écrire «\u00a0{proches[0]}\u00a0»\u00a0?"
        if proches
        else "Enlevez cette ligne."
    )
    return Defaut(lieu, "cle_inconnue", f"«\u00a0{cle}\u00a0» n’est pas connu ici.", conseil)
