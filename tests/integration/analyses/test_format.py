"""The files for scripts, field by field against the format that confidentialité §9 writes."""

import json
import os
import subprocess
import sys
from io import StringIO
from itertools import product
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.integration.analyses.test_clotures import DESCRIPTION, clore, importer, personnes

__all__ = ["importer"]  # a fixture of the closings

RACINE = Path(__file__).resolve().parents[3]
EXEMPLE = json.loads("""
{"format": "voix-sdc-table/1", "id": "T1", "question": "saute_repas",
 "where": {"vague": ["V1"]}, "as_of": "2025-03-31",
 "dimensions": [
   {"name": "structure", "role": "group", "codes": [
      {"code": "R1"}, {"code": "T1", "parent": "R1"}, {"code": "S101", "parent": "T1"}]},
   {"name": "saute_repas", "role": "response", "codes": [
      {"code": "TOTAL"}, {"code": "oui", "parent": "TOTAL"}, {"code": "non", "parent": "TOTAL"}]}],
 "cells": [
   {"at": {"structure": "S101", "saute_repas": "TOTAL"}, "status": "published", "value": 12},
   {"at": {"structure": "S101", "saute_repas": "oui"}, "status": "interval", "low": 0, "high": 4}],
 "statistics": [
   {"group": {"structure": "S101"}, "question": "note", "stat": "mean", "value": 3.4,
    "decimals": 1, "n": 12, "scale": [1, 5]}]}
""")
"""The example of the specification, as it is written there."""
CHAMPS = list(EXEMPLE)
AJOUTES = {"threshold", "label"}
"""Fields that a reader of the format may leave aside."""
DITS = {
    "published": {"value"},
    "percent": {"value", "decimals"},
    "interval": {"low", "high"},
    "suppressed": set(),
    "structural_zero": set(),
}


def sans(donnees: dict, *noms: str) -> list[str]:
    return [nom for nom in donnees if nom not in AJOUTES | set(noms)]


def verifier(table: dict) -> None:
    """Check one file against the specification: fields, their order, types, codes, sums."""
    assert sans(table) == CHAMPS
    assert table["format"] == "voix-sdc-table/1"
    assert all(isinstance(table[nom], str) for nom in ("id", "question", "as_of"))
    assert all(isinstance(v, list) for v in table["where"].values())
    arbres = {d["name"]: arbre(d) for d in table["dimensions"]}
    assert [d["role"] for d in table["dimensions"]] == ["group"] * (len(arbres) - 1) + ["response"]
    vues = {}
    for cellule in table["cells"]:
        assert set(sans(cellule, "at", "status")) == DITS[cellule["status"]]
        assert list(cellule["at"]) == list(arbres)
        assert all(code in arbres[nom] for nom, code in cellule["at"].items())
        ou = tuple(cellule["at"].values())
        assert ou not in vues
        vues[ou] = bornes(cellule)
    sommes(table, arbres, vues)
    for chiffre in table["statistics"]:
        assert list(chiffre) == list(EXEMPLE["statistics"][0])


def arbre(dimension: dict) -> dict[str, str]:
    """Return the parent of each code; one code is the whole, written before its parts."""
    parents: dict[str, str] = {}
    for code in dimension["codes"]:
        assert set(sans(code, "code", "parent", "parts_add")) == set()
        assert code["code"] not in parents
        parents[code["code"]] = code.get("parent", "")
    assert list(parents.values()).count("") == 1
    assert all(parent in {"", *parents} for parent in parents.values())
    return parents


def bornes(cellule: dict) -> tuple[int, int]:
    if cellule["status"] == "published":
        assert type(cellule["value"]) is int
        return cellule["value"], cellule["value"]
    bas, haut = cellule.get("low", 0), cellule.get("high", 10**9)
    assert type(bas) is type(haut) is int
    assert bas < haut
    return bas, haut


def sommes(table: dict, arbres: dict, vues: dict) -> None:
    """Check that children that are all listed can add up to their parent."""
    for rang, dimension in enumerate(table["dimensions"]):
        if dimension["codes"][0].get("parts_add") is False:
            continue
        for parent in arbres[dimension["name"]]:
            enfants = [c for c, p in arbres[dimension["name"]].items() if p == parent]
            for ou in list(vues):
                parts = [(*ou[:rang], e, *ou[rang + 1 :]) for e in enfants]
                if ou[rang] == parent and enfants and all(p in vues for p in parts):
                    assert sum(vues[p][0] for p in parts) <= vues[ou][1], (ou, parts)
                    assert sum(vues[p][1] for p in parts) >= vues[ou][0], (ou, parts)


def test_the_example_of_the_specification_is_in_the_format():
    verifier(EXEMPLE)


