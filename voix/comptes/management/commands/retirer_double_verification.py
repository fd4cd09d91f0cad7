"""``manage.py retirer_double_verification E-MAIL``: when nobody is left to do it in Voix."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from voix.commun.erreurs import ErreurVoix
from voix.comptes.actions.double_verification import (
    compte_par_adresse,
    retirer_double_verification,
)


class Command(BaseCommand):
    help = "Retire la double vérification d’une personne qui l’a perdue\u00a0; elle est prévenue par e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="l’adresse principale de son compte")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            compte = compte_par_adresse(options["email"])
            retiree = retirer_double_verification(
                compte=compte, par="commande:retirer_double_verification"
            )
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur
        self.stdout.write(
            f"La double vérification de {compte} est retirée. Un e-mail lui est envoyé.\n"
            "Pour entrer\u00a0: la page de connexion, «\u00a0Recevoir un code par e-mail\u00a0»."
            if retiree
            else f"{compte} n’a pas de double vérification\u00a0: rien n’est changé."
        )
