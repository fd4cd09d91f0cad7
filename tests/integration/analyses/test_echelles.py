"""Scales reach the engine with their values: means of a few persons are attacked too (A6)."""

import csv
import json
import random
from io import StringIO

import pytest
from django.core.management import call_command

from analyses.actions.clotures import cloturer
from analyses.actions.demandes import Projet, questions_de
from analyses.actions.plans import plan_en_vigueur
from analyses.cube import cube_de, tous
from analyses.extraction.groupes import groupement
from analyses.extraction.personnes import personnes
from enquetes.models import Collecte

pytestmark = pytest.mark.django_db

DESCRIPTION = {
    "questionnaire": "Essai",
    "dimensions": [{"name": "public", "codes": [{"code": "jeunes"}, {"code": "familles"}]}],
    "questions": [
        {"name": "note", "type": "echelle", "codes": list("12345"), "profil": "SENSIBLE"},
        {"name": "avis", "type": "echelle", "codes": list("123"), "profil": "SENSIBLE"},
        {"name": "repas", "type": "choix", "codes": ["oui", "non"], "profil": "SENSIBLE"},
    ],
    "plan": [["public"]],
}


def importer_lignes(tmp_path, description, lignes):
    """Return the collecte of fictitious persons."""
    (tmp_path / "d.json").write_text(json.dumps(description), "utf-8")
    with (tmp_path / "f.csv").open("w", newline="", encoding="utf-8") as fichier:
        ecrivain = csv.DictWriter(fichier, list(lignes[0]))
        ecrivain.writeheader()
        ecrivain.writerows(lignes)
    sortie = StringIO()
    chemins = (str(tmp_path / "f.csv"), "--description", str(tmp_path / "d.json"))
    call_command("importer_microdonnees", *chemins, stdout=sortie)
    return Collecte.objects.get(nom=sortie.getvalue().strip().splitlines()[-1])


@pytest.fixture
def collecte(tmp_path):
    hasard = random.Random(3)  # noqa: S311  (a fictitious population)
    lignes = [
        {
            "public": hasard.choice(["jeunes", "familles"]),
            "note": hasard.choice([*"12345", ""]),
            "avis": hasard.choice([*"123", ""]),
            "repas": hasard.choice(["oui", "non"]),
            "recorded_at": "2025-03-15",
            "erased_at": "",
        }
        for _ in range(60)
    ]
    return importer_lignes(tmp_path, DESCRIPTION, lignes)


def test_a_scale_has_values_and_a_list_has_none(collecte):
    jour = collecte.ouvre_le.replace(month=4, day=1)
    plan = plan_en_vigueur(collecte=collecte, par="essai")
    vues = personnes(collecte, jour)
    groupes = [groupement(d, vues, collecte) for d in plan.dimensions]
    projet = Projet(collecte, jour, plan, vues, groupes, [])
    valeurs = {q.nom: q.valeurs for q in questions_de(projet)}
    assert valeurs == {"note": (1.0, 2.0, 3.0, 4.0, 5.0, None), "avis": (), "repas": ()}


def test_a_closing_with_a_scale_is_published(collecte):
    publication = cloturer(
        collecte=collecte, au=collecte.ouvre_le.replace(month=4, day=1), par="essai"
    )
    montrees = {t.question for t in tous(cube_de(publication)) if t.lignes}
    assert montrees == {"note", "avis", "repas"}
