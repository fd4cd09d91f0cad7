"""Write every published table: ``manage.py exporter_tableaux COLLECTE --dossier D``.

One file a table of every closing, in the format voix-sdc-table/1 of confidentialité §9.
"""

import json
import re
from pathlib import Path
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser

from analyses.actions.sceau import exiger_registre
from analyses.cube import cube_de, mur, sources, tous
from analyses.extraction.lecture import collecte_nommee
from analyses.management.commande import Commande
from analyses.models import Publication
from voix.commun.erreurs import ErreurVoix

NOM_AU_PLUS: Final = 100
"""Longest part of a file's name that says the table: four names of 64 would not fit on a disk."""


class Command(Commande):
    help = "Écrit tous les tableaux publiés d’une collecte, un fichier chacun."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("collecte", help="nom court de la collecte")
        parser.add_argument("--dossier", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        collecte = collecte_nommee(options["collecte"])
        if collecte is None:
            raise CommandError(f"Il n’y a pas de collecte «\u00a0{options['collecte']}\u00a0».")
        publications = Publication.objects.filter(collecte_id=collecte.pk).order_by("numero")
        if not publications:
            raise CommandError("Cette collecte n’a pas encore de clôture publiée.")
        dossier: Path = options["dossier"]
        try:
            exiger_registre(collecte)
            dossier.mkdir(parents=True, exist_ok=True)
            nombre = sum(_ecrire(publication, dossier) for publication in publications)
        except (ValueError, KeyError, ArithmeticError) as erreur:
            raise CommandError(
                "Ces tableaux ne peuvent pas être relus "
                f"({type(erreur).__name__}\u00a0: {erreur}). Vérifiez le registre\u00a0: "
                "python manage.py verifier_registre."
            ) from erreur
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur
        except OSError as erreur:
            raise CommandError(
                f"«\u00a0{dossier}\u00a0» n’est pas un dossier où écrire. Choisissez-en un autre."
            ) from erreur
        self.stdout.write(f"{nombre} tableaux écrits.")


def _ecrire(publication: Publication, dossier: Path) -> int:
    """Write the tables of one closing, or of what a room saw; names follow the plan alone."""
    cube = cube_de(publication)
    proteges = tous(cube) if publication.seance_id is None else mur(cube)
    d_ou = sources(cube)
    tables = [protege.en_json() for protege in [*proteges, *([d_ou] if d_ou else [])]]
    for rang, table in enumerate(tables, 1):
        propre = re.sub(r"[^\w-]", "_", table["id"])[:NOM_AU_PLUS]
        fichier = dossier / f"c{publication.numero}-{rang:03d}-{propre}.json"
        fichier.write_text(json.dumps(table, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(tables)
