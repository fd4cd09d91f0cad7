"""A text as detectors read it: no accents, no case, plain digits; and the way back to the original.

Detection works on ``plie`` and ``plat``, which have one entry per folded character; what leaves
this package are offsets in code points of the text as it was given.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_EQUIVALENTS = {
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
    "ß": "ss",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "\u0131": "i",  # Turkish dotless i
    "№": "n°",
    "º": "°",
    "ª": "°",
}
_APOSTROPHES = frozenset("'\u2019\u2018\u02bc\u201b`\u00b4\u2032\uff07\u02b9")
_TIRETS = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d")


@lru_cache(maxsize=8192)
def _caractere(caractere: str) -> tuple[str, str]:
    """Return one character without accents, as written and in lower case (of equal lengths)."""
    if caractere in _APOSTROPHES:
        return "'", "'"
    if caractere in _TIRETS:
        return "-", "-"
    plat = _EQUIVALENTS.get(caractere)
    if plat is None:
        plat = "".join(_simple(c) for c in unicodedata.normalize("NFKD", caractere))
    minuscules = "".join(c.lower() if len(c.lower()) == 1 else c for c in plat)
    return plat, minuscules


def _simple(caractere: str) -> str:
    """Return nothing for a mark or an invisible character, an ASCII digit for any digit."""
    categorie = unicodedata.category(caractere)
    if categorie in {"Mn", "Me", "Cf"}:
        return ""
    if categorie == "Nd":
        return str(unicodedata.digit(caractere))
    if caractere in {"\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"}:
        return "\n"
    return " " if caractere.isspace() else caractere


def plier(texte: str) -> str:
    """Return a text without accents, in lower case: the form in which lists are written."""
    return "".join(_caractere(caractere)[1] for caractere in texte)


def ensemble(mots: str) -> frozenset[str]:
    """Return a set from words separated by spaces: how short lists are written in this package."""
    return frozenset(mots.split())


@dataclass(frozen=True, slots=True)
class Pliage:
    """A text, its folded forms, and for each folded character its place in the original."""

    original: str
    plat: str
    """Without accents, with its capitals."""
    plie: str
    """The same in lower case."""
    origines: tuple[int, ...]
    """``origines[i]``: code point of ``original`` from which folded character ``i`` comes."""

    def bornes(self, debut: int, fin: int) -> tuple[int, int]:
        """Return the original offsets of a folded span (not empty), marks that follow included.

        A half of a ligature cannot be cut: the span then takes the whole.
        """
        dernier = self.origines[fin - 1] + 1
        suivant = self.origines[fin] if fin < len(self.origines) else len(self.original)
        return self.origines[debut], max(dernier, suivant)


def lire(texte: str) -> Pliage:
    """Fold a text of any content; never fails."""
    plats: list[str] = []
    plies: list[str] = []
    origines: list[int] = []
    for place, caractere in enumerate(texte):
        plat, plie = _caractere(caractere)
        plats.append(plat)
        plies.append(plie)
        origines.extend([place] * len(plat))
    return Pliage(texte, "".join(plats), "".join(plies), tuple(origines))
