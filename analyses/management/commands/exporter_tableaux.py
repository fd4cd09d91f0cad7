"""Write every published table: ``manage.py exporter_tableaux COLLECTE --dossier D``.

One file a table of every closing, in the format voix-sdc-table/1 of confidentialité §9.
"""

import json
import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from analyses.cube import cube_de, tous
from analyses.extraction.lecture import collecte_nommee
from analyses.models import Publication


class Command(BaseCommand):
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
        dossier.mkdir(parents=True, exist_ok=True)
        nombre = sum(_ecrire(publication, dossier) for publication in publications)
        self.stdout.write(f"{nombre} tableaux écrits.")


def _ecrire(publication: Publication, dossier: Path) -> int:
    """Write the tables of one closing; names follow the plan, never what is in the tables."""
    tables = [protege.en_json() for protege in tous(cube_de(publication))]
    for rang, table in enumerate(tables, 1):
        propre = re.sub(r"[^\w-]", "_", table["id"])
        fichier = dossier / f"c{publication.numero}-{rang:03d}-{propre}.json"
        fichier.write_text(json.dumps(table, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(tables)
