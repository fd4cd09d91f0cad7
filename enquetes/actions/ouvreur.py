"""Who opens the sealed answers: a process of its own, so that taking answers in waits for nothing.

It is started by the first envelope, holds a locked file of the data folder, and leaves when nothing
came for a while. Killed at any moment, it leaves envelopes « nouvelle »: the next one that arrives
starts another, and so does ``manage.py boite`` every five minutes (ADR 0055).
"""

import logging
import os
import time
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from enquetes.actions.boite import balayer, il_en_reste
from voix.commun import a_part

JOURNAL = logging.getLogger(__name__)
PAUSE: Final = 0.2
"""Seconds between two looks, while nothing arrives."""
REPOS: Final = 5.0
"""Seconds before trying again what a full disk or a stopped database keeps from opening."""
PATIENCE: Final = 30.0
"""Seconds without anything, after which the process leaves."""


def _fichier() -> Path:
    return Path(settings.DOSSIER_DONNEES) / "ouvreur.verrou"


def reveiller() -> None:
    """See to it that somebody opens what was just committed; costs one lock when it runs already."""
    verrou = a_part.prendre(_fichier())
    if verrou is not None:
        a_part.lancer(["boite", "--ouvrir", str(PATIENCE)], verrou=verrou)


def tenir(*, verrou: int | None = None, patience: float) -> int:
    """Open as long as something arrives; return how many became answers.

    ``verrou``: the file, locked already by whoever started this process.
    """
    ouvertes = 0
    while True:
        verrou = a_part.prendre(_fichier()) if verrou is None else verrou
        if verrou is None:  # another one is at it
            return ouvertes
        try:
            ouvertes += _ouvrir_tant_qu_il_en_vient(patience)
        finally:
            os.close(verrou)
            verrou = None
        # Whoever committed while the lock was still held started nobody: look once more without it.
        if not _passer()[1]:
            return ouvertes


def _ouvrir_tant_qu_il_en_vient(patience: float) -> int:
    ouvertes = 0
    fin = time.monotonic() + patience
    while time.monotonic() < fin:
        lot, reste = _passer(ouvrir=True)
        ouvertes += lot
        if lot:
            fin = time.monotonic() + patience
        else:
            time.sleep(REPOS if reste else PAUSE)
    return ouvertes


def _passer(*, ouvrir: bool = False) -> tuple[int, bool]:
    """Open what is there, if asked to; return how many, and whether something still waits."""
    close_old_connections()
    try:
        _sans_attendre_le_disque()
        lot = balayer() if ouvrir else 0
        return lot, not lot and il_en_reste()
    except (OperationalError, InterfaceError) as erreur:
        JOURNAL.error("Ouvreur\u00a0: la base ne répond pas (%s).", type(erreur).__name__)
        connection.close()
        return 0, False


def _sans_attendre_le_disque() -> None:
    """Let PostgreSQL commit what is opened a moment later than it says.

    The sealed copy is on the disk already. A machine that stops in between finds the envelope
    « nouvelle » and no answer, together: it is opened again.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute("SET synchronous_commit TO off")
