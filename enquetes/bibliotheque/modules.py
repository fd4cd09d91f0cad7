"""How the questions of a bundled module are called when they are read together."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from enquetes.parcours.definition import Definition

from . import lire
from .mot_pour_mot import Posee, fournies, posee
from .sens import MODULES

LONGUEUR: Final = 200
"""Of the label of an outcome."""


def nom_ensemble(definition: Definition, codes: Sequence[str]) -> str:
    """Return what these questions are together: their module, or each of them in its own words."""
    lues = [question for question in definition.questions() if question.code in codes]
    textes = [question.texte.dans("fr").texte for question in lues]
    combien = f"{len(lues)} questions lues ensemble"
    module = _modules_fournis().get(frozenset(map(posee, lues)))
    if module:
        return f"{module} ({combien})"
    nom = f"{combien}\u00a0: {' / '.join(textes)}"
    return nom if len(nom) <= LONGUEUR else f"{nom[: LONGUEUR - 1].rstrip()}…"


@cache
def _modules_fournis() -> dict[frozenset[Posee], str]:
    return {fournies(code): lire(code)["titre"]["fr"] for code in MODULES}
