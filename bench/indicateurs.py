"""Indicators of a programme of 10, 100 and 1 000 territoires: time and statements.

    python -m bench.indicateurs [--tailles 10,100,1000]

The invented territoires of Tableau 1 are repeated; every measure is the best of three.
"""

import argparse
import tempfile
from pathlib import Path

from bench.base import dans_voix, environnement, refaire_la_base

PREPARER = """
from django.core.management import call_command
from django.conf import settings
settings.DEBUG = True
call_command("territoires", verbosity=0)
from tests import builders
from voix.comptes.models import Territoire
builders.un_compte(territoire=Territoire.objects.get(chemin="/32/"), email="coordination@voix.example")
call_command("tableau1", verbosity=0)
print("{{}}")
"""

REPETER = """
from analyses.models import MODELES, Action, Acteur, Programme
from voix.comptes.models import Territoire
region = Territoire.objects.get(chemin="/32/")
sources = list(Territoire.objects.filter(chemin__startswith="/32/FICTIF/FICTIF"))
programme = Programme.objects.create(nom="banc{nombre}", titre="Banc", territoire=region)
Territoire.objects.bulk_create(
    Territoire(code="B{nombre}X%s" % i, nom="B%s" % i, niveau="intercommunal", parent=region, chemin="/32/B{nombre}X%s/" % i)
    for i in range({nombre})
)
neufs = list(Territoire.objects.filter(chemin__startswith="/32/B{nombre}X").order_by("pk"))
programme.territoires.add(*neufs)
for modele in MODELES.values():
    champs = [c.attname for c in modele._meta.concrete_fields if c.name != "id"]
    for rang, source in enumerate(sources):
        for ligne in modele.objects.filter(territoire=source):
            valeurs = {{nom: getattr(ligne, nom) for nom in champs}}
            for cle, valeur in (("programme_id", programme.pk), ("instance_id", None)):
                if cle in valeurs:
                    valeurs[cle] = valeur
            modele.objects.bulk_create(
                [modele(**valeurs | {{"territoire_id": t.pk}}) for t in neufs[rang::10]], batch_size=500
            )
acteurs = {{(t, nom): pk for pk, t, nom in Acteur.objects.filter(territoire__in=neufs).values_list("pk", "territoire_id", "nom")}}
lien, liens = Action.acteurs.through, []
for rang, source in enumerate(sources):
    for action in Action.objects.filter(territoire=source).prefetch_related("acteurs"):
        for copie in Action.objects.filter(territoire__in=neufs[rang::10], intitule=action.intitule):
            liens += [lien(action_id=copie.pk, acteur_id=acteurs[copie.territoire_id, str(a)]) for a in action.acteurs.all()]
lien.objects.bulk_create(liens, batch_size=1000)
print("{{}}")
"""

MESURER = """
import json, time
from datetime import date
from django.db import connection
from django.test.utils import CaptureQueriesContext
from analyses.mesures import evolutions, mesurer_tout, niveaux_par_moment, perimetre_du_programme
from analyses.models import Programme
perimetre = perimetre_du_programme(Programme.nomme("banc{nombre}"))
def mesure(faire):
    durees = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as requetes:
            debut = time.perf_counter()
            faire()
            durees.append(time.perf_counter() - debut)
    return [round(min(durees), 3), len(requetes)]
print(json.dumps({{
    "indicateurs": mesure(lambda: mesurer_tout(perimetre)),
    "moments": mesure(lambda: niveaux_par_moment(perimetre)),
    "evolution": mesure(lambda: evolutions(perimetre, date(2024, 6, 30))),
}}))
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tailles", default="10,100,1000")
    tailles = [int(taille) for taille in options.parse_args().tailles.split(",")]
    with tempfile.TemporaryDirectory() as dossier:
        env = environnement(Path(dossier))
        refaire_la_base(env)
        dans_voix(env, PREPARER.format())
        for nombre in tailles:
            dans_voix(env, REPETER.format(nombre=nombre))
            lu = dans_voix(env, MESURER.format(nombre=nombre))
            dites = ", ".join(f"{nom} {s} s ({q} requêtes)" for nom, (s, q) in lu.items())
            print(f"{nombre} territoires : {dites}")


if __name__ == "__main__":
    main()
