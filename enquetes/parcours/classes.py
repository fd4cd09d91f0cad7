"""Classes in which the numbers that people answer are counted: where each begins, and its words.

They come from the question alone, so they are known before any answer. Where a class begins decides
which answers are counted together: for a published question it never changes (ADR 0154).
"""

import math
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

CLASSES: Final = (0, 1, 2, 3, 4, 5, 6, 10, 20, 50, 100)
"""Where classes begin, unless the question has its own (option ``classes``)."""


def debuts(options: Mapping[str, Any]) -> tuple[int, ...]:
    """Return where each class of a number begins; what is under the first is counted in it."""
    siennes = options.get("classes")
    if siennes:
        return tuple(siennes)
    mini, maxi = int(options.get("min", 0)), options.get("max")
    return tuple(b for b in CLASSES if b >= mini and (maxi is None or b <= maxi)) or (mini,)


def mots(options: Mapping[str, Any]) -> list[str]:
    """Return what each class holds: « 3 à 5 », « de 3 à moins de 4 » when there are decimals."""
    bornes, mini = debuts(options), options.get("min", 0)
    decimales = bool(options.get("decimales", 0))
    # Everything under the first beginning is counted there: its words say so.
    premier = min(bornes[0], mini if decimales else math.ceil(mini))
    lues = (premier, *bornes[1:])
    dire = _presque if decimales else _jusque
    return [
        *(dire(debut, suivant) for debut, suivant in pairwise(lues)),
        f"{_ecrit(lues[-1])} et plus",
    ]


def conseillees(options: Mapping[str, Any]) -> list[int]:
    """Return classes that begin with the least answer, when those of a question do not; else nothing."""
    bornes, mini = debuts(options), math.floor(options.get("min", 0))
    if bornes[0] <= mini:
        return []
    return [mini, *bornes]


def _presque(debut: float, suivant: float) -> str:
    return f"de {_ecrit(debut)} à moins de {_ecrit(suivant)}"


def _jusque(debut: float, suivant: float) -> str:
    return _ecrit(debut) if debut == suivant - 1 else f"{_ecrit(debut)} à {_ecrit(suivant - 1)}"


def _ecrit(nombre: float) -> str:
    return f"{Decimal(str(nombre)):f}".replace(".", ",")
