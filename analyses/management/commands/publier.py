"""Prepare the tables of the relevés that wait: ``manage.py publier``. Run again, it does nothing."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from analyses.actions.chantiers import mener, preparer
from analyses.actions.clotures import reste_a_publier
from analyses.extraction.lecture import releve_nomme, releves_a_publier
from analyses.management.commande import Commande
from voix.commun.erreurs import ErreurVoix
from voix.comptes.models import Compte


class Command(Commande):
    help = "Protège et publie les tableaux des relevés qui ne le sont pas encore."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--proposer",
            action="store_true",
            help="prépare sans publier\u00a0: la coordination lit",
        )
        parser.add_argument("--releve", type=int, help="celui-ci seulement (identifiant)")
        parser.add_argument("--par", type=int, help="compte qui le demande (identifiant)")
        parser.add_argument("--verrou", type=int, help="fichier déjà verrouillé (usage interne)")

    def handle(self, *args: Any, **options: Any) -> None:
        par = Compte.objects.filter(pk=options["par"]).first() or "commande:publier"
        voulu, verrou = options["releve"], options["verrou"]
        releves = [r for r in releves_a_publier() if voulu in {None, r.pk}]
        if voulu is not None and not releves and reste_a_publier(voulu):
            releves = [releve_nomme(voulu)]
        if voulu is not None and not releves:
            raise CommandError("Ce relevé n’attend pas de tableaux.")
        for releve in releves:
            try:
                faire = preparer if options["proposer"] else mener
                fait = faire(releve_id=releve.pk, par=par, verrou=verrou)
            except ErreurVoix as refus:
                self.stderr.write(f"{releve}\u00a0: {refus.message}")
            else:
                dit = f"{fait.nombre} réponses comptées" if fait else "déjà en cours"
                self.stdout.write(f"{releve}\u00a0: {dit}.")
