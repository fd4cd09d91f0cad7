"""What a register said on an earlier day: later facts are taken back, in a copy of its row."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

Ligne = dict[str, Any]

_DEBUTS: Final = {
    "acteurs": "recense_le",
    "actions": "commencee_le",
    "instances": "creee_le",
    "reunions": "le",
    "implications": "le",
    "propositions": "recue_le",
    "effectifs": "du",
    "ambassadeurs": "arrete_le",
    "presences": "tenu_le",
}
"""The day from which a row is known. A row without it was always there."""

DATEES: Final = frozenset(_DEBUTS) | {"jalons", "territoires"}
"""Tables that can be read as they were; the others have no day."""


def connue(nom: str, ligne: Ligne, au: date | None) -> Ligne | None:
    """Return a row as it was on that day, or nothing if it was not there yet.

    The row itself is never changed: another day reads it again.
    """
    if au is None:
        return ligne
    debut = ligne[_DEBUTS[nom]] if nom in _DEBUTS else None
    if debut is not None and debut > au:
        return None
    reculer = _RECULER.get(nom)
    return ligne | reculer(ligne, au) if reculer else ligne


def _jalon(jalon: Mapping[str, Any], au: date) -> Ligne:
    return {"atteint": False} if jalon["atteint"] and jalon["le"] > au else {}


def _acteur(acteur: Mapping[str, Any], au: date) -> Ligne:
    repris: Ligne = {}
    if acteur["participe_le"] and acteur["participe_le"] > au:
        repris["participe_le"] = None
    if acteur["rencontre_le"] and acteur["rencontre_le"] > au:
        repris |= {"rencontre_le": None, "anime": None, "raison": ""}
    return repris


def _proposition(proposition: Mapping[str, Any], au: date) -> Ligne:
    reponse = proposition["repondue_le"]
    return {"repondue_le": None, "decision": ""} if reponse and reponse > au else {}


_RECULER: Final = {"jalons": _jalon, "acteurs": _acteur, "propositions": _proposition}
"""What a later day wrote in a row, blanked."""
