"""Make the reports of a cohort whose waves are over: ``manage.py changements COHORTE --par E-MAIL``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from analyses.actions.changements import arreter_changement
from analyses.extraction.paires import Cohorte, cohortes_lisibles, vagues_de
from voix.commun.erreurs import ErreurVoix
from voix.comptes.models import Compte


class Command(BaseCommand):
    help = "Fait les rapports de changement d’une cohorte dont les vagues sont finies."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cohorte", type=int, help="identifiant de la cohorte")
        parser.add_argument("--par", metavar="E-MAIL", required=True, help="compte qui suit")

    def handle(self, *args: Any, **options: Any) -> None:
        par = Compte.objects.filter(email=options["par"]).first()
        if par is None:
            raise CommandError(f"Aucun compte ne porte l’adresse {options['par']}.")
        cohorte = cohortes_lisibles(par).filter(pk=options["cohorte"]).first()
        if cohorte is None:
            raise CommandError("Ce compte ne lit pas cette cohorte.")
        try:
            self._faire(cohorte, par)
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur

    def _faire(self, cohorte: Cohorte, par: Compte) -> None:
        _, *suivantes = vagues_de(cohorte)
        finies = [v for v in suivantes if v.collecte.ferme_le < timezone.localdate()]
        for vague in finies:
            fait = arreter_changement(cohorte=cohorte, rang=vague.rang, par=par)
            self.stdout.write(f"{vague}\u00a0: {fait.nombre} familles comparées à l’entrée.")
        if not finies:
            self.stdout.write("Aucune vague n’est finie\u00a0: pas de rapport à faire.")
