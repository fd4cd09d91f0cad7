"""What every model must say of itself."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from voix.commun.modeles import Nature

RACINE = Path(__file__).resolve().parents[2]
NOTRES = [
    m for m in apps.get_models() if m.__module__.split(".")[0] in {"voix", "enquetes", "analyses"}
]


def test_there_are_models_to_look_at():
    assert {"Passation", "Compte", "Empreinte"} <= {modele.__name__ for modele in NOTRES}


@pytest.mark.parametrize("modele", NOTRES, ids=lambda m: m.__name__)
def test_every_field_is_classified_and_nothing_else_is(modele):
    champs = {champ.name for champ in modele._meta.concrete_fields}
    assert champs == set(modele.classification)
    assert all(isinstance(nature, Nature) for nature in modele.classification.values())


@pytest.mark.parametrize("modele", NOTRES, ids=lambda m: m.__name__)
def test_who_did_it_goes_with_when(modele):
    """``…_par`` names a person only beside the moment ``…_le`` of the same act."""
    champs = {champ.name for champ in modele._meta.concrete_fields}
    seuls = {nom for nom in champs if nom.endswith("_par")} - {
        nom.removesuffix("_le") + "_par" for nom in champs if nom.endswith("_le")
    }
    assert seuls == set()


@pytest.mark.parametrize("modele", NOTRES, ids=lambda m: m.__name__)
def test_names_are_lower_case(modele):
    noms = [modele._meta.verbose_name, modele._meta.verbose_name_plural]
    noms += [champ.verbose_name for champ in modele._meta.concrete_fields if champ.name != "id"]
    assert [nom for nom in noms if str(nom)[0] != str(nom)[0].lower()] == []


@pytest.mark.parametrize("modele", NOTRES, ids=lambda m: m.__name__)
def test_every_model_is_in_the_glossary(modele):
    assert f"`{modele.__name__}`" in (RACINE / "docs/glossaire.md").read_text(encoding="utf-8")


def test_no_moment_is_kept_beside_answers():
    """A day, never a time, and no address nor agent: a time tells who answered."""
    passation = apps.get_model("enquetes", "Passation")
    assert [
        c.name for c in passation._meta.concrete_fields if isinstance(c, models.DateTimeField)
    ] == []
    assert [
        c.name
        for c in passation._meta.concrete_fields
        if isinstance(c, models.GenericIPAddressField)
    ] == []


def appels(dossier: str, nom: str) -> list[str]:
    """Return the files of a folder that call or import ``nom``."""
    trouves = []
    for fichier in sorted((RACINE / dossier).rglob("*.py")):
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            appele = isinstance(noeud, ast.Call) and getattr(noeud.func, "id", "") == nom
            importe = isinstance(noeud, ast.ImportFrom) and nom in {a.name for a in noeud.names}
            if appele or importe:
                trouves.append(str(fichier.relative_to(RACINE)))
    return sorted(set(trouves))


def test_only_confidentialite_builds_protected_tables():
    faiseurs = [
        str(f.relative_to(RACINE))
        for f in sorted((RACINE / "analyses").rglob("*.py"))
        if "TableauProtege(\n" in f.read_text(encoding="utf-8")
        or "_SCEAU" in f.read_text(encoding="utf-8")
    ]
    assert all(f.startswith("analyses/confidentialite/") for f in faiseurs)
    assert faiseurs


def test_only_extraction_knows_passations():
    assert all(f.startswith("analyses/extraction/") for f in appels("analyses", "Passation"))


@pytest.mark.parametrize(
    "dossier", ["enquetes/views", "analyses/views", "voix/comptes/views", "voix/pages"]
)
def test_views_ask_models_and_never_their_managers(dossier):
    fautes = [
        str(f.relative_to(RACINE))
        for f in (RACINE / dossier).rglob("*.py")
        if ".objects." in f.read_text(encoding="utf-8")
    ]
    assert fautes == []
