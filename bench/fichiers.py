"""Files of results of 100 000 answers in 10, 100 and 1 000 territoires: time and bytes of each format.

    python -m bench.fichiers [--passations 100000] [--territoires 10,100,1000]

Organisations, of which nothing is hidden: the largest files there are. Each format is written once, in one
process, after the tables were counted.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from bench.base import dans_voix, environnement, refaire_la_base
from bench.tableaux import GENERER

MESURER = """
import json, resource, time
from analyses.exports.formats import FORMATS
from analyses.extraction.lecture import source
from analyses.fichiers import jeu_du_releve
from analyses.lectures import LectureOrganisations
from enquetes.models import Releve
releve = Releve.objects.select_related("collecte__version__questionnaire", "collecte__territoire").get(pk={releve})
prise = source(releve.collecte, releve)
def mesure(faire):
    debut = time.perf_counter()
    fait = faire()
    return round(time.perf_counter() - debut, 2), fait
froid, jeu = mesure(lambda: jeu_du_releve(prise, LectureOrganisations(prise)))
chaud, jeu = mesure(lambda: jeu_du_releve(prise, LectureOrganisations(prise)))
lues = {{"tables, la première fois": [froid, 0, False], "tables, ensuite": [chaud, 0, False]}}
lues["empreinte"] = [mesure(lambda: jeu.empreinte)[0], 0, False]
for f in FORMATS:
    secondes, fichier = mesure(lambda: f.ecrire(jeu))
    lues[f.code] = [secondes, len(fichier), f.est_long(jeu.cellules)]
memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({{"lignes": len(jeu.rangees), "cellules": jeu.cellules, "memoire": memoire, "lues": lues}}))
"""


def main() -> None:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--passations", type=int, default=100_000)
    lecteur.add_argument("--territoires", default="10,100,1000")
    options = lecteur.parse_args()
    dossier = Path(tempfile.mkdtemp(prefix="voix-banc-"))
    env = environnement(dossier)
    refaire_la_base(env)
    try:
        for lieux in map(int, options.territoires.split(",")):
            code = GENERER.format(nombre=options.passations, lieux=lieux, unite="organisation")
            releve = dans_voix(env, code)["releve"]
            lu = dans_voix(env, MESURER.format(releve=releve))
            print(
                f"{options.passations} réponses, {lieux} territoires : {lu['lignes']} lignes, "
                f"{lu['cellules']} cellules, {lu['memoire']} Mo"
            )
            for nom, (secondes, octets, a_part) in lu["lues"].items():
                print(f"  {nom} : {secondes} s, {octets} octets{', à part' if a_part else ''}")
    finally:
        shutil.rmtree(dossier, ignore_errors=True)


if __name__ == "__main__":
    main()
