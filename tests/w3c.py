"""The W3C's own checker of HTML, started once a run: a Java machine for each page costs seconds."""

import fcntl
import json
import os
import socket
import subprocess
import tempfile
import time
from contextlib import closing
from functools import cache
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import uuid4

from outils.ports import port_libre

VNU = Path(__file__).resolve().parents[1] / "node_modules/vnu-jar/build/dist/vnu.jar"
SERVEUR = "nu.validator.servlet.Main"
ATTENTE = 120  # seconds: it reads its schemas before it listens, and the machine may be busy


# It ends with the run, whichever of its processes started it.
VEILLER = '"${@:4}" & m=$!; while kill -0 "$2" 2>/dev/null && kill -0 $m 2>/dev/null; do sleep 1; done; kill $m; rm -f "$3"'
_MACHINES: list[subprocess.Popen[bytes]] = []
"""Kept: a process that is forgotten while it runs is a warning."""


@cache
def _port() -> int:
    """Return the port of the checker: one for all the workers of a run, who learn together.

    A Java machine compiles what it has run often: three of them cost three times thirty seconds.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    parent = os.getppid() if run else os.getpid()
    note = Path(tempfile.gettempdir()) / f"voix-w3c-{run or uuid4().hex}"
    with note.open("a+") as ouverte:
        fcntl.flock(ouverte, fcntl.LOCK_EX)
        ouverte.seek(0)
        dit = ouverte.read()
        if dit:
            return int(dit)
        port = _demarrer(parent, note)
        ouverte.write(str(port))
        return port


def _demarrer(parent: int, note: Path) -> int:
    port = port_libre()
    commande = ["java", "-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", str(VNU)]
    machine = subprocess.Popen(
        [
            "bash",
            "-c",
            VEILLER,
            "w3c",
            "w3c",
            str(parent),
            str(note),
            *commande,
            SERVEUR,
            str(port),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _MACHINES.append(machine)
    fin = time.monotonic() + ATTENTE
    while time.monotonic() < fin:
        assert machine.poll() is None, "Le vérificateur du W3C s’est arrêté."
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return port
    raise AssertionError("Le vérificateur du W3C ne répond pas.")


def messages_du_w3c(source: str) -> list[dict[str, Any]]:
    """Return what the checker says of a page: errors, warnings and remarks alike."""
    # The checker refuses a visitor that does not say what it is.
    entetes = {"Content-Type": "text/html; charset=utf-8", "User-Agent": "voix"}
    with closing(HTTPConnection("127.0.0.1", _port(), timeout=ATTENTE)) as liaison:
        liaison.request("POST", "/?out=json", source.encode(), entetes)
        reponse = liaison.getresponse()
        assert reponse.status == HTTPStatus.OK, reponse.read()
        return list(json.load(reponse)["messages"])
