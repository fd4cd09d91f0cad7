"""Write the analysis plan: ``manage.py planifier COLLECTE structure mois structure,mois``."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from analyses.actions.plans import choisir_plan
from analyses.extraction.groupes import dimensions_possibles, motif_de_ne_pas_grouper
from analyses.extraction.lecture import collecte_nommee, colonnes_de
from analyses.management.commande import Commande
from voix.commun.erreurs import ErreurVoix


class Command(Commande):
    help = "Écrit le plan d’analyse d’une collecte, avant tout résultat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("collecte", help="nom court de la collecte")
        parser.add_argument(
            "ventilations",
            nargs="+",
            metavar="DIMENSION[,DIMENSION]",
            help="trois au plus, jointes",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        collecte = collecte_nommee(options["collecte"])
        if collecte is None:
            raise CommandError(f"Il n’y a pas de collecte «\u00a0{options['collecte']}\u00a0».")
        croisements = [ventilation.split(",") for ventilation in options["ventilations"]]
        connues = [str(dimension["nom"]) for dimension in dimensions_possibles(collecte)]
        inconnues = [nom for noms in croisements for nom in noms if nom not in connues]
        if inconnues:
            if motif := motif_de_ne_pas_grouper(colonnes_de(collecte), inconnues[0]):
                raise CommandError(motif)
            raise CommandError(
                f"«\u00a0{inconnues[0]}\u00a0» n’est pas une dimension. "
                f"Choisissez parmi\u00a0: {', '.join(connues)}."
            )
        try:
            plan = choisir_plan(
                collecte=collecte, croisements=croisements, par="commande:planifier"
            )
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur
        dites = " ; ".join(",".join(noms) for noms in plan.croisements if noms)
        self.stdout.write(f"Plan {plan.numero}, collecte {collecte.nom}\u00a0: {dites}")
