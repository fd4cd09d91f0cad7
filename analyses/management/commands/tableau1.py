"""The ten invented territoires of Tableau 1: ``manage.py tableau1``; twice is the same as once."""

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from analyses.actions.registres import creer_programme, importer_registre
from analyses.indicateurs.registres import REGISTRES
from voix.commun.erreurs import ErreurVoix
from voix.comptes.actions.territoires import charger_territoires
from voix.comptes.models import Compte, Territoire

DOSSIER: Final = Path(__file__).resolve().parents[2] / "donnees" / "tableau1"
PROGRAMME: Final = "tableau1"
TITRE: Final = "Accès de tous à une alimentation de qualité"
REGION: Final = "/32/"


class Command(BaseCommand):
    help = "Fait entrer les dix territoires fictifs qui redonnent les 13 résultats du Tableau 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--par",
            default="coordination@voix.example",
            metavar="ADRESSE",
            help="compte de coordination au nom duquel les registres sont importés",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "Ces données sont fictives. Elles ne s’installent que là où DEBUG est activé."
            )
        par = Compte.objects.filter(email=options["par"]).first()
        if par is None:
            raise CommandError(f"Il n’y a pas de compte «\u00a0{options['par']}\u00a0».")
        try:
            self._installer(par)
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur

    def _installer(self, par: Compte) -> None:
        charger_territoires(par="commande:tableau1", fichier=DOSSIER / "territoires.csv")
        creer_programme(
            nom=PROGRAMME,
            titre=TITRE,
            territoire=Territoire.objects.get(chemin=REGION),
            territoires=Territoire.objects.filter(chemin__startswith=f"{REGION}FICTIF/FICTIF"),
            par=par,
            fictif=True,
        )
        for nom in REGISTRES:
            octets = (DOSSIER / f"{nom}.csv").read_bytes()
            bilan = importer_registre(nom=nom, octets=octets, par=par)
            self.stdout.write(
                f"{nom:<14} {bilan.nb_ajoutees:>4} ajoutées, {bilan.nb_changees} changées, "
                f"{bilan.nb_identiques} identiques"
            )
