"""``manage.py demo``: everything that there is to see, ready to be tried; twice is the same as once."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from enquetes.actions.questionnaires import charger_bibliotheque
from enquetes.management.demonstration.collectes import (
    LIEUX_FICTIFS,
    RENDUE,
    SCENARIOS,
    mener,
    peupler,
    peupler_en_deux_fois,
    preparer,
)
from enquetes.management.demonstration.comptes import (
    ACTEUR,
    COMPTES,
    habiliter_au_suivi,
    preparer_comptes,
)
from enquetes.management.demonstration.lieux import (
    DE_PLUS,
    LIEU_ATELIER,
    LIEU_SUIVI,
    LIEUX_ATELIERS,
    LIEUX_BESOINS,
    structure_de,
)
from enquetes.models import Collecte, EtatCollecte
from voix.commun.erreurs import ErreurVoix
from voix.comptes.models import Compte
from voix.comptes.roles import Role


class Command(BaseCommand):
    help = (
        "Prépare la démonstration\u00a0: territoires, comptes, questionnaires, réponses fictives."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="finit par un objet JSON, pour les scripts"
        )
        parser.add_argument(
            "--tout",
            action="store_true",
            help="met la base à jour avant, publie les tableaux après\u00a0: un seul démarrage",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "La démonstration crée des comptes dont le mot de passe est public. "
                "Elle ne s’installe que là où DEBUG est activé."
            )
        if options["tout"]:
            call_command("migrate", verbosity=0)
        try:
            collectes = self._preparer(ensemble=options["tout"])
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur
        bilan = {
            "collectes": {collecte.nom: _resume(collecte) for collecte in collectes},
            "comptes": {
                str(demo.role): {"login": demo.login, "secret": demo.secret} for demo in COMPTES
            },
        }
        self.stdout.write(
            json.dumps(bilan, ensure_ascii=False) if options["json"] else _lisible(bilan)
        )
        if options["tout"]:
            call_command("publier", stdout=self.stdout, stderr=self.stderr)

    def _preparer(self, *, ensemble: bool) -> list[Collecte]:
        call_command("territoires", verbosity=0)
        comptes = preparer_comptes()
        par = comptes[Role.COORDINATION]
        call_command("tableau1", par=par.email, stdout=self.stdout)
        habiliter_au_suivi(comptes[Role.DIETETIQUE])
        versions = {
            version.questionnaire.code: version for version in charger_bibliotheque(par=ACTEUR)
        }
        collectes = []
        for scenario in SCENARIOS:
            collecte = preparer(scenario, versions[scenario.questionnaire], par)
            if collecte.etat != EtatCollecte.CLOSE:
                self._recueillir(collecte, par, ensemble=ensemble)
            mener(collecte, scenario.etat, par)
            collectes.append(collecte)
        call_command("participation_fictive", RENDUE, par=par.email, stdout=self.stdout)
        call_command(
            "cohorte_fictive",
            par=comptes[Role.DIETETIQUE].email,
            structure=structure_de(LIEU_SUIVI).pk,
            stdout=self.stdout,
        )
        return collectes

    def _recueillir(self, collecte: Collecte, par: Compte, *, ensemble: bool) -> None:
        if collecte.nom == "ateliers":
            if not collecte.releves.exists():
                call_command("planifier", collecte.nom, "structure", "at1", verbosity=0)
            peupler_en_deux_fois(collecte, LIEUX_ATELIERS, DE_PLUS, par, ensemble=ensemble)
        if collecte.releves.exists():
            return
        if collecte.nom == "alimactiv":
            call_command("alimactiv", par=par.email, stdout=self.stdout)
        elif collecte.nom == "besoins":
            peupler(collecte, LIEUX_BESOINS, par, ensemble=ensemble)
        elif collecte.nom == "atelier-cuisine":
            call_command("planifier", collecte.nom, "structure", "mois", "at1", verbosity=0)
            peupler(collecte, [LIEU_ATELIER], par, ensemble=ensemble)
        elif collecte.nom in LIEUX_FICTIFS:
            peupler(collecte, [LIEUX_FICTIFS[collecte.nom]], par, ensemble=ensemble)


def _resume(collecte: Collecte) -> dict[str, Any]:
    return {
        "url": reverse("enquetes:bienvenue", args=[collecte.acces.get(principal=True).jeton]),
        "questionnaire": collecte.version.questionnaire.code,
        "passations": collecte.passations.terminees().count(),
    }


def _lisible(bilan: dict[str, dict[str, Any]]) -> str:
    lignes = ["", "Collectes"]
    lignes += [
        f"  {nom:<16} {collecte['passations']:>4} réponses   {collecte['url']}"
        for nom, collecte in bilan["collectes"].items()
    ]
    lignes += ["", "Comptes (adresse, mot de passe)"]
    lignes += [
        f"  {role:<16} {compte['login']:<28} {compte['secret']}"
        for role, compte in bilan["comptes"].items()
    ]
    return "\n".join(lignes)
