"""Close and wait: ``manage.py cloturer COLLECTE [--au AAAA-MM-JJ]``."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from analyses.actions.clotures import cloturer
from analyses.extraction.lecture import collecte_nommee
from analyses.management.commande import Commande, jour
from enquetes.actions.microdonnees import effacer_prevues
from voix.commun.erreurs import ErreurVoix

PAR = "commande:cloturer"


class Command(Commande):
    help = "Publie les tableaux protégés des réponses reçues à une date et non effacées."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("collecte", help="nom court de la collecte")
        parser.add_argument("--au", default="", metavar="AAAA-MM-JJ", help="aujourd’hui sinon")

    def handle(self, *args: Any, **options: Any) -> None:
        collecte = collecte_nommee(options["collecte"])
        if collecte is None:
            raise CommandError(f"Il n’y a pas de collecte «\u00a0{options['collecte']}\u00a0».")
        au = jour(options["au"]) if options["au"] else timezone.localdate()
        try:
            publication = cloturer(collecte=collecte, au=au, par=PAR)
            # Once published only: a day that is refused must leave an earlier one to be closed.
            effacer_prevues(collecte=collecte, au=au, par=PAR)
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur
        self.stdout.write(
            f"Clôture {publication.numero}, au {publication.au:%d/%m/%Y}\u00a0: "
            f"{publication.nombre} réponses comptées."
        )
        for question, croisements in publication.parametres["abandonnes"].items():
            self.stdout.write(f"{question}, " + " ; ".join(croisements))
