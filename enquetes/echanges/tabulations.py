"""A file that is indented with tabulations: they all have one width, which the file itself tells."""

import re
from typing import Final

LARGEURS: Final = (2, 4, 8)
"""Spaces that a tabulation is worth, in the editors that people have."""
PLUTOT_TABULEES: Final = 10
"""Lines with a tabulation at their start beyond which they are the file's way of indenting."""
_MARGE: Final = re.compile(r"^[ \t]+", re.MULTILINE)


def lignes_tabulees(texte: str) -> list[int]:
    """Return the lines, from 1, that begin with a tabulation and say something."""
    return [
        n
        for n, ligne in enumerate(texte.splitlines(), 1)
        if (nu := ligne.lstrip()) and nu[0] != "#" and "\t" in ligne[: len(ligne) - len(nu)]
    ]


def en_espaces(texte: str, largeur: int) -> str:
    """Return a text whose lines begin with spaces only: each tabulation is worth ``largeur``."""
    return _MARGE.sub(lambda marge: marge[0].expandtabs(largeur), texte)
