"""Voix as it is served: gunicorn in processes of its own, over the database of the tests."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from outils.ports import port_libre

RACINE = Path(__file__).resolve().parents[1]


def adresse_de_la_base() -> str:
    """Return the DATABASE_URL of the database that the tests run on."""
    base = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{base['NAME']}"
    qui = quote(base["USER"] or "") + (f":{quote(base['PASSWORD'])}" if base["PASSWORD"] else "")
    return f"postgres://{qui}@{base['HOST']}:{base['PORT'] or 5432}/{base['NAME']}"


class Serveur:
    """A server that can be killed and started again at the same address."""

    def __init__(self, *, processus: int = 2, fils: int = 8) -> None:
        self.port = port_libre()
        self.options = ["--workers", str(processus), "--threads", str(fils)]
        self.processus: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def demarrer(self) -> "Serveur":
        commande = [sys.executable, "-m", "gunicorn", "voix.wsgi"]
        commande += ["-c", "python:voix.serveur", "-k", "gthread"]
        commande += ["-b", f"127.0.0.1:{self.port}", "--log-level", "error", *self.options]
        self.processus = subprocess.Popen(
            commande,
            cwd=RACINE,
            start_new_session=True,
            env=os.environ
            | {
                "DATABASE_URL": adresse_de_la_base(),
                "DJANGO_SETTINGS_MODULE": "voix.settings.test",
                "VOIX_DONNEES": str(settings.DOSSIER_DONNEES),
            },
        )
        self._attendre(ouvert=True)
        return self

    def tuer(self, avec: signal.Signals = signal.SIGKILL) -> None:
        """Kill the server and all its processes at once, whatever they are doing."""
        if self.processus is not None:
            os.killpg(self.processus.pid, avec)
            self.processus.wait()
            self.processus = None
            # A worker may outlive the first process by an instant and still hold the port.
            self._attendre(ouvert=False)

    def _attendre(self, *, ouvert: bool) -> None:
        for _ in range(300):
            with socket.socket() as prise:
                if (prise.connect_ex(("127.0.0.1", self.port)) == 0) == ouvert:
                    return
            time.sleep(0.1)
        raise RuntimeError("gunicorn did not start or stop")

    def __enter__(self) -> "Serveur":
        return self.demarrer()

    def __exit__(self, *exception: object) -> None:
        self.tuer(signal.SIGTERM)
