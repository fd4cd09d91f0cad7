"""What a device knows of an answer, and what the database keeps of it: nothing is common to both (ADR 0190).

A shared device writes what it seals one person after the other, and a browser's files keep that order after
everything was sent. Were the same identifier, or the same sealed text, in the database, whoever holds both and
saw people pass would know who answered what. So the database holds an identifier made from the device's under the
installation's key, a keyed fingerprint, and a copy that this key closes again.
"""

import base64
import json
import secrets
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from enquetes.parcours.enveloppe import Enveloppe, lire
from voix.commun.cles import empreinte_a_cle

_MOITIE: Final = 61
"""Half of the 122 bits that are drawn in a random UUID; its version and its variant stay."""
_MASQUE: Final = (1 << _MOITIE) - 1
_TOURS: Final = 4
_BAS: Final = 62
_MILIEU: Final = 12
_SEL: Final = 12
"""Bytes drawn for each copy that is closed."""


def cle_de(identifiant: UUID) -> UUID:
    """Return under what the database keeps what a device sends as ``identifiant``."""
    gauche, droite = _moities(identifiant)
    for tour in range(_TOURS):
        gauche, droite = droite, gauche ^ _melange(droite, tour)
    return _assembler(gauche, droite)


def identifiant_de(cle: UUID) -> UUID:
    """Return what a device must say for its answers to be kept under ``cle``: :func:`cle_de`, undone."""
    gauche, droite = _moities(cle)
    for tour in reversed(range(_TOURS)):
        gauche, droite = droite ^ _melange(gauche, tour), gauche
    return _assembler(gauche, droite)


def empreinte_de(enveloppe: Enveloppe) -> str:
    """Return what tells a second copy from another content, and says nothing without the key."""
    return a_cle(enveloppe.empreinte())


def a_cle(condense: str) -> str:
    """Return a hash as the database keeps it."""
    return empreinte_a_cle("enveloppe", condense).hex()


def fermer(enveloppe: Enveloppe) -> str:
    """Return the copy of an envelope, as the database keeps it."""
    sel = secrets.token_bytes(_SEL)
    return base64.b64encode(
        sel + _coffre().encrypt(sel, enveloppe.brute().encode(), None)
    ).decode()


def rouvrir(copie: str) -> Enveloppe | None:
    """Return the envelope of a copy; nothing when it is none."""
    try:
        octets = base64.b64decode(copie)
        return lire(json.loads(_coffre().decrypt(octets[:_SEL], octets[_SEL:], None)))
    except (ValueError, InvalidTag):  # another key than that of the installation
        return None


def _coffre() -> AESGCM:
    return AESGCM(empreinte_a_cle("copies-scellees", ""))


def _melange(moitie: int, tour: int) -> int:
    return int.from_bytes(empreinte_a_cle(f"envoi-{tour}", f"{moitie:x}")[:8]) & _MASQUE


def _moities(identifiant: UUID) -> tuple[int, int]:
    milieu = identifiant.int >> 64 & (1 << _MILIEU) - 1
    haut = identifiant.int >> 80 << _MILIEU | milieu
    tires = haut << _BAS | identifiant.int & (1 << _BAS) - 1
    return tires >> _MOITIE, tires & _MASQUE


def _assembler(gauche: int, droite: int) -> UUID:
    tires = gauche << _MOITIE | droite
    haut, bas = tires >> _BAS, tires & (1 << _BAS) - 1
    nombre = haut >> _MILIEU << 80 | (haut & (1 << _MILIEU) - 1) << 64 | bas
    return UUID(int=nombre, version=4)
