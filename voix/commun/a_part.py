"""A process of its own, held by a locked file: no broker, nothing more to install (ADR 0055, 0065).

The kernel lets a lock go when its process dies, whatever kills it: locked is running.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from time import sleep

from django.conf import settings


def verrouiller(descripteur: int) -> bool:
    """Lock an open file, unless another process holds it; return whether it is ours."""
    try:
        fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def prendre(fichier: Path, *, essais: int = 1) -> int | None:
    """Open and lock a file, made if need be; ``None`` when another process holds it."""
    fichier.parent.mkdir(parents=True, exist_ok=True)
    descripteur = os.open(fichier, os.O_RDWR | os.O_CREAT, 0o600)
    for essai in range(essais):
        if verrouiller(descripteur):
            return descripteur
        if essai + 1 < essais:
            sleep(0.02)
    os.close(descripteur)
    return None


def lancer(commande: Sequence[str], *, verrou: int) -> None:
    """Start a command of Voix, detached, and hand it the locked file as ``--verrou``."""
    ordre = [sys.executable, str(settings.BASE_DIR / "manage.py"), *commande]
    try:
        processus = subprocess.Popen(  # noqa: S603  (our own command, no word of it comes from a page)
            [*ordre, "--verrou", str(verrou)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=(verrou,),
        )
    finally:
        os.close(verrou)
    # Its end is waited for aside: the system would keep a dead process until then.
    Thread(target=processus.wait, daemon=True).start()
