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


def arbres(*dossiers: str) -> list[tuple[str, ast.AST]]:
    """Return the modules of folders, read."""
    return [
        (str(f.relative_to(RACINE)), ast.parse(f.read_text(encoding="utf-8")))
        for dossier in dossiers
        for f in sorted((RACINE / dossier).rglob("*.py"))
        if "migrations" not in f.parts
    ]


def dit(noeud: ast.AST) -> str:
    """Return the last word of a name: ``tableau.TableauProtege`` and ``TableauProtege`` are one."""
    return getattr(noeud, "id", "") or getattr(noeud, "attr", "")


TABLEAUX = {"protege", "tableau", "croise"}
"""How our code calls a protected table."""


def test_only_confidentialite_builds_protected_tables():
    """No call, no copy that changes, no subclass, and no other name to do it under."""
    fautes, faiseurs = [], set()
    for nom, arbre in arbres("voix", "enquetes", "analyses", "bench"):
        for noeud in ast.walk(arbre):
            construit = isinstance(noeud, ast.Call) and dit(noeud.func) == "TableauProtege"
            herite = isinstance(noeud, ast.ClassDef) and "TableauProtege" in map(dit, noeud.bases)
            renomme = isinstance(noeud, ast.ImportFrom) and any(
                alias.name == "TableauProtege" and alias.asname for alias in noeud.names
            )
            sceau = dit(noeud) == "_SCEAU"
            copie = (
                isinstance(noeud, ast.Call)
                and dit(noeud.func) in {"replace", "__replace__", "__setattr__"}
                and {dit(argument) for argument in noeud.args} & TABLEAUX
            )
            if nom.startswith("analyses/confidentialite/"):
                faiseurs |= {nom} if construit else set()
            elif construit or herite or renomme or sceau or copie:
                fautes.append(f"{nom}:{noeud.lineno}")
    assert fautes == []
    assert faiseurs


def importes(arbre: ast.AST) -> set[str]:
    """Return the full names of what a module imports."""
    noms = set()
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Import):
            noms |= {alias.name for alias in noeud.names}
        elif isinstance(noeud, ast.ImportFrom) and noeud.module and not noeud.level:
            noms |= {noeud.module, *(f"{noeud.module}.{alias.name}" for alias in noeud.names)}
        elif isinstance(noeud, ast.Call) and dit(noeud.func) in {"get_model", "import_module"}:
            noms |= {str(a.value) for a in noeud.args if isinstance(a, ast.Constant)}
    return noms


SANS_REPONSE = {
    "analyses/droits.py": {"enquetes.models.Collecte"},
}
"""Who else imports a model of enquetes, and which: a collecte says who may read, and no answer."""


def test_only_extraction_reads_the_models_of_enquetes():
    trouves = {}
    for nom, arbre in arbres("analyses"):
        modeles = {
            importe
            for importe in importes(arbre)
            if importe == "enquetes" or importe.startswith("enquetes.models")
        } - {"enquetes.models"}
        if modeles and not nom.startswith("analyses/extraction/"):
            trouves[nom] = modeles
    assert trouves == SANS_REPONSE


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
