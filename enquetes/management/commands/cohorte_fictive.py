"""``manage.py cohorte_fictive``: seventy invented families, four waves, two true changes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from enquetes.actions.questionnaires import charger_bibliotheque
from enquetes.actions.suivi.cartes import emettre_cartes
from enquetes.actions.suivi.cohortes import (
    ProjetCohorte,
    ProjetCritere,
    ProjetVague,
    creer_cohorte,
)
from enquetes.actions.suivi.fictive import CUISINE, peupler_cohorte_fictive
from enquetes.models import Cohorte, Rang, VersionQuestionnaire
from voix.commun.erreurs import ErreurVoix
from voix.comptes.models import Compte, Structure
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

FAMILLES: Final = 70
MARGE: Final = timedelta(days=21)
JOURS: Final = {Rang.ENTREE: -400, Rang.MI_PARCOURS: -280, Rang.SORTIE: -150, Rang.POST: -15}
CRITERES: Final = (
    ProjetCritere("Jours avec des légumes secs", ("a3",), "hausse"),
    ProjetCritere("Confiance pour cuisiner (6 questions)", CUISINE, "hausse"),
    ProjetCritere("Jours avec du poisson", ("a5",), "hausse"),
    ProjetCritere("Repas cuisinés à la maison", ("a11",), "hausse"),
    ProjetCritere("Jours avec une vraie discussion", ("li1",), "hausse"),
)


class Command(BaseCommand):
    help = "Suit 70 familles fictives en quatre vagues, dont deux changements vrais et connus."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--par", metavar="E-MAIL", required=True, help="compte qui suit")
        parser.add_argument(
            "--structure", type=int, help="identifiant (la première du compte, sinon)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        par = Compte.objects.filter(email=options["par"]).first()
        if par is None:
            raise CommandError(f"Aucun compte ne porte l’adresse {options['par']}.")
        structures = Structure.objects.du_perimetre(perimetre_de(par, Droit.SUIVRE_COHORTE))
        if options["structure"]:
            structures = structures.filter(pk=options["structure"])
        structure = structures.order_by("nom", "pk").first()
        if structure is None:
            raise CommandError("Ce compte ne suit de familles dans aucune structure.")
        cle = cle_fictive(structure, FAMILLES)
        if Cohorte.objects.filter(cle=cle).exists():
            self.stdout.write("Les familles fictives sont déjà là.")
            return
        try:
            self._suivre(par, structure)
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur

    @transaction.atomic
    def _suivre(self, par: Compte, structure: Structure) -> None:
        """Write all of it or nothing: what is there is whole, and is not looked at again."""
        versions = {v.questionnaire.code: v for v in charger_bibliotheque(par=par)}
        projet = projet_fictif(structure, versions, FAMILLES)
        cohorte = creer_cohorte(projet=projet, par=par)
        emettre_cartes(cohorte=cohorte, nombre=FAMILLES, a_partir=1, par=par)
        ecrites = peupler_cohorte_fictive(cohorte=cohorte, par=par)
        self.stdout.write(f"{cohorte.titre}\u00a0: {ecrites} réponses fictives écrites.")
        call_command("changements", cohorte.pk, par=par.email, stdout=self.stdout)


def cle_fictive(structure: Structure, familles: int) -> UUID:
    """Return the campaign of the invented families of this structure; the same one each time."""
    return uuid5(NAMESPACE_URL, f"voix:cohorte-fictive:{structure.pk}:{familles}")


def projet_fictif(
    structure: Structure, versions: Mapping[str, VersionQuestionnaire], familles: int
) -> ProjetCohorte:
    """Return the cohort whose exit is over and whose last wave is open; the same one each time."""
    aujourdhui = timezone.localdate()
    vagues = [
        ProjetVague(
            rang,
            versions["suivi-entree" if rang == Rang.ENTREE else "suivi-familles"],
            (cible := aujourdhui + timedelta(days=jours)),
            cible - MARGE,
            cible + MARGE,
        )
        for rang, jours in JOURS.items()
    ]
    return ProjetCohorte(
        cle=cle_fictive(structure, familles),
        titre=f"Suivi de {familles} familles fictives",
        demandeur=structure.nom,
        structure=structure,
        effectif=familles,
        liste_papier=True,
        coupe_le=aujourdhui + timedelta(days=365),
        vagues=vagues,
        criteres=CRITERES,
        fictive=True,
    )
