"""Means and medians beside tables: computed at closing, kept in the register, on every surface."""

import json
from dataclasses import fields
from io import StringIO

import pytest
from django.core.management import call_command

from analyses.actions.clotures import cloturer
from analyses.actions.plans import choisir_plan
from analyses.actions.verification import verifier_registre
from analyses.confidentialite.chiffres import MOYENNE, Chiffres
from analyses.cube import cube_de, tableau, tous
from analyses.exports.lignes import jeu_de_tableaux
from analyses.extraction.groupes import dimensions_possibles
from analyses.models import Cellule
from tests.integration.analyses.test_echelles import importer_lignes
from tests.integration.analyses.test_format import verifier
from voix.commun.erreurs import SaisieInvalide

pytestmark = pytest.mark.django_db

DESCRIPTION = {
    "questionnaire": "Essai",
    "dimensions": [{"name": "public", "codes": [{"code": "jeunes"}, {"code": "familles"}]}],
    "questions": [
        {"name": "note", "type": "echelle", "codes": list("12345"), "profil": "SENSIBLE"},
        {"name": "depense", "type": "montant", "profil": "SENSIBLE"},
    ],
    "plan": [["public"]],
}


@pytest.fixture
def collecte(tmp_path):
    lignes = [
        {
            "public": "jeunes" if rang % 2 else "familles",
            "note": "1223334445"[(rang // 2) % 10],
            "depense": str([20, 60, 60, 120, 120, 120, 150, 250, 350, 700][(rang // 2) % 10]),
            "recorded_at": "2025-03-15",
            "erased_at": "",
        }
        for rang in range(120)
    ]
    return importer_lignes(tmp_path, DESCRIPTION, lignes)


@pytest.fixture
def publication(collecte):
    return cloturer(collecte=collecte, au=collecte.ouvre_le.replace(month=4, day=1), par="essai")


def test_a_mean_and_a_median_are_written_and_read_again(publication):
    assert Cellule.objects.filter(reponse=MOYENNE).values_list("bas", "haut").distinct().get() == (
        305,
        315,
    )
    statistiques = tableau(cube_de(publication), "note", ("public",)).en_json()["statistics"]
    assert statistiques[0] == {
        "group": {"public": "TOTAL"},
        "question": "note",
        "stat": "mean",
        "value": 3.1,
        "decimals": 1,
        "n": 120,
        "scale": [1, 5],
    }
    assert statistiques[1] == statistiques[0] | {"stat": "median", "value": 3, "decimals": 0}
    assert {s["n"] for s in statistiques} == {60, 120}
    for table in tous(cube_de(publication)):
        verifier(table.en_json())
    # Of rows in files: question, ..., group, ..., answer, ..., base, ..., status, ..., mean, words.
    entete = {"nom": "n", "titre": "t", "arrete_le": "2025-04-01", "fictif": True, "methode": ()}
    lues = jeu_de_tableaux([tableau(cube_de(publication), "note")], **entete).rangees
    assert [r[5:] for r in lues if r[11] in {"moyenne", "mediane"}] == [
        ("MOYENNE", "Moyenne", 120, None, None, None, "moyenne", None, 3.1, "3,1", ""),
        ("MEDIANE", "Médiane", 120, None, None, None, "mediane", None, None, "3", ""),
    ]


def test_the_median_of_amounts_is_a_class_and_no_number(publication):
    depense = tableau(cube_de(publication), "depense")
    assert depense.total.chiffres.mediane == ("c100",)
    assert depense.autres_chiffres == [("Ensemble", "", "100 à 199")]
    assert depense.en_json()["statistics"] == []


def test_what_is_never_shown_has_no_path(publication):
    """Minimum, maximum, mode, quantiles, deviations: they rebuild answers (§4.5)."""
    assert {champ.name for champ in fields(Chiffres)} == {"moyenne", "mediane"}
    dites = {s["stat"] for t in tous(cube_de(publication)) for s in t.en_json()["statistics"]}
    assert dites == {"mean", "median"}


def test_a_sensitive_question_groups_nobody_so_two_are_never_crossed(collecte):
    possibles = {d["nom"] for d in dimensions_possibles(collecte)}
    assert not possibles & {"note", "depense"}
    with pytest.raises(SaisieInvalide, match="questions sensibles ne se croisent"):
        choisir_plan(collecte=collecte, croisements=[["note"]], par="essai")


def test_figures_leave_by_the_commands_and_the_night_attacks_them(publication, tmp_path):
    nom = publication.collecte.nom
    call_command("exporter_tableaux", nom, "--dossier", str(tmp_path / "t"), stdout=StringIO())
    tables = [json.loads(f.read_text("utf-8")) for f in sorted((tmp_path / "t").iterdir())]
    assert {s["stat"] for t in tables for s in t["statistics"]} == {"mean", "median"}
    sortie = StringIO()
    call_command("tableau", nom, "--lignes", "note", "--json", stdout=sortie)
    assert json.loads(sortie.getvalue())["statistics"][0]["value"] == 3.1
    assert verifier_registre(par="essai").fautes == []
