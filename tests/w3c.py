"""The W3C's own checker of HTML, started once: a Java machine for each page costs seconds."""

import atexit
import json
import socket
import subprocess
import time
from contextlib import closing
from functools import cache
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.serveur import port_libre

VNU = Path(__file__).resolve().parents[1] / "node_modules/vnu-jar/build/dist/vnu.jar"
SERVEUR = "nu.validator.servlet.Main"
ATTENTE = 120  # seconds: it reads its schemas before it listens, and the machine may be busy


@cache
def _port() -> int:
    """Start the checker on a port of its own, for as long as this process lives."""
    port = port_libre()
    commande = ["java", "-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", str(VNU)]
    machine = subprocess.Popen(
        [*commande, SERVEUR, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    atexit.register(machine.kill)
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
