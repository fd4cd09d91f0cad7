"""Completed 12-question questionnaires a second: Voix on PostgreSQL beside a bare formtools wizard.

    python -m bench.questionnaires [--secondes 10] [--repetitions 5] [--concurrences 1,8,32]

Both are served by the same gunicorn on the same machine, one after the other, and driven by the
same client. Voix commits every step durably; the bare wizard keeps everything in a signed cookie.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench.base import dans_voix, environnement, refaire_la_base
from bench.navigateur import Navigateur, remplir
from outils.ports import port_libre

SERVEUR = ["-k", "gthread", "--workers", "2", "--threads", "8", "--log-level", "error"]
SERVEUR += ["--keep-alive", "30", "--worker-tmp-dir", "/dev/shm"]  # noqa: S108  (gunicorn's advice)


def servir(application: str, env: dict[str, str]) -> tuple[subprocess.Popen[bytes], int]:
    """Start gunicorn and wait until it listens."""
    port = port_libre()
    commande = [sys.executable, "-m", "gunicorn", application, "-b", f"127.0.0.1:{port}", *SERVEUR]
    serveur = subprocess.Popen(commande, env=env)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return serveur, port
    raise RuntimeError("gunicorn did not start.")


def debit(port: int, depart: str, fin: str, concurrence: int, secondes: float) -> float:
    """Return the completed questionnaires a second of ``concurrence`` people in a row."""
    termines: list[float] = []
    erreurs: list[BaseException] = []
    arret = time.perf_counter() + secondes

    def personne() -> None:
        try:
            while time.perf_counter() < arret:
                remplir(Navigateur("127.0.0.1", port), depart, fin)
                termines.append(time.perf_counter())
        except BaseException as erreur:  # noqa: BLE001  (told to the caller, in its own thread)
            erreurs.append(erreur)

    debut = time.perf_counter()
    fils = [threading.Thread(target=personne) for _ in range(concurrence)]
    for f in fils:
        f.start()
    for f in fils:
        f.join()
    if erreurs:
        raise erreurs[0]
    return len(termines) / (max(termines) - debut)


def preparer_voix(env: dict[str, str]) -> str:
    """Make an empty database with one open collecte of ALIM; return the address of its link."""
    refaire_la_base(env)
    return str(dans_voix(env, PREPARER)["url"])


PREPARER = """
import json
from enquetes.actions.questionnaires import publier_version
from enquetes.bibliotheque import lire
from tests import builders
par = builders.un_compte()
version = publier_version(definition=lire("alim"), origine="bibliotheque", territoire=None, par="banc")
collecte = builders.une_collecte_ouverte(par=par, version=version, langues=("fr", "en", "ar", "uk"))
print(json.dumps({"url": f"/r/{builders.lien_principal(collecte).jeton}/"}))
"""


def main() -> None:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--secondes", type=float, default=8)
    lecteur.add_argument("--repetitions", type=int, default=5)
    lecteur.add_argument("--concurrences", default="1,8,32")
    options = lecteur.parse_args()
    dossier = Path(tempfile.mkdtemp(prefix="voix-banc-"))
    env = environnement(dossier)
    depart = preparer_voix(env)
    voix, port_voix = servir("voix.wsgi", env)
    nu, port_nu = servir("bench.nu.wsgi", os.environ | {"DJANGO_SETTINGS_MODULE": ""})
    cibles = {
        "voix": (port_voix, depart, "Merci"),
        "nu, adresses nommées": (port_nu, "/nomme/", "<h1>Merci"),
        "nu, sans redirection": (port_nu, "/simple/", "<h1>Merci"),
    }
    try:
        for port, adresse, fin in cibles.values():
            debit(port, adresse, fin, 8, 3)  # every worker has read its templates and definition
        comparer(cibles, options)
    finally:
        voix.terminate()
        nu.terminate()
        shutil.rmtree(dossier, ignore_errors=True)


def comparer(cibles: dict[str, tuple[int, str, str]], options: argparse.Namespace) -> None:
    """Measure each target in turn, several times over, and print medians and ratios."""
    print("questionnaires terminés par seconde (médiane ; rapport à Voix)")
    for concurrence in map(int, options.concurrences.split(",")):
        mesures: dict[str, list[float]] = {nom: [] for nom in cibles}
        for _ in range(options.repetitions):
            for nom, (port, depart, fin) in cibles.items():
                mesures[nom].append(debit(port, depart, fin, concurrence, options.secondes))
        medianes = {nom: statistics.median(valeurs) for nom, valeurs in mesures.items()}
        for nom, mediane in medianes.items():
            rapport = medianes["voix"] / mediane
            print(
                f"  concurrence {concurrence:>2} · {nom:<22} {mediane:6.1f}/s · voix/elle = {rapport:.2f}"
            )


if __name__ == "__main__":
    main()
