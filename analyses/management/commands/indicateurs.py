"""Print indicators: ``manage.py indicateurs [--programme P | --territoire T] [--json]``."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from analyses.indicateurs.mesure import Mesure
from analyses.mesures import (
    MesureDite,
    Perimetre,
    mesurer_tout,
    perimetre_du_programme,
    perimetre_du_territoire,
)
from analyses.models import Programme
from voix.comptes.models import Territoire


class Command(BaseCommand):
    help = "Écrit les indicateurs d’un programme ou d’un territoire, avec leur k et leur N."

    def add_arguments(self, parser: CommandParser) -> None:
        ou = parser.add_mutually_exclusive_group()
        ou.add_argument("--programme", metavar="P", help="nom court du programme")
        ou.add_argument("--territoire", metavar="T", help="code officiel du territoire")
        parser.add_argument(
            "--json", action="store_true", help="une liste, un objet par indicateur"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        perimetre = _perimetre(options["programme"], options["territoire"])
        mesures = mesurer_tout(perimetre)
        if options["json"]:
            self.stdout.write(
                json.dumps([m.en_json() for m in mesures], ensure_ascii=False, indent=1)
            )
            return
        self.stdout.write(perimetre.titre + (" (données fictives)" if perimetre.fictif else ""))
        for mesure in mesures:
            self.stdout.write(_en_texte(mesure))


def _perimetre(programme: str | None, territoire: str | None) -> Perimetre:
    if territoire is not None:
        return perimetre_du_territoire(_territoire(territoire))
    if programme is None:
        noms = Programme.noms()
        if len(noms) != 1:
            raise CommandError(
                f"Dites de quel programme ou territoire. Programmes\u00a0: {', '.join(noms) or 'aucun'}."
            )
        programme = noms[0]
    trouve = Programme.nomme(programme)
    if trouve is None:
        connus = ", ".join(Programme.noms()) or "aucun"
        raise CommandError(
            f"Il n’y a pas de programme «\u00a0{programme}\u00a0». Programmes connus\u00a0: {connus}."
        )
    return perimetre_du_programme(trouve)


def _territoire(code: str) -> Territoire:
    niveau, _, court = code.rpartition("-")
    trouves = list(Territoire.objects.filter(code=court))
    trouves = [t for t in trouves if not niveau or t.niveau == niveau]
    if not trouves:
        raise CommandError(f"Il n’y a pas de territoire de code «\u00a0{code}\u00a0».")
    if len(trouves) > 1:
        choix = ", ".join(f"{t.niveau}-{t.code} ({t.nom})" for t in trouves)
        raise CommandError(
            f"Ce code désigne plusieurs territoires. Écrivez l’un de\u00a0: {choix}."
        )
    return trouves[0]


def _en_texte(mesure: Mesure) -> str:
    dite = MesureDite(mesure)
    if dite.resultat:
        resultat = dite.resultat + (f" ({dite.combien})" if dite.combien else "")
        if mesure.atteint is not None:
            but = "atteint" if mesure.atteint else "pas atteint"
            resultat += f", objectif {dite.objectif} {but}"
    else:
        resultat = ". ".join(mot for mot in (dite.combien, mesure.motif) if mot)
    return f"{mesure.indicateur.code:<4} {mesure.indicateur.nom}\u00a0: {resultat}"
