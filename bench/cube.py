"""Server time of one published table and its figure, over the cube of the demonstration.

    python -m bench.cube [--repetitions 5]

The demonstration is made in a scratch PostgreSQL database; then every question of every published
collecte is asked for as an evaluator does, alone and in each grouping of its plan. Goal: 100 ms.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.base import dans_voix, environnement, refaire_la_base

MESURER = """
import json, statistics, time
from django.test import Client
from analyses.cube import cube_de
from analyses.models import Publication
from voix.comptes.models import Compte
client = Client(SERVER_NAME="localhost")
client.force_login(Compte.objects.get(email="evaluation@voix.example"))
adresses = []
for publication in Publication.objects.filter(releve__isnull=False).select_related("plan", "releve", "collecte__version"):
    cube = cube_de(publication)
    for colonne in cube.colonnes:
        base = f"/espace/resultats/{{publication.collecte.nom}}/{{colonne.question}}/?releve={{publication.releve.numero}}"
        adresses += [base + "&par=" + ",".join(c) if c else base for c in cube.croisements_de(colonne.question)]
durees = []
for adresse in adresses:
    client.get(adresse)
    for _ in range({repetitions}):
        debut = time.perf_counter()
        assert client.get(adresse).status_code == 200, adresse
        durees.append((time.perf_counter() - debut) * 1000)
print(json.dumps({{"tables": len(adresses), "mediane": statistics.median(durees),
                   "p95": statistics.quantiles(durees, n=20)[-1]}}))
"""


def main() -> None:
    """Print one line of figures."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--repetitions", type=int, default=5)
    repetitions = arguments.parse_args().repetitions
    with tempfile.TemporaryDirectory() as dossier:
        env = environnement(Path(dossier))
        refaire_la_base(env)
        demo = env | {"DJANGO_SETTINGS_MODULE": "voix.settings.dev"}
        subprocess.run(
            [sys.executable, "manage.py", "demo", "--tout"],
            env=demo,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        lu = dans_voix(env, MESURER.format(repetitions=repetitions))
    sys.stdout.write(
        f"cube de la démonstration : {lu['tables']} tableaux, médiane {lu['mediane']:.0f} ms, "
        f"95 % en moins de {lu['p95']:.0f} ms\n"
    )


if __name__ == "__main__":
    main()
