"""Decimal answers as whole numbers of their resolution: binary noise must not create ranks.

In binary, ``0.3 - 0.2`` and ``0.2 - 0.1`` differ by 3e-17 and would get two ranks. Here numbers are
read as they are written, subtracted exactly, and rounded to the resolution (half to even).
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .refus import CalculImpossible

Nombre = int | float
Entiers = NDArray[np.int64]

_CHIFFRES_SURS: Final = 15
_PLUS_GRAND: Final = 2**50
"""Quarters of a unit stay exact in 64-bit floats."""


def en_fraction(nombre: Nombre) -> Fraction:
    """Return the number as it is written in decimal (``0.1`` is one tenth).

    Errors: ``CalculImpossible`` if it is not finite.
    """
    if not math.isfinite(nombre):
        raise CalculImpossible("Une valeur n’est pas un nombre fini.")
    return Fraction(str(nombre))


def differences(
    avant: Sequence[Nombre], apres: Sequence[Nombre], pas: Nombre | None = None
) -> tuple[Entiers, Fraction]:
    """Return ``apres - avant`` in whole units, and the value of one unit.

    ``avant``, ``apres``: n answers of the same people in the same order. ``pas``: the resolution of
    the answers (1 for a scale, 0.5 for half portions); without it, differences are kept as written.
    Errors: ``CalculImpossible`` if lengths differ, ``pas`` is not positive, or a value is not
    finite or is more than 2^50 units.
    """
    if len(avant) != len(apres):
        raise CalculImpossible("Il faut autant de réponses avant qu’après.")
    ecarts = [en_fraction(b) - en_fraction(a) for a, b in zip(avant, apres, strict=True)]
    if pas is None:
        unite = Fraction(1, math.lcm(*(ecart.denominator for ecart in ecarts)))
    else:
        unite = en_fraction(pas)
    if unite <= 0:
        raise CalculImpossible("Le pas doit être plus grand que zéro.")
    entiers = [round(ecart / unite) for ecart in ecarts]
    if any(abs(entier) > _PLUS_GRAND for entier in entiers):
        raise CalculImpossible("Les valeurs sont trop grandes ou trop précises pour ce pas.")
    return np.array(entiers, dtype=np.int64), unite


def nombres_finis(valeurs: Sequence[Nombre]) -> NDArray[np.float64]:
    """Return the values (n,) as floats; ``CalculImpossible`` if one is not finite."""
    try:
        nombres = np.array(valeurs, dtype=np.float64)
    except OverflowError:
        raise CalculImpossible("Une valeur est trop grande.") from None
    if not np.isfinite(nombres).all():
        raise CalculImpossible("Une valeur n’est pas un nombre fini.")
    return nombres


def sans_bruit(nombres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return finite values to be ranked: those that only binary noise tells apart are made equal.

    ``0.1 + 0.2`` and ``0.3`` are one value. Fifteen significant digits are what decimal numbers keep
    through binary ones.
    """
    return np.array(
        [x if x.is_integer() else float(f"{x:.{_CHIFFRES_SURS}g}") for x in nombres.tolist()]
    )
