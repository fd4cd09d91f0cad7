"""The whole report of a cohort of 70, 300 and 3 000 families: processor time, page included.

python -m bench.suivi [--tailles 70,300,3000]
"""

import argparse
import tempfile
from pathlib import Path

from bench.base import dans_voix, environnement, refaire_la_base

PREPARER = """
from tests import builders
builders.un_compte(email="coordination@voix.example")
builders.une_structure(builders.un_territoire())
print("{}")
"""

MESURER = """
import json, time
from analyses.actions.changements import arreter_changement
from analyses.changements.lecture import lire
from analyses.figures.pentes import pentes
from analyses.figures.halteres import halteres
from enquetes.actions.suivi.cartes import emettre_cartes, prochain_numero
from enquetes.actions.suivi.cohortes import creer_cohorte
from enquetes.actions.suivi.fictive import peupler_cohorte_fictive
from enquetes.actions.questionnaires import charger_bibliotheque
from enquetes.management.commands.cohorte_fictive import projet_fictif
from voix.comptes.models import Compte, Structure
par = Compte.objects.get(email="coordination@voix.example")
versions = {{v.questionnaire.code: v for v in charger_bibliotheque(par=par)}}
projet = projet_fictif(Structure.objects.order_by("pk").first(), versions, {nombre})
cohorte = creer_cohorte(projet=projet, par=par)
while (suivant := prochain_numero(cohorte)) <= {nombre}:
    emettre_cartes(cohorte=cohorte, nombre=min(200, {nombre} + 1 - suivant), a_partir=suivant, par=par)
peupler_cohorte_fictive(cohorte=cohorte, par=par)
debut = time.process_time()
fait = arreter_changement(cohorte=cohorte, rang=3, par=par)
calcul = time.process_time() - debut
debut = time.process_time()
lecture = lire(fait.contenu, fait.nombre, fait.arrete_le)
halteres(lecture.declares, lecture.nombre)
[pentes(c, lecture.nombre) for c in lecture.declares]
print(json.dumps([fait.nombre, round(calcul, 2), round(time.process_time() - debut, 2)]))
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tailles", default="70,300,3000")
    tailles = [int(taille) for taille in options.parse_args().tailles.split(",")]
    with tempfile.TemporaryDirectory() as dossier:
        env = environnement(Path(dossier))
        refaire_la_base(env)
        dans_voix(env, PREPARER)
        for nombre in tailles:
            paires, calcul, page = dans_voix(env, MESURER.format(nombre=nombre))
            print(f"{nombre} familles, {paires} paires : {calcul} s, puis {page} s pour la page")


if __name__ == "__main__":
    main()
