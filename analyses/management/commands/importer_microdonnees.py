"""Load fictitious respondents: ``manage.py importer_microdonnees F.csv --description D.json``.

The code of the new collecte is printed last, alone on its line.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from analyses.actions.plans import ecrire_plan
from analyses.extraction.groupes import RUBRIQUE
from analyses.management.commande import Commande
from enquetes.actions.microdonnees import importer_microdonnees
from enquetes.echanges.microdonnees import (
    Description,
    FichierFaux,
    est_datee,
    lire_description,
    lire_personnes,
)
from voix.commun.erreurs import ErreurVoix

PAR = "commande:importer_microdonnees"


class Command(Commande):
    help = "Charge des personnes fictives dans une nouvelle collecte marquée «\u00a0données fictives\u00a0»."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", type=Path, help="CSV, une personne par ligne")
        parser.add_argument("--description", type=Path, required=True, help="JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            description = lire_description(_texte(options["description"]))
            texte = _texte(options["fichier"])
            personnes = lire_personnes(texte, description)
            with transaction.atomic():
                collecte = importer_microdonnees(
                    description=description, personnes=personnes, par=PAR
                )
                ecrire_plan(
                    collecte_id=collecte.pk,
                    dimensions=dimensions_de(description),
                    croisements=description.plan,
                    par=PAR,
                )
        except FichierFaux as faux:
            raise CommandError("\n".join(faux.erreurs)) from faux
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur
        if not est_datee(texte):
            self.stdout.write(
                "Pas de colonne recorded_at\u00a0: tout le monde a répondu aujourd’hui, "
                f"{personnes[0].recueillie_le:%d/%m/%Y}."
            )
        self.stdout.write(
            f"{len(personnes)} personnes fictives, {len(description.questions)} questions."
        )
        self.stdout.write(collecte.nom)


def dimensions_de(description: Description) -> list[dict[str, Any]]:
    """Return the dimensions of a plan: each is read from the column of its name."""
    return [
        {
            "nom": rubrique.nom,
            "titre": rubrique.nom,
            "source": f"{RUBRIQUE}{rubrique.nom}",
            "codes": [
                {"code": c.code, "libelle": c.libelle, "parent": c.parent} for c in rubrique.codes
            ],
        }
        for rubrique in description.dimensions
    ]


def _texte(fichier: Path) -> str:
    try:
        return fichier.read_text(encoding="utf-8-sig")
    except OSError as erreur:
        raise CommandError(f"«\u00a0{fichier}\u00a0» ne peut pas être lu.") from erreur
    except UnicodeDecodeError as erreur:
        raise CommandError(
            f"«\u00a0{fichier}\u00a0» n’est pas en UTF-8. Enregistrez-le en UTF-8."
        ) from erreur
