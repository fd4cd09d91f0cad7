"""« # » in an author's file: a remark that nobody reads, or words that YAML would cut without a word.

After a text that people read, a remark has two spaces before its sign and one after, or it is told:
« le colis #1 » is not a remark (ADR 0155). After anything else, and on a line of its own, a remark is
written as in any YAML.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

from enquetes.parcours.verification_base import ecrivez

from .corrections import REMARQUE, TEXTES
from .fautes import DefautDeFichier, extrait

_APRES_GUILLEMETS: Final = re.compile(r"\s+#(?:\s.*)?$")
"""A text between quotation marks is whole: one space is enough."""
_EN_BLOC: Final = frozenset({"|", ">"})


@dataclass(frozen=True, slots=True)
class _Coupe:
    """A text that goes on after what YAML reads of it."""

    noeud: yaml.ScalarNode
    suite: str


def textes_coupes(
    noeud: yaml.Node | None, lignes: list[str], ecrites: list[str]
) -> Iterator[DefautDeFichier]:
    """Yield an error for each text that a « # » cuts, where it is cut, with the line to write.

    ``lignes`` were read, ``ecrites`` are the author's, which are quoted.
    """
    for coupe in _coupes(noeud, lignes):
        debut, fin = coupe.noeud.start_mark, coupe.noeud.end_mark
        devant = lignes[debut.line][: debut.column].strip()
        propose = json.dumps(f"{coupe.noeud.value}{coupe.suite}".strip(), ensure_ascii=False)
        yield DefautDeFichier(
            fin.line + 1,
            extrait(ecrites, fin.line + 1),
            f"Ce qui suit «\u00a0#\u00a0» n’est pas lu\u00a0: «\u00a0{coupe.suite.strip()[:60]}\u00a0».",
            "Pour garder ces mots, mettez le texte entre guillemets droits. Pour une remarque, laissez "
            f"deux espaces avant «\u00a0#\u00a0» et une après. {ecrivez(f'{devant} {propose}'.strip())}",
        )


def _coupes(noeud: yaml.Node | None, lignes: list[str]) -> Iterator[_Coupe]:
    if isinstance(noeud, yaml.SequenceNode):
        for valeur in noeud.value:
            yield from _coupes(valeur, lignes)
    elif isinstance(noeud, yaml.MappingNode):
        for cle, valeur in noeud.value:
            dire = _du_texte if str(cle.value) in TEXTES else _coupes
            yield from dire(valeur, lignes)


def _du_texte(noeud: yaml.Node, lignes: list[str]) -> Iterator[_Coupe]:
    """Yield what is cut of one text, plain or by language."""
    valeurs: list[Any] = [noeud]
    if isinstance(noeud, yaml.MappingNode):
        valeurs = [valeur for _langue, valeur in noeud.value]
    for valeur in valeurs:
        if not isinstance(valeur, yaml.ScalarNode) or valeur.style in _EN_BLOC:
            continue
        reste = lignes[valeur.end_mark.line][valeur.end_mark.column :]
        remarque = _APRES_GUILLEMETS if valeur.style or not valeur.value else REMARQUE
        if reste.lstrip().startswith("#") and not remarque.fullmatch(reste):
            yield _Coupe(valeur, reste)
