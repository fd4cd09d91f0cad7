"""Fictitious respondents from a file become a collecte like another, and its plan."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, transaction

from analyses.extraction.personnes import personnes
from analyses.models import PlanAnalyse
from enquetes.actions.microdonnees import effacer_prevues
from enquetes.models import Collecte, EtatPassation, Passation
from tests.unit.enquetes.echanges.test_microdonnees import DESCRIPTION, ENTETE
from voix.comptes.models import Trace

pytestmark = pytest.mark.django_db

LIGNES = [
    "S1,jeunes,oui,a|b,10,2025-03-01,",
    "S1,aînés,non,,,2025-03-15,2025-04-15",
    "S1,aînés,,a,7,2025-04-01,",
]


@pytest.fixture
def fichiers(tmp_path):
    (tmp_path / "d.json").write_text(json.dumps(DESCRIPTION), "utf-8")
    (tmp_path / "f.csv").write_text(ENTETE + "\n".join(LIGNES) + "\n", "utf-8")
    return str(tmp_path / "f.csv"), str(tmp_path / "d.json")


def importer(fichier: str, description: str) -> str:
    sortie = StringIO()
    call_command("importer_microdonnees", fichier, "--description", description, stdout=sortie)
    return sortie.getvalue().strip().splitlines()[-1]


def test_a_marked_collecte_its_plan_and_its_persons(fichiers):
    collecte = Collecte.objects.get(nom=importer(*fichiers))
    assert collecte.fictive
    assert collecte.passations.terminees().count() == 3
    plan = PlanAnalyse.objects.get()
    assert plan.croisements == [[], ["structure"], ["public", "structure"]]
    assert plan.dimensions[0]["codes"][1] == {"code": "S1", "libelle": "S1", "parent": "R1"}
    assert {t.verbe for t in Trace.objects.all()} == {"importer_microdonnees", "ecrire_plan"}


def test_the_same_file_twice_makes_two_collectes(fichiers):
    assert [importer(*fichiers), importer(*fichiers)] == ["essai", "essai-2"]


def test_a_closing_sees_who_was_there_that_day(fichiers):
    collecte = Collecte.objects.get(nom=importer(*fichiers))
    mars, avril = collecte.ouvre_le.replace(day=31), collecte.ouvre_le.replace(month=4, day=30)
    assert effacer_prevues(collecte=collecte, au=mars, par="essai") == 0
    assert personnes(collecte, mars).nombre == 2
    assert effacer_prevues(collecte=collecte, au=avril, par="essai") == 1
    vues = personnes(collecte, avril)
    assert vues.nombre == 2
    assert list(vues.identifiants) == sorted(vues.identifiants)
    aide = next(c for c in vues.colonnes if c.question == "aide")
    rangs = {code: rang for rang, (code, _) in enumerate(aide.modalites)}
    assert [code for code, _ in aide.modalites] == ["a", "b", "_sr"]  # nobody could refuse
    assert sorted(vues.codes["aide"].tolist()) == [
        1 << rangs["a"],
        (1 << rangs["a"]) | (1 << rangs["b"]),
    ]
    effacee = Passation.objects.get(etat=EtatPassation.EFFACEE)
    assert effacee.reponses == {}


def test_a_wrong_file_stores_nothing(fichiers, tmp_path):
    (tmp_path / "f.csv").write_text(ENTETE + "S9,jeunes,oui,a,1,2025-03-31,\n", "utf-8")
    with pytest.raises(CommandError, match="ligne 2"):
        importer(*fichiers)
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        importer(str(tmp_path / "rien.csv"), fichiers[1])
    (tmp_path / "f.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError, match="UTF-8"):
        importer(*fichiers)
    assert not Collecte.objects.exists()


def test_a_plan_is_only_added_to(fichiers):
    importer(*fichiers)
    with pytest.raises(Error, match="ajout seul"), transaction.atomic():
        PlanAnalyse.objects.update(croisements=[])


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        (
            "S1,jeunes,oui,a|b,10,",
            "S1,jeunes,oui,a|b,nan,",
            "«\u00a0nan\u00a0» n’est pas un nombre",
        ),
        (
            "S1,jeunes,oui,a|b,10,",
            "S1,jeunes,oui,a|b,inf,",
            "«\u00a0inf\u00a0» n’est pas un nombre",
        ),
    ],
)
def test_an_amount_is_a_number_that_ends(fichiers, avant, apres, dit):
    chemin = Path(fichiers[0])
    chemin.write_text(chemin.read_text("utf-8").replace(avant, apres), "utf-8")
    with pytest.raises(CommandError, match=dit):
        importer(*fichiers)
    assert not Collecte.objects.exists()


def test_a_group_is_not_its_own_parent(fichiers):
    chemin = Path(fichiers[1])
    description = json.loads(chemin.read_text("utf-8"))
    description["dimensions"][0]["codes"][0]["parent"] = "S1"
    chemin.write_text(json.dumps(description), "utf-8")
    with pytest.raises(CommandError, match="est son propre parent"):
        importer(*fichiers)