def lancer(*arguments: str) -> str:
    sortie = StringIO()
    call_command(*arguments, stdout=sortie)
    return sortie.getvalue()


@pytest.mark.django_db
def test_every_file_is_in_the_format_and_is_what_the_screen_s_command_reads(importer, tmp_path):
    nom = importer(personnes(70) + personnes(60, graine=3, jour="2025-05-01"))
    clore(nom, "2025-03-31")
    clore(nom, "2025-05-31")
    lancer("exporter_tableaux", nom, "--dossier", str(tmp_path / "d"))
    tables = [json.loads(f.read_text("utf-8")) for f in sorted((tmp_path / "d").iterdir())]
    for table in tables:
        verifier(table)
    rangees = {(t["id"], t["as_of"]): t for t in tables}
    assert len(rangees) == len(tables) == 2 * 2 * 3
    jours = {1: "2025-03-31", 2: "2025-05-31"}
    for numero, question, par in product(jours, ("repas", "aide"), ("", "structure", "public")):
        lue = lancer(
            "tableau", nom, "--lignes", question, *(["--colonnes", par] if par else []),
            "--json", "--releve", str(numero),
        )  # fmt: skip
        assert json.loads(lue) == rangees["-".join(filter(None, (question, par))), jours[numero]]


CODES = ["S+1", "S|2", "été à l’eau", "65+", "a & b=c", "x" * 64]


@pytest.mark.django_db
def test_codes_of_all_signs_come_back_as_they_were_written(importer, tmp_path, monkeypatch):
    description = DESCRIPTION | {
        "dimensions": [
            {"name": "lieu d’été", "codes": ["R1", *({"code": c, "parent": "R1"} for c in CODES)]},
            {"name": "public", "codes": ["j+f", "fé m"]},
        ],
        "questions": [
            {"name": "re pas", "type": "choix", "codes": ["oui+non", "non/oui", "à peine"]},
            {"name": "aide 100 %", "type": "choix_multiple", "codes": ["a+b", "b & c"]},
        ],
        "plan": [["lieu d’été"], ["public", "lieu d’été"]],
    }
    monkeypatch.setattr("tests.integration.analyses.test_clotures.DESCRIPTION", description)
    lignes = [
        {
            "lieu d’été": CODES[rang % 6],
            "public": ("j+f", "fé m")[rang % 2],
            "re pas": ("oui+non", "non/oui", "à peine")[rang // 6 % 3],
            "aide 100 %": ("a+b", "b & c|a+b")[rang // 18 % 2],
            "recorded_at": "2025-03-01",
        }
        for rang in range(216)
    ]
    nom = importer(lignes)
    clore(nom, "2025-03-31")
    lancer("exporter_tableaux", nom, "--dossier", str(tmp_path / "d"))
    tables = [json.loads(f.read_text("utf-8")) for f in sorted((tmp_path / "d").iterdir())]
    for table in tables:
        verifier(table)
    (repas,) = [t for t in tables if t["id"] == "re pas-lieu d’été"]
    tailles = {
        c["at"]["lieu d’été"]: c["value"] for c in repas["cells"] if "TOTAL" in c["at"].values()
    }
    assert tailles == {"R1": 216} | dict.fromkeys(CODES, 36)
    exactes = {
        c["at"]["re pas"]: c["value"]
        for c in repas["cells"]
        if c["at"]["lieu d’été"] == "R1" and "value" in c
    }
    assert {v for c, v in exactes.items() if c not in {"TOTAL", "_sr"}} == {72}


@pytest.mark.parametrize(
    "commande",
    [
        ("importer_microdonnees", "{f}", "--description", "{f}"),
        ("cloturer", "essai"),
        ("exporter_tableaux", "essai", "--dossier", "{f}"),
        ("tableau", "essai", "--lignes", "q", "--json"),
        ("planifier", "essai", "structure"),
        ("publier",),
        ("verifier_registre",),
    ],
)
def test_a_database_without_tables_is_told_in_one_sentence(tmp_path, commande):
    (tmp_path / "f").write_text('{"questions": [{"name": "q", "codes": ["a"]}]}', "utf-8")
    (tmp_path / "f.csv").write_text("q\na\n", "utf-8")
    arguments = [
        a.format(f=tmp_path / ("f.csv" if rang == 1 else "f")) for rang, a in enumerate(commande)
    ]
    milieu = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/vide.sqlite3",
        "VOIX_DONNEES": str(tmp_path / "donnees"),
        "DJANGO_SETTINGS_MODULE": "voix.settings.dev",
    }
    fait = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=RACINE, env=milieu, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert fait.returncode == 1
    assert fait.stderr.strip().endswith("Lancez d’abord\u00a0: python manage.py migrate.")
    assert "Traceback" not in fait.stderr
