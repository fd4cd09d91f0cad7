"""Which way is better, for the bundled questions that have one: the report says nothing for the others.

A code proves nothing: the question must be asked word for word, as for scores (ADR 0129).
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from enquetes.parcours.definition import Definition

from . import lire

PLUS: Final = "hausse"
MOINS: Final = "baisse"
"""As ``enquetes.models.Sens`` writes them."""
MODULES: Final = ("alim", "cuis", "lien", "pouvoir")
A_L_ENVERS: Final = frozenset({"a7", "li4"})
"""Days with cured meat, feeling alone."""
SANS_SENS: Final = frozenset({"a9"})
"""Dairy: two a day is the benchmark, neither more nor less."""


def sens_de(definition: Definition, codes: Sequence[str]) -> str | None:
    """Return the way that all these questions go, or nothing when one has none or they differ."""
    posees = {q.code: (q.type, q.texte.dans("fr").texte) for q in definition.questions()}
    sens = {_sens_fournis().get((code, *posees[code])) for code in codes if code in posees}
    return sens.pop() if len(sens) == 1 else None


@cache
def _sens_fournis() -> dict[tuple[str, str, str], str]:
    return {
        (q["code"], q["type"], q["texte"]["fr"]): MOINS if q["code"] in A_L_ENVERS else PLUS
        for module in MODULES
        for q in _questions(module)
        if q["code"] not in SANS_SENS
    }


def _questions(module: str) -> list[dict[str, Any]]:
    return [question for page in lire(module)["pages"] for question in page["questions"]]
