"""Look after the inbox: open what was left, purge old sealed copies, tell its health, make a key."""

import os
from argparse import SUPPRESS, ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from enquetes.actions.boite import balayer, demander_le_renvoi, en_retard, purger
from enquetes.actions.ouvreur import PATIENCE, tenir
from enquetes.actions.tours import oublier_tours_perimes
from enquetes.echanges.scellement import defauts_des_cles, fichiers, nouvelle_cle


class Command(BaseCommand):
    help = "Ouvre les enveloppes laissées, purge les copies scellées anciennes, dit la santé."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--verifier",
            action="store_true",
            help="dit seulement la santé\u00a0; échoue si une enveloppe attend depuis cinq minutes",
        )
        parser.add_argument(
            "--nouvelle-cle",
            action="store_true",
            help="fabrique une clé\u00a0; les anciennes restent, pour ce qui n’est pas encore arrivé",
        )

        parser.add_argument(
            "--renvoyer-depuis",
            type=date.fromisoformat,
            metavar="AAAA-MM-JJ",
            help="après une sauvegarde remise\u00a0: chaque appareil renvoie ce qu’il a envoyé depuis",
        )

        parser.add_argument(
            "--ouvrir",
            type=float,
            nargs="?",
            const=PATIENCE,
            metavar="SECONDES",
            help="ouvre tant qu’il en arrive\u00a0; le site la lance de lui-même",
        )
        parser.add_argument("--verrou", type=int, help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do all of it; each part can be done again at will."""
        if options["ouvrir"] is not None:
            os.nice(10)  # answers that arrive come first, whatever waits to be opened
            ouvertes = tenir(verrou=options["verrou"], patience=options["ouvrir"])
            self.stdout.write(f"Ouvertes\u00a0: {ouvertes}.")
            return
        if options["nouvelle_cle"]:
            self.stdout.write(f"Nouvelle clé\u00a0: {nouvelle_cle().name}. Sauvegardez-la.")
            return
        if options["renvoyer_depuis"]:
            jour = datetime.combine(options["renvoyer_depuis"], time.min)
            demander_le_renvoi(depuis=timezone.make_aware(jour))
            self.stdout.write("Les appareils renverront ce qu’ils ont gardé, à leur retour.")
            return
        if not options["verifier"]:
            self.stdout.write(f"Ouvertes\u00a0: {balayer()}. Copies purgées\u00a0: {purger()}.")
            self.stdout.write(f"Tours laissés, oubliés\u00a0: {oublier_tours_perimes()}.")
        fautives = defauts_des_cles()
        if fautives:
            raise CommandError(f"Clés illisibles\u00a0: {', '.join(fautives)}.")
        attente = en_retard()
        self.stdout.write(f"Clés\u00a0: {len(fichiers())}. En retard\u00a0: {attente}.")
        if attente:
            raise CommandError(f"{attente} enveloppes attendent depuis plus de cinq minutes.")
