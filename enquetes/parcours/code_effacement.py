"""The code printed on the last page, with which a person can erase what they sent.

Format of confidentialité §8: 7 random signs and a check sign of an alphabet of 23 without look-
alikes, written ``XXXX-XXXX``. The check is ``sum(5**i * v_i) = 0 mod 23`` for i = 0..7: it finds
every substitution, transposition, jump transposition and twin error.
"""

from collections.abc import Sequence
from typing import Final

ALPHABET: Final = "234679ACDEFHJKLMNPRTWXY"
LONGUEUR: Final = 8

_BASE: Final = len(ALPHABET)
_POIDS: Final = tuple(pow(5, i, _BASE) for i in range(LONGUEUR))
_SEPARATEURS: Final = str.maketrans("", "", " -.\u00a0\u202f\u2010\u2011\u2012\u2013\u2014\u2212")


def _somme(valeurs: Sequence[int]) -> int:
    return sum(p * v for p, v in zip(_POIDS, valeurs, strict=False)) % _BASE


def depuis_octets(octets: bytes) -> str:
    """Return the code drawn from at least 16 random bytes (the bias is below 2⁻⁹⁰)."""
    nombre = int.from_bytes(octets[:16], "big")
    valeurs = []
    for _ in range(LONGUEUR - 1):
        nombre, reste = divmod(nombre, _BASE)
        valeurs.append(reste)
    cle = -_somme(valeurs) * pow(_POIDS[-1], -1, _BASE) % _BASE
    signes = "".join(ALPHABET[v] for v in (*valeurs, cle))
    return f"{signes[:4]}-{signes[4:]}"


def lire(saisie: str) -> str | None:
    """Return the code as it is written on the card, or nothing when its check is wrong.

    Case and separators are free; nothing else is corrected, so that a wrong code is never taken
    for somebody else's.
    """
    signes = saisie.upper().translate(_SEPARATEURS)
    if len(signes) != LONGUEUR or any(signe not in ALPHABET for signe in signes):
        return None
    if _somme([ALPHABET.index(signe) for signe in signes]):
        return None
    return f"{signes[:4]}-{signes[4:]}"
