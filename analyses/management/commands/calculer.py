"""Compute what a statistician asks, to compare with their own tool.

``python manage.py calculer < demandes.json``: a JSON list of ``{"fonction": NOM, …}`` in, the list
of their figures out, in the same order. A figure that cannot be computed is ``null`` and the
result then has a ``raison``. No data of Voix is read.
"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analyses.statistiques.demandes import repondre

_CHIFFRES_MAX = 400


def _entier(chiffres: str) -> int | float:
    """Read a whole number; one with thousands of digits is infinite and refused as such."""
    return int(chiffres) if len(chiffres) <= _CHIFFRES_MAX else float("inf")


def lire(entree: bytes) -> list[Any]:
    """Return the requests; ``CommandError`` if the input is not a JSON list."""
    try:
        demandes = json.loads(entree, parse_int=_entier)
    except (ValueError, RecursionError):
        raise CommandError("L’entrée n’est pas du JSON lisible.") from None
    if not isinstance(demandes, list):
        raise CommandError("L’entrée doit être une liste JSON de demandes.")
    return demandes


class Command(BaseCommand):
    help = "Calcule les statistiques demandées (liste JSON sur l’entrée standard)."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        resultats = [
            json.dumps(repondre(demande), ensure_ascii=False, allow_nan=False)
            for demande in lire(sys.stdin.buffer.read())
        ]
        self.stdout.write("[" + ",\n ".join(resultats) + "]")
