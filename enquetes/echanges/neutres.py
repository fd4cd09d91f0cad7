"""A line that nothing mends, written so that it says nothing: what is around it can still be read.

Its place is kept (a page, a choice, a text), and its code when it can be read: conditions name it.
What is then wrong with the line itself is not the author's, and is not said.
"""

import re
from collections.abc import Iterator
from typing import Final

RIEN: Final = "illisible"
"""What stands for the words that were not read."""
_LIGNE: Final = re.compile(r"(\s*)((?:-\s*)*)[\"']?([\w.-]*)")
_CODE: Final = re.compile(r"\bcode\b\s*[:=]?\s*[\"']?([a-z0-9][\w-]*)")


def neutres(ligne: str, dessus: list[str], dessous: list[str]) -> Iterator[str]:
    """Yield ways to write a line without its words, the one that keeps the most of it first."""
    lue = next(_LIGNE.finditer(ligne))  # it matches anything
    marges = [len(lue[1].expandtabs(2)), *_autour(dessus, dessous)]
    for marge in dict.fromkeys(marges):
        for ecrite in _sans_mots(ligne, lue, dessous):
            yield " " * marge + ecrite
    yield ""


def _autour(dessus: list[str], dessous: list[str]) -> Iterator[int]:
    """Yield the margins that the lines around give to theirs: under the dash, and under its words."""
    for voisines in (reversed(dessus), dessous):
        proche = next((une for une in voisines if une.strip()), "")
        yield len(proche) - len(proche.lstrip(" "))
        yield len(proche) - len(proche.lstrip(" -"))
        yield len(proche) - len(proche.lstrip(" -")) + 2


def _sans_mots(ligne: str, lue: re.Match[str], dessous: list[str]) -> Iterator[str]:
    code = trouve[1] if (trouve := _CODE.search(ligne)) else RIEN
    tiret, cle = "- " * lue[2].count("-"), lue[3]
    if "{" in ligne or "}" in ligne:
        yield f"{tiret}{{code: {code}, texte: {RIEN}}}"
    if cle:
        suivante = next((une for une in dessous if une.strip()), "")
        plus_loin = len(suivante) - len(suivante.lstrip()) > len(lue[1]) + len(lue[2])
        if cle == "code":
            yield f"{tiret}{cle}: {code}"
        yield f"{tiret}{cle}:{'' if plus_loin else f' {RIEN}'}"
    elif tiret:
        yield f"{tiret}{RIEN}"
