"""The secret key of the installation, kept outside the database.

Without it the stored fingerprints of codes say nothing. It is read from ``VOIX_CLE`` or from the
file ``cle`` of the data folder, made at first use. It belongs in the backup, apart from the
database.
"""

import hmac
import os
import secrets
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings


@cache
def _cle(fournie: str, dossier: str) -> bytes:
    if fournie:
        return fournie.encode()
    fichier = Path(dossier) / "cle"
    fichier.parent.mkdir(parents=True, exist_ok=True)
    if not fichier.exists():
        # Written aside then linked: two processes that start together end with the same key.
        neuf = fichier.with_name(f"cle.{os.getpid()}.{secrets.token_hex(4)}")
        descripteur = os.open(neuf, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descripteur, "w") as sortie:
            sortie.write(secrets.token_hex(32))
        try:
            os.link(neuf, fichier)
        except FileExistsError:
            pass
        finally:
            neuf.unlink()
    return fichier.read_bytes().strip()


def empreinte_a_cle(usage: str, message: str) -> bytes:
    """Return the 32 bytes of HMAC-SHA256 of ``message``, separate for each ``usage``."""
    cle = _cle(settings.VOIX_CLE, str(settings.DOSSIER_DONNEES))
    return hmac.new(cle, f"voix|v1|{usage}|{message}".encode(), sha256).digest()
