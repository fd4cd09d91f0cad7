"""Which way is better, for the bundled questions that have one: the report says nothing for the others.

A code proves nothing: the question must be asked word for word, as for scores (ADR 0129).
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

from enquetes.parcours.definition import Definition

from .mot_pour_mot import Posee, fournies, posee

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
    posees = [posee(question) for question in definition.questions() if question.code in codes]
    sens = {_sens_fournis().get(une) for une in posees}
    return sens.pop() if len(sens) == 1 else None


@cache
def _sens_fournis() -> dict[Posee, str]:
    return {
        une: MOINS if une[0] in A_L_ENVERS else PLUS
        for module in MODULES
        for une in fournies(module)
        if une[0] not in SANS_SENS
    }
