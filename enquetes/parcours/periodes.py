"""Periods in which months are counted: between dates, or so long before a collecte opens.

They are written with the question, so before any answer: nobody draws them around what was said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

MOIS_ECRIT: Final = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")
"""A month as it is stored: « 2025-03 »."""
ANNEES: Final = range(1900, 2100)
RECUL_MAX: Final = 600
"""Months: fifty years before."""
BORNES_AU_PLUS: Final = 12
_AN: Final = 12


@dataclass(frozen=True, slots=True)
class Periodes:
    """What an author wrote under ``classes`` of a question that asks for a month."""

    relatives: bool
    """Counted back from the opening of the collecte; otherwise between dates."""
    bornes: tuple[int, ...]
    """Where each period begins: months before the opening, from 0; or months since year 0."""

    def rang(self, mois: int, ouverture: int) -> int:
        """Return the period of a month: the latest first when counted back, else the oldest."""
        if not self.relatives:
            return sum(mois >= borne for borne in self.bornes)
        # What came after the opening counts as just before.
        return sum(ouverture - mois >= borne for borne in self.bornes[1:])


def mois_absolu(ecrit: str) -> int:
    """Return a stored month as months since year 0; raise ``ValueError`` on anything else."""
    lu = MOIS_ECRIT.fullmatch(ecrit)
    if lu is None:
        raise ValueError(f"month {ecrit!r}")
    return int(lu[1]) * _AN + int(lu[2]) - 1


def mois_ecrit(mois: int) -> str:
    """Return « 2025-03 », the way back of ``mois_absolu``."""
    return f"{mois // _AN}-{mois % _AN + 1:02d}"


def periodes(valeur: Any) -> Periodes | None:
    """Read the setting; nothing when it is not one.

    Either months before the opening (``[0, 2, 7, 13]``) or dates (``[2024, 2025-07]``), each
    further than the one before.
    """
    if not isinstance(valeur, list | tuple) or not 0 < len(valeur) <= BORNES_AU_PLUS:
        return None
    reculs = [v for v in valeur if _est_entier(v) and 0 <= v <= RECUL_MAX]
    if len(reculs) == len(valeur):
        juste = reculs[0] == 0 and len(reculs) > 1 and _croissent(reculs)
        return Periodes(relatives=True, bornes=tuple(reculs)) if juste else None
    dates = [mois for v in valeur if (mois := _date(v)) is not None]
    juste = len(dates) == len(valeur) and _croissent(dates)
    return Periodes(relatives=False, bornes=tuple(dates)) if juste else None


def _est_entier(valeur: Any) -> bool:
    return isinstance(valeur, int) and not isinstance(valeur, bool)


def _croissent(nombres: Iterable[int]) -> bool:
    return all(avant < apres for avant, apres in pairwise(nombres))


def _date(valeur: Any) -> int | None:
    """Return the month that a year or « 2025-07 » begins with."""
    if _est_entier(valeur):
        return valeur * _AN if valeur in ANNEES else None
    if isinstance(valeur, str) and MOIS_ECRIT.fullmatch(valeur):
        return mois_absolu(valeur)
    return None
