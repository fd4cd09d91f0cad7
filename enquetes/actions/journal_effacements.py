"""Which answers were erased, kept outside the database: a backup put back is erased again.

One line an erasure, ``AAAA-MM empreinte``: the month, and a fingerprint under the key of the
installation. It names nobody without that key. What arrives later is erased by the night's purge: a
code that found nothing has a line of its own, and a card one for each wave that has begun, found or not.
"""

import os
from collections.abc import Collection, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from voix.commun.cles import empreinte_a_cle

NOM: Final = "effacements"
MOIS_GARDES: Final = 121
"""No answer is kept longer than 120 months: beyond, the purge erases what a backup brings back."""
_EMPREINTE: Final = 32


def empreinte(identifiant: UUID) -> str:
    """Return what the journal holds of an identifier."""
    return empreinte_a_cle("effacement-journal", identifiant.hex)[:16].hex()


def du_code(empreinte_du_code: str) -> str:
    """Return what the journal holds of a code that found nothing."""
    return empreinte_a_cle("effacement-journal-code", empreinte_du_code)[:16].hex()


def inscrire(identifiants: Collection[UUID], *, code: str) -> None:
    """Add these, durable before the answer leaves; when there are none, the line of the code.

    Written before the transaction ends: should it fail, the person had asked for it all the same.
    """
    mois = f"{timezone.localdate():%Y-%m}"
    marques = [empreinte(lu) for lu in identifiants] or [du_code(code)]
    _ecrire((f"{mois} {marque}\n" for marque in sorted(marques)), os.O_APPEND)


def inscrits() -> frozenset[str]:
    """Return every fingerprint; a torn line is left out."""
    return frozenset(marque for _, marque in _lignes())


def tailler(*, au: date) -> None:
    """Forget the lines of which nothing can come back any more."""
    rang = au.year * 12 + au.month - 1 - MOIS_GARDES
    limite = f"{rang // 12:04d}-{rang % 12 + 1:02d}"
    lignes = _lignes()
    gardees = sorted(f"{mois} {marque}\n" for mois, marque in lignes if mois >= limite)
    if len(gardees) < len(lignes):
        _ecrire(gardees, os.O_TRUNC)


def _fichier() -> Path:
    return Path(settings.DOSSIER_DONNEES) / NOM


def _lignes() -> list[tuple[str, str]]:
    try:
        lu = _fichier().read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return []
    paires = (ligne.split(" ") for ligne in lu.splitlines())
    return [(p[0], p[1]) for p in paires if len(p) == 2 and len(p[1]) == _EMPREINTE]  # noqa: PLR2004  (a pair)


def _ecrire(lignes: Iterable[str], mode: int) -> None:
    fichier = _fichier()
    fichier.parent.mkdir(parents=True, exist_ok=True)
    descripteur = os.open(fichier, os.O_WRONLY | os.O_CREAT | mode, 0o600)
    try:
        os.write(descripteur, "".join(lignes).encode())
        os.fsync(descripteur)
    finally:
        os.close(descripteur)
    # The time of the file would be that of the last erasure.
    jour = timezone.localdate().replace(day=1)
    instant = datetime(jour.year, jour.month, 1, tzinfo=timezone.get_fixed_timezone(0)).timestamp()
    os.utime(fichier, (instant, instant))
