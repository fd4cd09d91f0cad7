"""Requests a second of the API, address by address, from a real server with a PostgreSQL database.

    python -m bench.api [--secondes 5] [--programmes 8]

``programmes`` programs call at once, each keeping its connection. « Inchangé » sends back the ETag.
"""

import argparse
import http.client
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path

from bench.base import dans_voix, environnement, refaire_la_base
from bench.questionnaires import servir

PREPARER = """
import json
from django.conf import settings
from django.core.management import call_command
from tests import builders
from tests.integration.analyses.test_fichiers import preparer
from voix.comptes.models import Territoire
from voix.comptes.roles import Role
settings.DEBUG = True
call_command("territoires", verbosity=0)
region = Territoire.objects.get(chemin="/32/")
builders.un_compte(territoire=region, email="coordination@voix.example")
call_command("tableau1", verbosity=0)
preparer()
for lieu in (region, builders.un_territoire()):
    eva = builders.un_compte(role=Role.EVALUATION, territoire=lieu, email="eva@exemple.fr")
print(json.dumps({"valeur": builders.un_jeton(eva).valeur}))
"""
ADRESSES = {
    "liste des collectes": "collectes",
    "tableau, tout le monde": "collectes/avis/tableaux/venu",
    "tableau, par structure": "collectes/avis/tableaux/venu?par=structure",
    "30 indicateurs de 10 territoires": "programmes/tableau1/indicateurs",
}


def appeler(lien: http.client.HTTPConnection, adresse: str, entetes: dict[str, str]) -> str:
    """Ask once; return the ETag."""
    lien.request("GET", f"/api/v1/{adresse}", headers=entetes)
    recu = lien.getresponse()
    recu.read()
    if recu.status not in {200, 304}:
        raise RuntimeError(f"{adresse}: {recu.status}")
    return recu.headers["ETag"]


def mesurer(
    port: int, adresse: str, entetes: dict[str, str], options: argparse.Namespace
) -> tuple[float, float, float]:
    """Return the requests a second, the median and the 95th centile of their durations in ms."""
    durees: list[float] = []
    arret = time.perf_counter() + options.secondes

    def programme() -> None:
        lien = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < arret:
            debut = time.perf_counter()
            appeler(lien, adresse, entetes)
            durees.append(1000 * (time.perf_counter() - debut))

    fils = [threading.Thread(target=programme) for _ in range(options.programmes)]
    debut = time.perf_counter()
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    ecoulees = time.perf_counter() - debut
    return (
        len(durees) / ecoulees,
        statistics.median(durees),
        statistics.quantiles(durees, n=20)[-1],
    )


def main() -> None:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--secondes", type=float, default=5)
    lecteur.add_argument("--programmes", type=int, default=8)
    options = lecteur.parse_args()
    dossier = Path(tempfile.mkdtemp(prefix="voix-banc-"))
    env = environnement(dossier)
    refaire_la_base(env)
    jeton = dans_voix(env, PREPARER)["valeur"]
    serveur, port = servir("voix.wsgi", env)
    try:
        for nom, adresse in ADRESSES.items():
            entetes = {"Authorization": f"Bearer {jeton}"}
            etiquette = appeler(http.client.HTTPConnection("127.0.0.1", port), adresse, entetes)
            for suite, ajout in (("", {}), (", inchangé", {"If-None-Match": etiquette})):
                lu = mesurer(port, adresse, entetes | ajout, options)
                print(
                    f"{nom}{suite} : {lu[0]:.0f} requêtes/s, médiane {lu[1]:.0f} ms, "
                    f"95 % en moins de {lu[2]:.0f} ms"
                )
    finally:
        serveur.terminate()
        shutil.rmtree(dossier, ignore_errors=True)


if __name__ == "__main__":
    main()
