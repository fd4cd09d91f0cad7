"""How the questions of a bundled module are called when they are read together."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from enquetes.parcours.definition import Definition

from . import lire
from .sens import MODULES

Posees = frozenset[tuple[str, str, str]]
LONGUEUR: Final = 200
"""Of the label of an outcome."""


def nom_ensemble(definition: Definition, codes: Sequence[str]) -> str:
    """Return what these questions are together: their module, or each of them in its own words."""
    lues = [question for question in definition.questions() if question.code in codes]
    textes = [question.texte.dans("fr").texte for question in lues]
    posees = frozenset((q.code, q.type, t) for q, t in zip(lues, textes, strict=True))
    combien = f"{len(lues)} questions lues ensemble"
    module = _modules_fournis().get(posees)
    if module:
        return f"{module} ({combien})"
    nom = f"{combien}\u00a0: {' / '.join(textes)}"
    return nom if len(nom) <= LONGUEUR else f"{nom[: LONGUEUR - 1].rstrip()}…"


@cache
def _modules_fournis() -> dict[Posees, str]:
    lus = [lire(code) for code in MODULES]
    return {
        frozenset(
            (question["code"], question["type"], question["texte"]["fr"])
            for page in module["pages"]
            for question in page["questions"]
        ): module["titre"]["fr"]
        for module in lus
    }
