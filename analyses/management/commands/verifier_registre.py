"""Check all that was ever published: ``manage.py verifier_registre``, each night."""

from typing import Any

from django.core.management.base import CommandError

from analyses.actions.verification import verifier_registre
from analyses.management.commande import Commande


class Command(Commande):
    help = "Relit le registre des publications\u00a0: sceaux, témoins, et attaque de tout ce qui a été montré."

    def handle(self, *args: Any, **options: Any) -> None:
        faite = verifier_registre(par="commande:verifier_registre")
        if faite.fautes:
            raise CommandError("\n".join(faite.fautes))
        self.stdout.write(
            f"{faite.publications} publications relues, {faite.questions} questions attaquées\u00a0: "
            "rien à signaler."
        )
