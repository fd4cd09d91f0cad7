"""``manage.py alimactiv``: the milestones of the trained territoires enter by the front door."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from enquetes.actions.jalons import deposer_jalons
from enquetes.echanges.jalons import FICHIER_ALIMACTIV, lire_jalons
from enquetes.models import Collecte
from voix.commun.erreurs import ErreurVoix
from voix.comptes.models import Compte


class Command(BaseCommand):
    help = "Dépose une passation par territoire, à partir du fichier des jalons Alim’Activ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--par", required=True, metavar="E-MAIL", help="compte qui dépose")
        parser.add_argument("--collecte", default="alimactiv", metavar="NOM")
        parser.add_argument("--fichier", type=Path, default=FICHIER_ALIMACTIV)

    def handle(self, *args: Any, **options: Any) -> None:
        par = Compte.objects.filter(email=options["par"]).first()
        if par is None:
            raise CommandError(f"Aucun compte ne porte l’adresse {options['par']}.")
        collecte = Collecte.objects.filter(nom=options["collecte"]).first()
        if collecte is None:
            raise CommandError(f"Aucune collecte ne s’appelle {options['collecte']}.")
        try:
            lignes = lire_jalons(Path(options["fichier"]))
            passations = deposer_jalons(collecte=collecte, lignes=lignes, par=par)
        except OSError as erreur:
            raise CommandError(
                f"Ce fichier ne se lit pas\u00a0: {options['fichier']}."
            ) from erreur
        except UnicodeDecodeError as erreur:
            raise CommandError("Enregistrez ce fichier en UTF-8.") from erreur
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur
        self.stdout.write(f"{len(passations)} territoires dans la collecte {collecte.nom}.")
