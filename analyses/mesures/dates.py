"""What a register said on an earlier day: later facts are taken back, in memory only."""

from datetime import date
from typing import Any, Final

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


def etait_connu(nom: str, objet: Any, au: date | None) -> bool:
    """Return whether a row was there on that day; what it says of later days is blanked.

    ``objet`` is a row read for this count: it is changed, and never saved.
    """
    if au is None:
        return True
    debut = getattr(objet, _DEBUTS[nom]) if nom in _DEBUTS else None
    if debut is not None and debut > au:
        return False
    if nom == "jalons" and objet.atteint and objet.le > au:
        objet.atteint = False
    elif nom == "acteurs":
        _reculer_acteur(objet, au)
    elif nom == "propositions" and objet.repondue_le and objet.repondue_le > au:
        objet.repondue_le, objet.decision = None, ""
    return True


def _reculer_acteur(acteur: Any, au: date) -> None:
    if acteur.participe_le and acteur.participe_le > au:
        acteur.participe_le = None
    if acteur.rencontre_le and acteur.rencontre_le > au:
        acteur.rencontre_le, acteur.anime, acteur.raison = None, None, ""
