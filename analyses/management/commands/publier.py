"""Prepare the tables of the relevés that wait: ``manage.py publier``. Run again, it does nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from analyses.actions.clotures import publier_releve
from analyses.extraction.lecture import releves_a_publier
from voix.commun.erreurs import ErreurVoix


class Command(BaseCommand):
    help = "Protège et publie les tableaux des relevés qui ne le sont pas encore."

    def handle(self, *args: Any, **options: Any) -> None:
        for releve in releves_a_publier():
            try:
                publication = publier_releve(releve_id=releve.pk, par="commande:publier")
            except ErreurVoix as refus:
                self.stderr.write(f"{releve}\u00a0: {refus.message}")
            else:
                self.stdout.write(f"{releve}\u00a0: {publication.nombre} réponses comptées.")
