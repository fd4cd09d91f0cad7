"""A publication is read back as it was written: intervals, merged groups, three dimensions."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from analyses.actions.clotures import publier_releve
from analyses.actions.plans import ecrire_plan
from analyses.cube import cube_de, groupes, nommer, tableau, tous, tranche
from analyses.models import Cellule, Population, Publication
from enquetes.actions.collectes import arreter_releve
from tests import builders
from tests.integration.analyses.test_resultats import AVIS
from voix.commun.erreurs import SaisieInvalide

pytestmark = pytest.mark.django_db

DEFINITION = {
    "format": "voix-questionnaire/1",
    "code": "cube",
    "titre": {"fr": "Cube"},
    "langues": ["fr"],
    "pages": [
        {
            "code": code,
            "questions": [
                {
                    "code": code,
                    "type": "choix_unique",
                    "profil": profil,
                    "texte": {"fr": code},
                    "choix": [{"code": c, "texte": {"fr": c}} for c in codes],
                }
            ],
        }
        for code, profil, codes in (
            ("public", "ordinaire", ("j&s", "a", "s")),
            ("q", "sensible", ("oui", "non")),
        )
    ],
}
DIMENSIONS = [
    {
        "nom": "structure",
        "titre": "Structure",
        "source": "structure",
        "codes": [
            {"code": "R1", "libelle": "Région"},
            {"code": "S1", "libelle": "Un", "parent": "R1"},
            {"code": "S2", "libelle": "Deux", "parent": "R1"},
            {"code": "S3", "libelle": "Trois", "parent": "R1"},
        ],
    },
    {
        "nom": "public",
        "titre": "Public",
        "source": "question:public",
        "codes": [
            {"code": "j&s", "libelle": "Jeunes"},
            {"code": "a", "libelle": "Aînés"},
            {"code": "s", "libelle": "Seuls"},
        ],
    },
]


@pytest.fixture
def publication():
    collecte = builders.une_collecte_ouverte(version=builders.une_version(DEFINITION))
    plan = ecrire_plan(
        collecte_id=collecte.pk,
        dimensions=DIMENSIONS,
        croisements=[["structure"], ["structure", "public"]],
        par="essai",
    )
    faite = Publication.objects.create(
        collecte=collecte,
        numero=1,
        au=date(2025, 3, 31),
        plan=plan,
        version="v",
        nombre=40,
        parametres={
            "dimensions": DIMENSIONS,
            "seuils": {"sensible": {"n_min": 11}, "ordinaire": {"n_min": 8}},
        },
        empreinte="e1",
    )
    montrer(faite, {}, 40, {"oui": (30, 36, "milieu"), "non": (0, 4, "bas")})
    montrer(faite, {"structure": "R1"}, 40, {"oui": (30, 36, "milieu"), "non": (0, 4, "bas")})
    montrer(faite, {"structure": "S1"}, 22, {"oui": (20, 20, "exact")})
    montrer(faite, {"structure": "S2+S3"}, 18, {"oui": (0, 18, "masque")})
    montrer(faite, {"public": "a"}, 9, {})  # shown for a question that allows it
    montrer(faite, {"structure": "S1", "public": "j&s"}, 12, {"oui": (8, 12, "haut")})
    return faite


def montrer(publication, ou, nombre, cellules):
    axes = [
        {
            "dimension": nom,
            "codes": code.split("+"),
            "parent": ["R1"] if nom == "structure" and code != "R1" else [],
        }
        for nom, code in ou.items()
    ]
    population = Population.objects.create(
        publication=publication,
        predicat=str(ou),
        axes=axes,
        dimensions=nommer(ou),
        nombre=nombre,
        membres=b"",
    )
    Cellule.objects.create(
        population=population, question="", reponse="", bas=nombre, haut=nombre, nature="exact"
    )
    for reponse, (bas, haut, nature) in cellules.items():
        Cellule.objects.create(
            population=population, question="q", reponse=reponse, bas=bas, haut=haut, nature=nature
        )


def test_groups_are_laid_out_with_merged_ones_in_place_of_theirs(publication):
    protege = tableau(cube_de(publication), "q", ("structure",))
    assert [(x.libelle, x.taille) for x in protege.lignes] == [
        ("Ensemble", 40),
        ("Un", 22),
        ("Regroupement (Deux + Trois)", 18),
    ]
    assert protege.total.dire(protege.total.cellules[0]) == "entre 30 et 36"
    table = protege.en_json()
    assert [(c["code"], c.get("parent")) for c in table["dimensions"][0]["codes"]] == [
        ("R1", None),
        ("S1", "R1"),
        ("S2+S3", "R1"),
        ("S2", "S2+S3"),
        ("S3", "S2+S3"),
    ]
    assert {
        "at": {"structure": "R1", "q": "non"},
        "status": "interval",
        "low": 0,
        "high": 4,
    } in table["cells"]
    assert {"at": {"structure": "S1", "q": "oui"}, "status": "published", "value": 20} in table[
        "cells"
    ]
    assert {"at": {"structure": "S1", "q": "non"}, "status": "suppressed"} in table["cells"]
    assert table["as_of"] == "2025-03-31"


def test_crossed_dimensions_keep_their_margins(publication):
    table = tableau(cube_de(publication), "q", ("public", "structure")).en_json()
    assert [d["name"] for d in table["dimensions"]] == ["structure", "public", "q"]
    public = table["dimensions"][1]["codes"]
    assert public[0] == {"code": "TOTAL", "label": "Ensemble"}
    assert public[1] == {"code": "j&s", "label": "Jeunes", "parent": "TOTAL"}
    ou = {"structure": "S1", "public": "j&s", "q": "oui"}
    assert {"at": ou, "status": "interval", "low": 8, "high": 12} in table["cells"]
    tailles = [c for c in table["cells"] if c["at"]["q"] == "TOTAL"]
    assert len(tailles) == 4


def test_one_group_is_read_in_its_crossing_and_holds_no_other_cell(publication):
    cube = cube_de(publication)
    assert groupes(cube, "q") == [
        ("Structure", [("structure:S1", "Un"), ("structure:S2+S3", "Regroupement (Deux + Trois)")])
    ]
    seule = tranche(cube, "q", (), ("structure", "S1"))
    assert (seule.total.taille, seule.total.dire(seule.total.cellules[0])) == (22, "20")
    assert seule.en_json()["where"] == {"structure": ["S1"]}
    croisee = tranche(cube, "q", ("public",), ("structure", "S1"))
    assert [(x.libelle, x.taille) for x in croisee.lignes] == [("Ensemble", 22), ("Jeunes", 12)]
    entier = tableau(cube, "q", ("structure", "public"))
    assert {x.cellules for x in croisee.lignes} <= {x.cellules for x in entier.lignes}
    merges = tranche(cube, "q", ("public",), ("structure", "S2+S3"))
    assert [x.libelle for x in merges.lignes] == ["Ensemble"]


@pytest.mark.parametrize("parmi", [("structure", "S2"), ("structure", "rien"), ("structure", "")])
def test_a_group_that_is_not_shown_alone_is_not_read_alone(publication, parmi):
    assert tranche(cube_de(publication), "q", (), parmi) is None


@pytest.mark.parametrize("parmi", [("public", "a"), ("q", "oui"), ("", "")])
def test_one_group_is_never_a_free_filter(publication, parmi):
    with pytest.raises(SaisieInvalide, match="plan d’analyse"):
        tranche(cube_de(publication), "q", (), parmi)


def test_a_question_that_groups_keeps_its_table_and_never_breaks_itself_down(publication):
    tous_ = Population.objects.get(publication=publication, dimensions="")
    for reponse, bas in (("j&s", 25), ("a+s+_pnr+_sr", 15)):
        Cellule.objects.create(
            population=tous_, question="public", reponse=reponse, bas=bas, haut=bas, nature="exact"
        )
    cube = cube_de(publication)
    protege = tableau(cube, "public")
    dites = {
        colonne.code: protege.total.dire(cellule)
        for colonne, cellule in zip(protege.colonnes, protege.total.cellules, strict=True)
    }
    # Told as one with others: each of them is some part of the fifteen.
    assert dites == {"j&s": "25"} | dict.fromkeys(("a", "s", "_pnr", "_sr"), "moins de 16")
    assert cube.croisements_de("public") == [(), ("structure",)]
    with pytest.raises(SaisieInvalide, match="plan d’analyse\u00a0: territoire ; structure\\."):
        tableau(cube, "public", ("structure", "public"))


def test_what_is_not_in_the_plan_is_refused(publication):
    with pytest.raises(SaisieInvalide, match="plan d’analyse"):
        tableau(cube_de(publication), "q", ("public",))
    with pytest.raises(SaisieInvalide, match="n’a pas de tableau"):
        tableau(cube_de(publication), "rien")


def test_every_table_is_written_once(tmp_path):
    collecte = builders.une_collecte_ouverte(version=builders.une_version(AVIS))
    for reponse, nombre in (("oui", 30), ("non", 20)):
        builders.des_passations(collecte, nombre, reponses={"venu": reponse})
    releve = arreter_releve(collecte=collecte, par=builders.un_compte())
    publication = publier_releve(releve_id=releve.pk, par="essai")
    call_command("exporter_tableaux", collecte.nom, "--dossier", str(tmp_path / "d"))
    fichiers = sorted((tmp_path / "d").iterdir())
    tables = [json.loads(f.read_text("utf-8")) for f in fichiers]
    assert len(tables) == len(tous(cube_de(publication)))
    assert {t["format"] for t in tables} == {"voix-sdc-table/1"}
    with pytest.raises(CommandError, match="pas de collecte"):
        call_command("exporter_tableaux", "rien", "--dossier", str(tmp_path))


def test_a_table_is_three_statements_at_most(publication, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        tableau(cube_de(publication), "q", ("structure", "public"))
