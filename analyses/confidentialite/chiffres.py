"""Figures told beside a table, from what is displayed: the mean of the register, the median's class.

A mean is a row of the register beside the cells of its group; it was attacked with them. The class
of the median is read from the displayed intervals, so that it says nothing that they do not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

MOYENNE: Final = "|moyenne"
"""What stands for the answer in the register: no answer has this sign in its code."""
NATURE_MOYENNE: Final = "moyenne"
DEMI_DECIMALE: Final = 5
"""Hundredths between a mean shown with one decimal and the true one, at most."""


def bornes(centiemes_: int) -> tuple[int, int]:
    """Return the interval of a shown mean, in hundredths, as the register holds it."""
    return max(0, centiemes_ - DEMI_DECIMALE), centiemes_ + DEMI_DECIMALE


def centiemes(haut: int) -> int:
    """Return the shown mean from the high end of its interval: the low one may be cut at zero."""
    return haut - DEMI_DECIMALE


@dataclass(frozen=True, slots=True)
class Ordre:
    """What is told of the values of a question's answers."""

    codes: tuple[str, ...] = ()
    """Answers in growing order, without refusal nor silence; none when they have no order."""
    valeurs: tuple[float, ...] = ()
    """Value of each of them, for a scale."""
    m: int = 0
    """Fewest answers of the class of a median."""
    n_min: int = 0
    """Fewest answers whose median is told."""


SANS_ORDRE: Final = Ordre()


@dataclass(frozen=True, slots=True)
class Chiffres:
    """What is told of a group beside its counts."""

    moyenne: int | None = None
    """In hundredths."""
    mediane: tuple[str, ...] = ()
    """Codes of the class that holds the median, told as one."""

    def dire_la_moyenne(self) -> str:
        """Return the mean in French, with one decimal."""
        return "" if self.moyenne is None else f"{self.moyenne / 100:.1f}".replace(".", ",")


AUCUN: Final = Chiffres()


def mediane(ordre: Ordre, dites: Iterable[tuple[tuple[str, ...], int, int]]) -> tuple[str, ...]:
    """Return the class that holds the median whatever the truth inside the displayed intervals.

    ``dites``: codes told as one, least and greatest count. Nothing when the intervals leave doubt.
    """
    rangs = {code: rang for rang, code in enumerate(ordre.codes)}
    classes = sorted(
        (sorted(rangs[c] for c in codes), bas, haut)
        for codes, bas, haut in dites
        if all(c in rangs for c in codes)
    )
    if [r for rangs_, _, _ in classes for r in rangs_] != list(range(len(ordre.codes))):
        return ()
    if sum(bas for _, bas, _ in classes) < ordre.n_min:
        return ()
    for place, (siens, bas, _) in enumerate(classes):
        if bas < ordre.m:
            continue
        dessous, dessus = classes[:place], classes[place + 1 :]
        if sum(h for _, _, h in dessous) < bas + sum(b for _, b, _ in dessus) and sum(
            h for _, _, h in dessus
        ) < bas + sum(b for _, b, _ in dessous):
            return tuple(ordre.codes[r] for r in siens)
    return ()


def en_json(
    chiffres: Chiffres, ordre: Ordre, question: str, groupe: dict[str, str], taille: int
) -> list[dict[str, Any]]:
    """Return the statistics of a group in the format of confidentialité §9: numbers only.

    The class of a median that holds several values is no number: its cells tell it.
    """
    dits = []
    if chiffres.moyenne is not None:
        dits.append(("mean", chiffres.moyenne / 100, 1))
    if ordre.valeurs and len(chiffres.mediane) == 1:
        valeurs = dict(zip(ordre.codes, sorted(ordre.valeurs), strict=True))
        dits.append(("median", _nombre(valeurs[chiffres.mediane[0]]), 0))
    return [
        {
            "group": groupe,
            "question": question,
            "stat": nom,
            "value": valeur,
            "decimals": decimales,
            "n": taille,
            "scale": [_nombre(min(ordre.valeurs)), _nombre(max(ordre.valeurs))],
        }
        for nom, valeur, decimales in dits
    ]


def _nombre(valeur: float) -> float:
    """Return a whole number as such: codes of a scale are written without a point."""
    return int(valeur) if float(valeur).is_integer() else valeur
