"""``manage.py territoires [FICHIER]``: the tree of territoires, from a CSV file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from voix.commun.erreurs import ErreurVoix
from voix.comptes.actions.territoires import FICHIER, charger_territoires


class Command(BaseCommand):
    help = "Charge les territoires d’un fichier (chemin;niveau;nom). Sans fichier\u00a0: ceux de Voix."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", nargs="?", type=Path, default=FICHIER)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            bilan = charger_territoires(par="commande:territoires", fichier=options["fichier"])
        except OSError as erreur:
            raise CommandError(
                f"Ce fichier ne se lit pas\u00a0: {options['fichier']}."
            ) from erreur
        except UnicodeDecodeError as erreur:
            raise CommandError("Enregistrez ce fichier en UTF-8.") from erreur
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur
        if options["verbosity"]:
            self.stdout.write(
                f"{bilan.nb_lus} territoires lus, {bilan.nb_crees} créés, "
                f"{bilan.nb_corriges} corrigés."
            )
