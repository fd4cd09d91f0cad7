"""From a text to its words, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .arbre import ErreurFormule

LONGUEUR_MAX: Final = 1000
"""Characters. The longest bundled formula has a fifth of it."""


class Sorte(StrEnum):
    """What a word is."""

    MOT = "mot"
    NOMBRE = "nombre"
    TEXTE = "texte"
    DATE = "date"
    SIGNE = "signe"
    FIN = "fin"


@dataclass(frozen=True, slots=True)
class Mot:
    """One word of a formula."""

    sorte: Sorte
    texte: str
    position: int
    """Of its first character, from 1."""

    def est(self, *textes: str) -> bool:
        """Return whether it is one of these words or signs (never a quoted text)."""
        return self.sorte in {Sorte.MOT, Sorte.SIGNE} and self.texte in textes


_MOTIF: Final = re.compile(
    r"(?P<blanc>\s+)"
    r"|(?P<date>\d{4}-\d{2}-\d{2})"
    r"|(?P<nombre>\d{1,9})"
    r'|"(?P<texte>[^"\n]*)"'
    r"|(?P<mot>[^\W\d]\w*)"
    r"|(?P<signe>>=|<=|≥|≤|≠|!=|[=<>(),./])"
)
_MEMES: Final = {"≥": ">=", "≤": "<=", "!=": "≠", "renseigne": "renseigné", "médiane": "mediane"}
"""Several ways to write one thing."""


def mots(texte: str) -> Iterator[Mot]:
    """Iterate over the words of a formula, the end included.

    Errors: ``ErreurFormule`` on a sign that has no meaning here.
    """
    if len(texte) > LONGUEUR_MAX:
        raise ErreurFormule(
            f"la formule est trop longue (au plus {LONGUEUR_MAX} caractères)", LONGUEUR_MAX
        )
    place = 0
    while place < len(texte):
        trouve = _MOTIF.match(texte, place)
        if trouve is None:
            raise ErreurFormule(_signe_refuse(texte[place]), place + 1)
        sorte = trouve.lastgroup or ""
        if sorte != "blanc":
            lu = trouve.group(sorte)
            lu = lu.lower() if sorte == "mot" else lu
            yield Mot(Sorte(sorte), _MEMES.get(lu, lu) if sorte != "texte" else lu, place + 1)
        place = trouve.end()
    yield Mot(Sorte.FIN, "", len(texte) + 1)


def _signe_refuse(signe: str) -> str:
    if signe == '"':
        return 'un guillemet ouvert n’est pas fermé\u00a0: ajoutez "'
    vu = signe if signe.isprintable() else f"U+{ord(signe):04X}"
    return f"le signe «\u00a0{vu}\u00a0» n’a pas de sens ici"
