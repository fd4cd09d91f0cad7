"""``manage.py habiliter E-MAIL --territoire CODE``: the first account of a new installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from voix.commun.erreurs import ErreurVoix
from voix.comptes.actions.habilitations import habiliter
from voix.comptes.models import Territoire
from voix.comptes.roles import LIBELLES, Role


class Command(BaseCommand):
    help = "Donne un rôle à une personne, pour ouvrir Voix la première fois\u00a0; ensuite, on s’invite dans Voix."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="son adresse\u00a0: elle y recevra un code pour entrer")
        parser.add_argument("--nom", default="", help="comment l’appeler dans Voix")
        parser.add_argument(
            "--territoire", required=True, metavar="CODE", help="code officiel, ou chemin"
        )
        parser.add_argument(
            "--role", choices=[str(role) for role in Role], default=str(Role.COORDINATION)
        )

    def handle(self, *args: Any, **options: Any) -> None:
        territoire = _territoire(options["territoire"])
        role = Role(options["role"])
        try:
            _, neuve = habiliter(
                email=options["email"],
                nom=options["nom"] or options["email"].split("@")[0],
                role=role,
                territoire=territoire,
                par="commande:habiliter",
            )
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur
        dit = "a maintenant" if neuve else "avait déjà"
        self.stdout.write(
            f"{options['email']} {dit} ce rôle\u00a0: {LIBELLES[role]}, {territoire}.\n"
            "Pour entrer\u00a0: la page de connexion, «\u00a0Recevoir un code par e-mail\u00a0»."
        )


def _territoire(code: str) -> Territoire:
    """Return the one territoire of that code, or of that path (``/32/59/``)."""
    trouves = list(
        Territoire.objects.filter(**{"chemin" if "/" in code else "code": code}).order_by("chemin")
    )
    if not trouves:
        raise CommandError(
            f"Le territoire {code} n’est pas dans la base. Chargez d’abord les territoires\u00a0: "
            "python manage.py territoires."
        )
    if len(trouves) > 1:
        chemins = ", ".join(f"{t.chemin} ({t})" for t in trouves)
        raise CommandError(
            f"Plusieurs territoires ont ce code. Écrivez le chemin de l’un\u00a0: {chemins}."
        )
    return trouves[0]
