"""Print a protected table: ``manage.py tableau COLLECTE --lignes Q [--colonnes PAR] [--json]``."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from analyses.confidentialite.tableau import TableauProtege
from analyses.extraction.lecture import collecte_nommee, releves_de, source
from analyses.tableaux import tableau
from voix.commun.erreurs import ErreurVoix


class Command(BaseCommand):
    help = "Écrit un tableau protégé d’une collecte."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("collecte", help="nom court de la collecte")
        parser.add_argument("--lignes", required=True, metavar="QUESTION")
        parser.add_argument("--colonnes", default="", metavar="QUESTION|territoire|structure|mois")
        parser.add_argument("--releve", type=int, help="numéro du relevé (le dernier sinon)")
        parser.add_argument("--json", action="store_true", help="format voix-sdc-table/1")

    def handle(self, *args: Any, **options: Any) -> None:
        collecte = collecte_nommee(options["collecte"])
        if collecte is None:
            raise CommandError(f"Il n’y a pas de collecte «\u00a0{options['collecte']}\u00a0».")
        releves = [r for r in releves_de(collecte) if options["releve"] in (None, r.numero)]
        if not releves:
            raise CommandError(
                "Aucun relevé n’est arrêté\u00a0: les résultats paraîtront ensuite."
            )
        try:
            protege = tableau(source(collecte, releves[0]), options["lignes"], options["colonnes"])
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur
        if options["json"]:
            self.stdout.write(json.dumps(protege.en_json(), ensure_ascii=False, indent=1))
        else:
            self._en_texte(protege)

    def _en_texte(self, protege: TableauProtege) -> None:
        self.stdout.write(protege.titre)
        if not protege.lignes:
            self.stdout.write(f"Effectif insuffisant (moins de {protege.seuil} réponses).")
        for ligne in protege.lignes:
            self.stdout.write(f"{ligne.libelle} (N = {ligne.taille})")
            for colonne, cellule in zip(protege.colonnes, ligne.cellules, strict=True):
                valeur = "·" if cellule.valeur is None else str(cellule.valeur)
                self.stdout.write(f"  {valeur:>6}  {colonne.libelle}")
