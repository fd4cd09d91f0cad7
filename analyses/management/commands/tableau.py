"""Print a protected table: ``manage.py tableau COLLECTE --lignes Q [--colonnes PAR] [--json]``."""

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser

from analyses.confidentialite.tableau import TableauProtege
from analyses.cube import Cube, cube_de
from analyses.cube import tableau as tableau_du_cube
from analyses.extraction.lecture import (
    Collecte,
    collecte_nommee,
    noms_des_collectes,
    releves_de,
    source,
)
from analyses.management.commande import Commande
from analyses.models import Publication
from analyses.tableaux import tableau
from voix.commun.erreurs import ErreurVoix
from voix.commun.proches import vouliez_vous

PAS_PUBLIE = (
    "Les tableaux du relevé {numero} ne sont pas publiés. La coordination les lit, puis les publie, sur la page "
    "de la collecte\u00a0; «\u00a0manage.py publier\u00a0» le fait sans les lire."
)


class Command(Commande):
    help = "Écrit un tableau protégé d’une collecte."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("collecte", help="nom court de la collecte")
        parser.add_argument("--lignes", required=True, metavar="QUESTION")
        parser.add_argument("--colonnes", default="", metavar="DIMENSION[,DIMENSION]")
        parser.add_argument(
            "--releve", type=int, help="numéro du relevé ou de la clôture (le dernier sinon)"
        )
        parser.add_argument("--json", action="store_true", help="format voix-sdc-table/1")

    def handle(self, *args: Any, **options: Any) -> None:
        collecte = collecte_nommee(options["collecte"])
        if collecte is None:
            raise CommandError(_pas_de_collecte(options["collecte"]))
        try:
            protege = _tableau(collecte, options)
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
                self.stdout.write(f"  {ligne.dire(cellule):>16}  {colonne.libelle}")


def _pas_de_collecte(nom: str) -> str:
    proche = vouliez_vous(nom, noms_des_collectes())
    dit = f"Il n’y a pas de collecte «\u00a0{nom}\u00a0»."
    return f"{dit} {proche}" if proche else dit


def _pas_de_releve(voulu: int | None, numeros: set[int]) -> str:
    if voulu is None or not numeros:
        return "Aucun relevé n’est arrêté\u00a0: les résultats paraîtront ensuite."
    dits = ", ".join(map(str, sorted(numeros)))
    return f"Il n’y a pas de relevé {voulu}. Choisissez parmi\u00a0: {dits}."


def _tableau(collecte: Collecte, options: dict[str, Any]) -> TableauProtege:
    """Return the table: of persons from the cube of a closing, of organisations from a relevé."""
    voulu = options["releve"]
    par = options["colonnes"]
    publications = Publication.clotures(collecte.pk).order_by("-numero")
    publiee = next((p for p in publications if voulu in (None, p.numero)), None)
    arretes = releves_de(collecte)
    releves = [r for r in arretes if voulu in (None, r.numero)]
    prise = source(collecte, releves[0]) if releves else None
    if prise is not None and not prise.personnes:
        return tableau(prise, options["lignes"], par)
    if publiee is None and releves:
        raise CommandError(PAS_PUBLIE.format(numero=releves[0].numero))
    if publiee is None:
        numeros = {p.numero for p in publications} | {r.numero for r in arretes}
        raise CommandError(_pas_de_releve(voulu, numeros))
    return _du_cube(cube_de(publiee), options["lignes"], tuple(par.split(",")) if par else ())


def _du_cube(cube: Cube, question: str, noms: tuple[str, ...]) -> TableauProtege:
    """Return a table of persons; raise with the screen's words when the closing refused it."""
    cube.colonne(question)
    motif = cube.refusee(question, cube.croisement(question, noms))
    if motif:
        raise CommandError(motif)
    return tableau_du_cube(cube, question, noms)
