"""Erase the texts received, thirty days after the decision: ``manage.py purger_verbatims``, each night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from analyses.actions.verbatims import oublier_originaux, textes_a_oublier
from analyses.management.commande import jour
from enquetes.actions.textes import oublier_textes


class Command(BaseCommand):
    help = (
        "Efface les textes reçus trente jours après la décision, et ceux des personnes effacées."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--au", type=jour, help="jour à considérer (aujourd’hui)")

    def handle(self, *args: Any, **options: Any) -> None:
        au = options["au"] or timezone.localdate()
        if au > timezone.localdate():
            raise CommandError("Ce jour n’est pas encore venu\u00a0: rien n’est effacé d’avance.")
        with transaction.atomic():
            # First out of the answers themselves: what is emptied here cannot be found there again.
            oublier_textes(textes=textes_a_oublier(au=au))
            nombre = oublier_originaux(au=au, par="commande:purger_verbatims")
        self.stdout.write(f"{nombre} textes effacés.")
