"""Numbers as people write them: one rule of rounding for the whole house, and of writing them."""

from decimal import Decimal
from typing import Final

_ANGLAIS: Final = "en"


def arrondi(k: int, n: int) -> int:
    """Return the whole percent as shown: halves go up, as people round (1 of 8 is 13 %).

    Errors: ``ZeroDivisionError`` on an empty base.
    """
    return (200 * k + n) // (2 * n)


def grouper(nombre: float | str, langue: str, *, a_partir_de: int = 4) -> str:
    """Return a number in groups of three: « 1 234,5 », with narrow spaces that do not break.

    English has « 1,234.5 ». Whole parts of fewer figures than ``a_partir_de`` are left together.
    """
    entier, _point, reste = f"{Decimal(str(nombre)):f}".partition(".")  # never « 1e+16 »
    signe, chiffres = ("-", entier[1:]) if entier.startswith("-") else ("", entier)
    anglais = langue == _ANGLAIS
    groupes = chiffres
    if len(chiffres) >= a_partir_de:
        groupes = f"{int(chiffres):,}".replace(",", "," if anglais else "\u202f")
    return signe + groupes + (f"{'.' if anglais else ','}{reste}" if reste else "")
