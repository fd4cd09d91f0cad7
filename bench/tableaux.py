"""One-way tables of 12 questions and a cross-table over many passations: time and memory.

    python -m bench.tableaux [--tailles 10000,100000,1000000] [--repetitions 5]

Passations of module ALIM are generated straight into PostgreSQL. Each measure is a new process:
« à froid » opens the cliché and counts everything once, « à chaud » counts again in the same one.
"""

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from bench.base import dans_voix, environnement, refaire_la_base

GENERER = """
import json
from django.db import connection
from django.utils import timezone
from enquetes.actions.questionnaires import publier_version
from enquetes.bibliotheque import lire
from enquetes.models import Releve
from tests import builders
nombre = {nombre}
par = builders.un_compte()
version = publier_version(definition=lire("alim"), origine="bibliotheque", territoire=None, par="banc")
collecte = builders.une_collecte_ouverte(par=par, version=version, nom="banc{nombre}x{lieux}", unite="{unite}")
acces = builders.lien_principal(collecte)
lieux = [builders.un_territoire(f"9{{r:04d}}", parent=collecte.territoire).pk for r in range({lieux})]
releve = Releve.objects.create(collecte=collecte, numero=1, arrete_le=timezone.localdate(), nb_passations=nombre)
codes = {{q.code: "01234" for q in version.lue().questions()}}
document = ", ".join(
    f"'{{code}}', case when random() < 0.05 then '_pnr' else floor(random() * 5)::int::text end"
    for code in codes if code not in ("a8", "a11", "a12")
) + ", 'a8', (array['0','moins','1','2','3'])[1 + floor(random() * 5)::int], 'a11', floor(random() * 15)::int"
with connection.cursor() as curseur:
    curseur.execute(
        f"insert into enquetes_passation (id, collecte_id, version_id, acces_id, territoire_id, releve_id, etat, "
        f"mode, langue, jour, reponses, signes, tardive) select gen_random_uuid(), %s, %s, %s, "
        f"(%s::bigint[])[1 + floor(random() * {lieux})::int], %s, 'terminee', 'telephone', 'fr', "
        f"current_date - floor(random() * 90)::int, jsonb_build_object({{document}}), '', false from generate_series(1, %s)",
        [collecte.pk, version.pk, acces.pk, lieux, releve.pk, nombre],
    )
    curseur.execute("analyze enquetes_passation")
print(json.dumps({{"releve": releve.pk}}))
"""

MESURER = """
import json
import json, resource, time
from analyses.extraction import lecture
from analyses.extraction.lecture import cliche_de, source
from analyses.tableaux import _calculer, tableau, tous
from enquetes.models import Releve
import numpy, scipy.optimize
releve = Releve.objects.select_related("collecte__version__questionnaire", "collecte__territoire").get(pk={releve})
prise = source(releve.collecte, releve)
prise.colonnes
debut = time.perf_counter()
cliche_de(prise)
ouverture = time.perf_counter() - debut
temps = []
for _ in range(2):
    _calculer.cache_clear()
    debut = time.perf_counter()
    tous(prise)
    tableau(prise, "a1", "territoire")
    temps.append(time.perf_counter() - debut)
memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({{"ouverture": ouverture, "froid": temps[0], "chaud": temps[1], "memoire": memoire}}))
"""


def main() -> None:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--tailles", default="10000,100000,1000000")
    lecteur.add_argument("--repetitions", type=int, default=5)
    options = lecteur.parse_args()
    dossier = Path(tempfile.mkdtemp(prefix="voix-banc-"))
    env = environnement(dossier)
    refaire_la_base(env)
    print(f"{'passations':>10} {'cliché':>8} {'Mo':>6} {'froid':>8} {'chaud':>8} {'Mo':>6}")
    try:
        for nombre in map(int, options.tailles.split(",")):
            print(_ligne(env, nombre, dossier, options.repetitions))
    finally:
        shutil.rmtree(dossier, ignore_errors=True)


def _ligne(env: dict[str, str], nombre: int, dossier: Path, repetitions: int) -> str:
    releve = dans_voix(env, GENERER.format(nombre=nombre, lieux=20, unite="personne"))["releve"]
    mesures: list[dict[str, Any]] = []
    constructions: list[dict[str, Any]] = []
    for _ in range(repetitions):
        shutil.rmtree(dossier / "cliches", ignore_errors=True)
        constructions.append(dans_voix(env, MESURER.format(releve=releve)))
        mesures.append(dans_voix(env, MESURER.format(releve=releve)))

    def mediane(cle: str, serie: list[dict[str, Any]]) -> float:
        return statistics.median(mesure[cle] for mesure in serie)

    return (
        f"{nombre:>10} {mediane('ouverture', constructions):7.2f}s {mediane('memoire', constructions):6.0f} "
        f"{mediane('froid', mesures):7.3f}s {mediane('chaud', mesures):7.3f}s {mediane('memoire', mesures):6.0f}"
    )


if __name__ == "__main__":
    main()
