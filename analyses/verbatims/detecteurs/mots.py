"""The words of a text with what surrounds them: what detectors of persons reason on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from analyses.verbatims.pliage import Pliage, ensemble

_MOT: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CROCHET: Final = re.compile(r"\[(?:[^\W\d_]|[-…]){1,12}\]")
_PONCTUATION_FINALE: Final = frozenset(".!?…\n:;•|")
ABREGES: Final = ensemble("m mr mme mlle dr pr st ste")
"""Followed by a full stop that ends nothing."""
ANNONCES: Final = ensemble(
    "prenom prenoms nom noms signe signee signature appelle mme mr monsieur madame contact"
)
"""« Prénom : Sita »: what follows goes on with them."""
_TRANSPARENT: Final = " \"'«»(*-–_/"
_CAPITALES_COURANTES: Final = 0.4


@dataclass(frozen=True, slots=True)
class Mot:
    """A word, folded."""

    debut: int
    fin: int
    texte: str
    capitale: bool
    """Written with a capital, where a capital says something."""
    initial: bool
    """First of a sentence: its capital says nothing."""
    colle: bool
    """Only a space or a hyphen between it and the word before."""
    apostrophe: str
    """What is elided before it: « l » in « l'aide »."""


def decouper(texte: Pliage) -> list[Mot]:
    """Return the words of a text, those already replaced left out."""
    crie = _sans_casse(texte.plat)
    remplaces = {
        place for trouve in _CROCHET.finditer(texte.plie) for place in range(*trouve.span())
    }
    mots: list[Mot] = []
    fin_precedente = 0
    for trouve in _MOT.finditer(texte.plie):
        debut, fin = trouve.span()
        if debut in remplaces:
            fin_precedente = fin
            continue
        entre = texte.plie[fin_precedente:debut]
        if mots and mots[-1].texte in ABREGES and entre in {".", ". "}:
            entre = " "
        if mots and entre.strip() in {":", "="} and mots[-1].texte in ANNONCES:
            entre = " "
        elide = entre == "'" and mots and mots[-1].fin == fin_precedente
        capitale = texte.plat[debut].isupper() and not crie
        mots.append(
            Mot(
                debut,
                fin,
                trouve.group(),
                capitale,
                initial=_est_initial(entre, premier=not mots) or bool(elide and mots[-1].initial),
                colle=entre in {" ", "-", "  ", " - "} and fin_precedente > 0,
                apostrophe=mots[-1].texte if elide else "",
            )
        )
        fin_precedente = fin
    return mots


def _est_initial(entre: str, *, premier: bool) -> bool:
    reste = entre.strip(_TRANSPARENT)
    return premier or bool(reste and reste[-1] in _PONCTUATION_FINALE)


def _sans_casse(plat: str) -> bool:
    """Return whether capitals say nothing: all in capitals, or one at almost every word."""
    lettres = [c for c in plat if c.isalpha()]
    hauts = sum(c.isupper() for c in lettres)
    if len(lettres) >= 6 and hauts > 0.6 * len(lettres):
        return True
    debuts = [plat[m.start()] for m in _MOT.finditer(plat) if m.end() - m.start() > 2]
    return len(debuts) >= 6 and sum(c.isupper() for c in debuts) > 0.7 * len(debuts)


def precedents(mots: list[Mot], rang: int, nombre: int) -> Iterator[str]:
    """Yield the words before one, nearest first, within its sentence."""
    for place in range(rang, max(rang - nombre, 0), -1):
        if mots[place].initial:
            return
        yield mots[place - 1].texte
