"""The grammar of conditions (collecte §2.3), evaluated on earlier answers.

``{"q": code, "eq"|"has"|"ge"|"le": value}``, ``{"all": […]}``, ``{"any": […]}``, ``{"not": …}``.
A question without an answer, or refused, makes its test false.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from .definition import REFUS, Reponses, Valeur

_CHIFFRES_MAX: Final = 18
"""A code of a scale has one digit; whatever a forged answer holds, reading it costs nothing."""

OPERATEURS: Final = ("eq", "has", "ge", "le")

Arbre = Mapping[str, Any]


def evaluer(arbre: Arbre | None, reponses: Reponses) -> bool:
    """Return whether the condition holds; no condition always holds.

    Errors: ``ValueError`` on a tree outside the grammar (``verification`` refuses it earlier).
    """
    if arbre is None:
        return True
    if "all" in arbre:
        return all(evaluer(partie, reponses) for partie in arbre["all"])
    if "any" in arbre:
        return any(evaluer(partie, reponses) for partie in arbre["any"])
    if "not" in arbre:
        return not evaluer(arbre["not"], reponses)
    if "q" not in arbre:
        raise ValueError(f"condition {dict(arbre)!r}")
    return _comparer(arbre, reponses.get(arbre["q"]))


def _comparer(test: Arbre, valeur: Valeur | None) -> bool:
    if not any(operateur in test for operateur in OPERATEURS):
        raise ValueError(f"condition {dict(test)!r}")
    if valeur is None or valeur == REFUS:
        return False
    if "eq" in test:
        return _egal(valeur, test["eq"])
    if "has" in test:
        return isinstance(valeur, list) and test["has"] in valeur
    nombre = _nombre(valeur)
    if nombre is None:
        return False
    return bool(nombre >= test["ge"] if "ge" in test else nombre <= test["le"])


def _egal(valeur: Valeur, attendu: Any) -> bool:
    """Compare codes as text and numbers as numbers: an author may write 3 or "3"."""
    if isinstance(valeur, list):
        return False
    return valeur == attendu or str(valeur) == str(attendu)


def _nombre(valeur: Valeur) -> float | None:
    """Return the number behind a stored value; codes of scales are digits kept as text."""
    if isinstance(valeur, int | float):
        return valeur
    if isinstance(valeur, str) and len(valeur) <= _CHIFFRES_MAX and valeur.isascii():
        return int(valeur) if valeur.isdecimal() else None
    return None


def tests_de(arbre: Arbre) -> Iterator[Mapping[str, Any]]:
    """Iterate over the comparisons that a condition is made of."""
    if "q" in arbre:
        yield arbre
    for branche in ("all", "any"):
        for partie in arbre.get(branche, ()):
            yield from tests_de(partie)
    if "not" in arbre:
        yield from tests_de(arbre["not"])


def questions_citees(arbre: Arbre | None) -> Iterator[str]:
    """Iterate over the codes of the questions that a condition reads."""
    for test in tests_de(arbre) if arbre else ():
        yield test["q"]
