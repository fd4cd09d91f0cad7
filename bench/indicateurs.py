"""Indicators of a programme of 10, 100 and 1 000 territoires, its pages, reports and files: time and statements.

    python -m bench.indicateurs [--tailles 10,100,1000] [--fois 3]

The invented territoires of Tableau 1 are repeated; every measure is the best of three (``--fois``).
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
from django.test import Client
from django.test.utils import CaptureQueriesContext
from analyses.mesures import entendus, evolutions, mesurer_tout, niveaux_par_moment, perimetre_du_programme
from analyses.models import Programme
from voix.comptes.models import Compte
perimetre = perimetre_du_programme(Programme.nomme("banc{nombre}"))
client = Client(SERVER_NAME="localhost")
client.force_login(Compte.objects.get(email="coordination@voix.example"))
def mesure(faire):
    durees = []
    for _ in range({fois}):
        with CaptureQueriesContext(connection) as requetes:
            debut = time.perf_counter()
            faire()
            durees.append(time.perf_counter() - debut)
    return [round(min(durees), 3), len(requetes)]
def page(adresse):
    def faire():
        recue = client.get("/espace/indicateurs/programmes/banc{nombre}/" + adresse)
        assert recue.status_code == 200, (adresse, recue.status_code, recue.content[-400:])
    return mesure(faire)
print(json.dumps({{
    "indicateurs": mesure(lambda: mesurer_tout(perimetre)),
    "moments": mesure(lambda: niveaux_par_moment(perimetre)),
    "non entendus": mesure(lambda: entendus(perimetre)),
    "tableau de bord": page(""),
    "page d’évolution": page("evolution/"),
    "bilan PDF": page("bilan.pdf"),
    "bilan Word": page("bilan.docx"),
    "une page en clair": page("en-clair.pdf"),
    "fichier XLSX": page("fichiers/xlsx/"),
    "fichier Parquet": page("fichiers/parquet/"),
}}))
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tailles", default="10,100,1000")
    options.add_argument("--fois", type=int, default=3)
    lues = options.parse_args()
    tailles = [int(taille) for taille in lues.tailles.split(",")]
    with tempfile.TemporaryDirectory() as dossier:
        env = environnement(Path(dossier))
        refaire_la_base(env)
        dans_voix(env, PREPARER.format())
        for nombre in tailles:
            dans_voix(env, REPETER.format(nombre=nombre))
            lu = dans_voix(env, MESURER.format(nombre=nombre, fois=lues.fois))
            print(f"{nombre} territoires")
            for nom, (secondes, requetes) in lu.items():
                print(f"  {nom} : {secondes} s, {requetes} requêtes")


if __name__ == "__main__":
    main()
