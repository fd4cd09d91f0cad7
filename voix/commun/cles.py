"""The secret key of the installation, kept outside the database.

Each followed campaign has a key of its own, destroyed when its link is cut (confidentialité §8).
Without it the stored fingerprints of codes say nothing. The installation's key is read from ``VOIX_CLE`` or from the
file ``cle`` of the data folder, made at first use. It belongs in the backup, apart from the
database.
"""

import hmac
import os
import secrets
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings

from .erreurs import ErreurVoix


def _ecrire_une_fois(fichier: Path, contenu: str) -> None:
    """Write a file that is not there yet: two processes that start together end with the same key."""
    neuf = fichier.with_name(f"{fichier.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descripteur = os.open(neuf, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "w") as sortie:
        sortie.write(contenu)
    try:
        os.link(neuf, fichier)
    except FileExistsError:
        pass
    finally:
        neuf.unlink()


@cache
def _cle(fournie: str, dossier: str) -> bytes:
    if fournie:
        return fournie.encode()
    fichier = Path(dossier) / "cle"
    fichier.parent.mkdir(parents=True, exist_ok=True)
    if not fichier.exists():
        _ecrire_une_fois(fichier, secrets.token_hex(32))
    return fichier.read_bytes().strip()


def empreinte_a_cle(usage: str, message: str) -> bytes:
    """Return the 32 bytes of HMAC-SHA256 of ``message``, separate for each ``usage``."""
    cle = _cle(settings.VOIX_CLE, str(settings.DOSSIER_DONNEES))
    return hmac.new(cle, f"voix|v1|{usage}|{message}".encode(), sha256).digest()


class CleDetruite(ErreurVoix):
    """The key of this campaign no longer exists: nothing can be found from a card any more."""


def _fichier_de_campagne(campagne: UUID) -> Path:
    return Path(settings.DOSSIER_DONNEES) / "cles" / campagne.hex


def creer_cle_de_campagne(campagne: UUID) -> None:
    """Draw the key of a campaign, once. It lies outside the database, apart from its backups."""
    fichier = _fichier_de_campagne(campagne)
    fichier.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _ecrire_une_fois(fichier, secrets.token_hex(32))


def detruire_cle_de_campagne(campagne: UUID) -> None:
    """Cut every link of the campaign for good; without the key, a copy of the database says nothing."""
    _fichier_de_campagne(campagne).unlink(missing_ok=True)


def empreinte_de_campagne(campagne: UUID, message: str) -> bytes:
    """Return the 32 bytes of HMAC-SHA256 of ``message`` under the key of this campaign alone.

    Errors: ``CleDetruite`` when the retention is over, or the data folder was not restored.
    """
    try:
        cle = _fichier_de_campagne(campagne).read_bytes().strip()
    except FileNotFoundError:
        raise CleDetruite(
            "Le lien entre les cartes et les réponses est coupé\u00a0: il ne peut plus être refait."
        ) from None
    return hmac.new(cle, f"voix|v1|{campagne}|{message}".encode(), sha256).digest()
