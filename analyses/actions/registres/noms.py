"""Two rows whose names differ by capitals, accents or spaces only are one row written in two ways."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from analyses.indicateurs.registres import Registre

Cle = tuple[Any, ...]
"""What makes a row unique: the last values are the columns of ``Registre.cle``."""


def plier(cle: Sequence[Any]) -> Cle:
    """Return a key whose texts are as they are compared; what is not a text stays as it is."""
    return tuple(_plie(morceau) if isinstance(morceau, str) else morceau for morceau in cle)


def _plie(nom: str) -> str:
    """Return a name without capitals, accents nor double spaces; « P-1.1 » is still not « P-11 »."""
    lettres = unicodedata.normalize("NFKD", nom.replace("’", "'")).casefold()
    return " ".join("".join(s for s in lettres if not unicodedata.combining(s)).split())


def dire(r: Registre, cle: Cle, autre: Cle) -> tuple[str, str, str]:
    """Return the column in which two keys differ, what is wrong, and what to write."""
    rang = next(rang for rang, (a, b) in enumerate(zip(cle, autre, strict=True)) if a != b)
    message = (
        f"«\u00a0{cle[rang]}\u00a0» et «\u00a0{autre[rang]}\u00a0» ne diffèrent que par des "
        "majuscules, des accents ou des espaces."
    )
    conseil = (
        f"Écrivez «\u00a0{autre[rang]}\u00a0» si c’est la même chose, sinon un nom plus précis."
    )
    return r.cle[rang - len(cle)], message, conseil
