"""Percentages as they are shown, and those that no count can give.

A whole percent of N things is one of N + 1 values: 74 % of 48 does not exist (35 give 73 %, 36
give 75 %). Source: domaine §1.2, points 2 to 5.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, sqrt
from typing import Final

BASE_MIN: Final = 10
"""Fewest units of a base that gets a percentage (domaine §3.2); below, k and N only."""
BASE_CHERCHEE: Final = 400
"""Largest base that is tried when looking for one that fits."""
_Z: Final = 1.959963984540054
"""97.5 % point of the normal law: 95 % intervals."""


def donne(pourcent: Fraction, k: int, n: int, decimales: int = 0) -> bool:
    """Return whether ``k`` of ``n`` may be written ``pourcent``, whichever way halves are rounded."""
    return bool(abs(Fraction(100 * k, n) - pourcent) * 2 * 10**decimales <= 1)


def effectifs_possibles(pourcent: Fraction, n: int, decimales: int = 0) -> list[int]:
    """Return every count of ``n`` things that may be written ``pourcent``; none: impossible."""
    marge = Fraction(1, 2 * 10**decimales)
    bas = max(0, ceil((pourcent - marge) * n / 100))
    haut = min(n, floor((pourcent + marge) * n / 100))
    return list(range(bas, haut + 1))


def plus_petite_base(
    pourcents: Iterable[Fraction], minimum: int = 1, maximum: int = BASE_CHERCHEE
) -> int | None:
    """Return the smallest base that gives all of them, if there is one up to ``maximum``.

    80, 90, 60 and 50 % have 10: six territoires cannot have given them.
    """
    voulus = list(pourcents)
    for n in range(minimum, maximum + 1):
        if all(effectifs_possibles(pourcent, n) for pourcent in voulus):
            return n
    return None


@dataclass(frozen=True, slots=True)
class Controle:
    """What is wrong with a percentage beside its base; nothing when it may be true."""

    message: str = ""
    """French, for the person who reads or types the figure."""
    conseil: str = ""

    @property
    def possible(self) -> bool:
        """Return whether the figure may be true."""
        return not self.message


def lire_pourcent(texte: str) -> tuple[Fraction, int]:
    """Return the percentage and how many decimals were written: « 73,8 % » gives 73.8 and 1.

    Errors: ``ValueError`` when it is not a number.
    """
    brut = texte.replace("%", "").replace("\u202f", "").replace("\u00a0", "").strip()
    brut = brut.replace(",", ".")
    if not brut or not all(signe.isdecimal() or signe == "." for signe in brut):
        raise ValueError(texte)
    decimales = len(brut.split(".", 1)[1]) if "." in brut else 0
    return Fraction(brut), decimales


def en_texte(pourcent: Fraction, decimales: int) -> str:
    """Return a percentage as French writes it, without its sign: « 73,8 »."""
    return f"{float(pourcent):.{decimales}f}".replace(".", ",")


def controler(
    pourcent: Fraction, n: int | None, k: int | None = None, decimales: int = 0
) -> Controle:
    """Say whether a percentage, computed or typed in by hand, may come from its base.

    ``n`` is what the percentage is of; ``k`` how many, when it is known.
    """
    ecrit = f"{en_texte(pourcent, decimales)}\u00a0%"
    if not 0 <= pourcent <= 100:  # noqa: PLR2004  (a percentage)
        return Controle(
            f"{ecrit} n’est pas une part.", "Une part va de 0 à 100\u00a0%. Vérifiez le chiffre."
        )
    if n is None:
        return Controle()
    if n == 0:
        return Controle(
            f"{ecrit} de 0\u00a0: une part de rien n’existe pas.", "Laissez le résultat vide."
        )
    if k is not None:
        return _controler_k(pourcent, k, n, decimales)
    if effectifs_possibles(pourcent, n, decimales):
        return Controle()
    return Controle(f"{ecrit} de {n}, c’est impossible.", _voisins(pourcent, n, decimales))


def _controler_k(pourcent: Fraction, k: int, n: int, decimales: int) -> Controle:
    if k > n:
        return Controle(
            f"{k} sur {n}\u00a0: la partie dépasse le tout.", "Vérifiez les deux nombres."
        )
    if donne(pourcent, k, n, decimales):
        return Controle()
    vrai = Fraction(100 * k, n)
    return Controle(
        f"{k} sur {n} ne font pas {en_texte(pourcent, decimales)}\u00a0%.",
        f"{k} sur {n} font {en_texte(vrai, decimales)}\u00a0%.",
    )


def _voisins(pourcent: Fraction, n: int, decimales: int) -> str:
    """Say what the base can give just below and above, and which base would fit."""
    dessous = floor(pourcent * n / 100)
    dits = [
        f"{k} sur {n} font {en_texte(Fraction(100 * k, n), decimales)}\u00a0%"
        for k in (dessous, dessous + 1)
        if 0 <= k <= n
    ]
    phrase = ", ".join(dits) + "."
    for base in range(2, BASE_CHERCHEE + 1):
        trouves = effectifs_possibles(pourcent, base, decimales)
        if trouves:
            return f"{phrase} Il faudrait une autre base, par exemple {trouves[0]} sur {base}."
    return phrase


def wilson(k: int, n: int) -> tuple[int, int]:
    """Return the 95 % interval of Wilson, in whole percents, for a base that is a sample.

    Source: domaine §3.2 (8 of 10 gives 49 to 94 %). Errors: ``ZeroDivisionError`` when n is 0.
    """
    p = k / n
    milieu = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    demi = _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return round(100 * max(0.0, milieu - demi)), round(100 * min(1.0, milieu + demi))
