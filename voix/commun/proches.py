"""The known word that somebody meant, when they wrote another."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

_COMPARES: Final = 60
"""Signs that are compared: no known word is longer, and a whole text would take long."""
_RESSEMBLE: Final = 0.72
"""Below, a word is another word: « licorne » is not « livre », nor « couleur » « module »."""
_DEBUT: Final = 3
"""Fewest letters of a beginning that names a word."""
_RIEN: Final[Mapping[str, Collection[str]]] = MappingProxyType({})


def nu(mot: str) -> str:
    """Return a word without accents, capitals and the marks between its parts."""
    signes = unicodedata.normalize("NFKD", mot[:_COMPARES].replace("œ", "oe")).casefold()
    return "".join(signe for signe in signes if signe.isalnum())


def le_plus_proche(
    mot: str, connus: Iterable[str], autrement: Mapping[str, Collection[str]] = _RIEN
) -> str | None:
    """Return the known word that ``mot`` is but for accents and marks, begins, means or resembles.

    ``autrement``: what a known word is called elsewhere.
    """
    par_nu = {nu(connu): connu for connu in sorted(connus, reverse=True)}
    cherche = nu(mot)
    if cherche in par_nu:
        return par_nu[cherche]
    if len(cherche) >= _DEBUT:
        commencent = [n for n in par_nu if n.startswith(cherche) or _commence(cherche, n)]
        if len(commencent) == 1:
            return par_nu[commencent[0]]
    for connu in par_nu.values():
        if cherche in autrement.get(connu, ()):
            return connu
    proches = get_close_matches(cherche, sorted(par_nu), n=1, cutoff=_RESSEMBLE)
    return par_nu[proches[0]] if proches else None


def _commence(cherche: str, connu: str) -> bool:
    return len(connu) >= _DEBUT and cherche.startswith(connu)


def vouliez_vous(
    mot: str, connus: Iterable[str], autrement: Mapping[str, Collection[str]] = _RIEN
) -> str | None:
    """Return « Vouliez-vous écrire … ? » with the nearest known word, or nothing."""
    proche = le_plus_proche(mot, connus, autrement)
    return f"Vouliez-vous écrire «\u00a0{proche}\u00a0»\u00a0?" if proche else None
