"""The same data always give the same display: nobody learns anything by closing again."""

import os
import subprocess
import sys

FERMER = """
import sys
from tests.unit.analyses.moteur.populations import PLAN, population
from tests.unit.analyses.moteur.test_cloture import CHOIX, MULTIPLE, donnees
from analyses.confidentialite.moteur.cloture import cloturer
cloture = cloturer(donnees(population(60, graine=9)), [CHOIX, MULTIPLE], PLAN, cle=b"secret")
for c in cloture.cellules:
    print(c.question, c.population, c.reponses, c.bas, c.haut, c.nature)
"""


def _fermer(graine):
    env = os.environ | {"PYTHONHASHSEED": graine}
    commande = [sys.executable, "-c", FERMER]
    return subprocess.run(commande, env=env, check=True, capture_output=True, text=True).stdout


def test_two_processes_show_the_same():
    premiere = _fermer("1")
    assert premiere.count("\n") > 50
    assert _fermer("2") == premiere
