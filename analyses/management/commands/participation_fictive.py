"""``manage.py participation_fictive``: who is helped in an invented territoire, and the return of its collecte.

Twice is the same as once: what somebody has changed while trying is left as it is.
"""

from pathlib import Path
from typing import Any, Final

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from analyses.actions.registres import Ecrite, ecrire_composition
from analyses.actions.restitutions import (
    ProjetSuite,
    ajouter_suite,
    ecrire_restitution,
    publier_restitution,
)
from analyses.extraction.repondants import collectes_a_rendre
from analyses.models import Composition, Proposition, Restitution
from voix.commun.erreurs import ErreurVoix
from voix.comptes.models import Compte, Territoire

FICHIER: Final = (
    Path(__file__).resolve().parents[2] / "donnees" / "participation" / "participation.yaml"
)


class Command(BaseCommand):
    help = (
        "Dit qui est accompagné dans un territoire fictif, et rend compte d’une collecte fictive."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("collecte", metavar="COLLECTE", help="nom de la collecte close")
        parser.add_argument(
            "--par", metavar="ADRESSE", required=True, help="compte de coordination qui écrit"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "Ces données sont fictives. Elles ne s’installent que là où DEBUG est activé."
            )
        par = Compte.objects.filter(email=options["par"]).first()
        if par is None:
            raise CommandError(f"Il n’y a pas de compte «\u00a0{options['par']}\u00a0».")
        lues = yaml.safe_load(FICHIER.read_text("utf-8"))
        try:
            self._compter(lues["compositions"], par)
            self._rendre_compte(options["collecte"], lues["retour"], par)
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur

    def _compter(self, lues: dict[str, Any], par: Compte) -> None:
        territoire = Territoire.objects.get(code=lues["territoire"])
        deja = set(Composition.des_territoires([territoire.pk]).values_list("trait", flat=True))
        for lue in lues["traits"]:
            if lue["trait"] in deja:
                continue
            ecrite = Ecrite(arrete_le=lues["arrete_le"], origine=lues["origine"], **lue)
            ecrire_composition(territoire=territoire, ecrite=ecrite, par=par)
            self.stdout.write(
                f"{territoire.nom}\u00a0: {lue['trait']} des personnes accompagnées."
            )

    def _rendre_compte(self, nom: str, lu: dict[str, Any], par: Compte) -> None:
        collecte = next((c for c in collectes_a_rendre(par) if c.nom == nom), None)
        if collecte is None or not collecte.fictive:
            raise CommandError(f"Il n’y a pas de collecte fictive «\u00a0{nom}\u00a0».")
        if Restitution.objects.filter(collecte=collecte).exists():
            return
        retour = ecrire_restitution(
            collecte=collecte, questions=lu["questions"], mot=lu["mot"], par=par
        )
        for suite in lu["suites"]:
            projet = dict(suite)
            if "proposition" in projet:
                projet["proposition"] = Proposition.objects.get(
                    territoire=collecte.territoire, reference=suite["proposition"]
                )
            ajouter_suite(restitution=retour, projet=ProjetSuite(**projet), par=par)
        publier_restitution(restitution=retour, par=par)
        self.stdout.write(f"{collecte.titre}\u00a0: le retour est publié.")
