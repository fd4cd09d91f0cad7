"""One tiny questionnaire for each question type and feature, used at every level."""

import json
from pathlib import Path
from typing import Any

DOSSIER = Path(__file__).parent


def noms() -> list[str]:
    """Return the names of the questionnaires, in alphabetical order."""
    return sorted(fichier.stem for fichier in DOSSIER.glob("*.json"))


def lire(nom: str) -> dict[str, Any]:
    """Return the JSON of a questionnaire; a type's file also holds its cases, see ``cas``."""
    donnees: dict[str, Any] = json.loads((DOSSIER / f"{nom}.json").read_text("utf-8"))
    definition: dict[str, Any] = donnees.get("definition", donnees)
    return definition


def cas(type_: str, quoi: str) -> list[tuple[dict[str, Any], Any]]:
    """Return the cases of a type: what is typed, and what is stored or said (``juste``, ``faux``)."""
    donnees = json.loads((DOSSIER / f"{type_}.json").read_text("utf-8"))
    return [(saisie, attendu) for saisie, attendu in donnees[quoi]]
