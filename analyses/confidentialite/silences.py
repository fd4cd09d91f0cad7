"""How those who have no code are named: inside each code apart, so that no two groups share a name.

Who has a code and none of those below it is the « non renseigné » of *that* code, ``_nr(T1)``; who has
no code at all is ``_nr``. Who has a code with nothing below it did answer: they keep it (ADR 0158).
"""

from collections.abc import Iterable, Mapping
from typing import Final

NON_RENSEIGNE: Final = "_nr"
"""Code of the persons who have no code at all."""


def non_renseigne(code: str) -> str:
    """Return the code of those who have a code and none of those below it."""
    return f"{NON_RENSEIGNE}({code})"


def contenant(code: str) -> str | None:
    """Return the code that a « non renseigné » is inside of (nothing: the whole); else ``None``."""
    if code == NON_RENSEIGNE:
        return ""
    if code.startswith(f"{NON_RENSEIGNE}(") and code.endswith(")"):
        return code[len(NON_RENSEIGNE) + 1 : -1]
    return None


def est_reserve(code: str) -> bool:
    """Return whether a code of a plan would be read as a « non renseigné »."""
    return contenant(code) is not None


def fin(code: str, avec_enfants: Iterable[str]) -> str:
    """Return how those whose last code this is are named below it."""
    return non_renseigne(code) if code in avec_enfants else code


def relire_codes(
    codes: Iterable[str], parent: Iterable[str], parents: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the codes of a group written when every « non renseigné » was ``_nr`` (before ADR 0158).

    ``parents``: of each code of the dimension. It was then relative to the unit around it: those of
    each of its codes who have none below.
    """
    siens, autour = tuple(codes), tuple(parent)
    if NON_RENSEIGNE not in siens or not autour:
        return siens
    avec_enfants = set(parents.values())
    dits = {fin(code, avec_enfants) for code in autour if code != NON_RENSEIGNE}
    if NON_RENSEIGNE in autour:  # of the unit further out, known by the codes beside it
        dits |= {
            fin(parents[code], avec_enfants) if parents.get(code) else NON_RENSEIGNE
            for code in autour
            if code != NON_RENSEIGNE
        }
    return tuple(sorted({c for c in siens if c != NON_RENSEIGNE} | dits))
