"""Erase what has no more reason to be kept: ``manage.py purger [--au AAAA-MM-JJ]``, each night."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from enquetes.actions.retention import purger_reponses


class Command(BaseCommand):
    help = "Efface les brouillons abandonnés et les réponses arrivées au bout de leur durée."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--au", type=_jour, default=None, help="jour à considérer (aujourd’hui)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        au = options["au"] or timezone.localdate()
        if au > timezone.localdate():
            raise CommandError("Ce jour n’est pas encore venu\u00a0: rien n’est effacé d’avance.")
        purge = purger_reponses(au=au, par="commande:purger")
        self.stdout.write(f"{purge.brouillons} brouillons et {purge.passations} réponses effacés.")
        if purge.echecs:
            raise CommandError(
                f"Étapes qui ont échoué\u00a0: {purge.echecs}. Le journal dit lesquelles. "
                "Les autres sont faites. Corrigez, puis relancez la même commande."
            )


def _jour(texte: str) -> date:
    try:
        return date.fromisoformat(texte)
    except ValueError as erreur:
        raise CommandError(f"«\u00a0{texte}\u00a0» n’est pas une date AAAA-MM-JJ.") from erreur
