"""The French texts of an author's file, as they will be printed: before they are checked and hashed.

Only what a person reads in French: never a code, a condition, an address or another language.
"""

from collections.abc import Mapping
from typing import Any, Final

from enquetes.parcours.definition import LANGUE_SOURCE
from voix.commun.francais import typographier

LUS: Final = frozenset({"titre", "description", "texte", "aide", "unite", "module"})
"""The keys whose values are read by people, as a plain text or by language."""


def soigner(donnees: Any) -> Any:
    """Return the data of a file with its French texts in good typography; anything else as it is."""
    if isinstance(donnees, Mapping):
        return {
            cle: (_texte if cle in LUS else soigner)(valeur) for cle, valeur in donnees.items()
        }
    if isinstance(donnees, list):
        return [soigner(valeur) for valeur in donnees]
    return donnees


def _texte(donnees: Any) -> Any:
    if isinstance(donnees, str):
        return typographier(donnees)
    if isinstance(donnees, Mapping) and isinstance(donnees.get(LANGUE_SOURCE), str):
        return {**donnees, LANGUE_SOURCE: typographier(donnees[LANGUE_SOURCE])}
    return donnees
