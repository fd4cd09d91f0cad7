"""How far a last day may be: further, it is a slip of the finger, and answers would never be erased."""

from datetime import date
from typing import Final

from django.utils import timezone

from voix.commun.erreurs import SaisieInvalide

ANNEES: Final = 5


def dernier_jour_possible() -> date:
    """Return the furthest day that may be chosen today."""
    aujourdhui = timezone.localdate()
    # The 28th exists in every month.
    return aujourdhui.replace(year=aujourdhui.year + ANNEES, day=min(aujourdhui.day, 28))


def exiger_jour_proche(jour: date) -> None:
    """Refuse a day that is too far, and say up to when one may go."""
    limite = dernier_jour_possible()
    if jour > limite:
        raise SaisieInvalide(
            f"Cette date est trop lointaine. Choisissez un jour jusqu’au {limite:%d/%m/%Y}\u00a0: "
            "la date pourra encore être repoussée plus tard."
        )
