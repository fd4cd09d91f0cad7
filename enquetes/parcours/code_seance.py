"""The eight digits that are dictated, shown « 1234 5678 », and typed on any keyboard."""

import unicodedata
from typing import Final

LONGUEUR: Final = 8
TROP_LONG: Final = 40
_SEPARATEURS: Final = frozenset(" -.\u00a0\u202f\u2009")


def lire(saisie: str) -> str | None:
    """Return the code that was typed, spaces and dashes ignored, in the digits of any script.

    Nothing when it is not eight digits: it is then a typing mistake, not a wrong code.
    """
    if len(saisie) > TROP_LONG:
        return None
    chiffres = []
    for signe in saisie:
        if signe in _SEPARATEURS or signe.isspace() or unicodedata.category(signe) == "Cf":
            continue
        chiffre = unicodedata.decimal(signe, None)
        if chiffre is None:
            return None
        chiffres.append(str(chiffre))
    return "".join(chiffres) if len(chiffres) == LONGUEUR else None
