"""Make a long file of results apart: started by its page, never by hand."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from analyses.exports.formats import PAR_CODE
from analyses.extraction.lecture import collecte_nommee, releves_de, source
from analyses.fichiers import fabriquer, jeu_du_releve
from analyses.lectures import lecture_du_releve
from analyses.management.commande import Commande


class Command(Commande):
    help = "Écrit un long fichier de résultats (lancée par sa page)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collecte", required=True)
        parser.add_argument("--releve", type=int, required=True)
        parser.add_argument("--format", choices=sorted(PAR_CODE), required=True)
        parser.add_argument("--verrou", type=int, required=True, help="fichier déjà verrouillé")

    def handle(self, *args: Any, **options: Any) -> None:
        collecte = collecte_nommee(options["collecte"])
        releves = releves_de(collecte) if collecte else []
        releve = next((r for r in releves if r.numero == options["releve"]), None)
        prise = source(collecte, releve) if collecte and releve else None
        lecture = lecture_du_releve(prise) if prise else None
        if prise is None or lecture is None:
            raise CommandError("Ces tableaux ne sont pas publiés.")
        format_ = PAR_CODE[options["format"]]
        fabriquer(jeu_du_releve(prise, lecture), format_, verrou=options["verrou"])
