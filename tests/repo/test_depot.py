"""What the repository promises about itself: sizes, French, the lock file, templates in use."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
MODULES = [
    f
    for dossier in ("voix", "enquetes", "analyses", "tests", "bench", "outils")
    for f in sorted((RACINE / dossier).rglob("*.py"))
    if "migrations" not in f.parts
]
GABARITS = sorted((RACINE / "templates").rglob("*.html"))


def lignes(fichier: Path) -> int:
    return fichier.read_text(encoding="utf-8").count("\n")


def trop_longs(nature: type[ast.AST], limite: int, fichiers: list[Path]) -> list[str]:
    """Return the definitions of that kind which have more lines than ``limite``."""
    return [
        f"{fichier.relative_to(RACINE)}:{noeud.lineno} {noeud.name}"
        for fichier in fichiers
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8")))
        if isinstance(noeud, nature) and noeud.end_lineno - noeud.lineno >= limite
    ]


def test_files_functions_classes_and_templates_stay_small():
    assert [str(f) for f in MODULES if lignes(f) > 400] == []
    assert [str(f) for f in GABARITS if lignes(f) > 150] == []
    produit = [f for f in MODULES if "tests" not in f.parts]
    assert trop_longs(ast.FunctionDef, 40, produit) == []
    assert trop_longs(ast.ClassDef, 250, produit) == []
    assert trop_longs(ast.FunctionDef, 60, MODULES) == []


def test_the_lock_files_hold_hashes_and_no_address():
    for fichier in sorted(RACINE.glob("requirements*.txt")):
        texte = fichier.read_text(encoding="utf-8")
        assert not re.search(r"://|--index|--find-links", texte), fichier.name
        assert "--hash=sha256:" in texte
    assert "://" not in (RACINE / "package-lock.json").read_text(encoding="utf-8")


def test_each_dependency_has_its_reason():
    projet = (RACINE / "pyproject.toml").read_text(encoding="utf-8")
    for dependance in tomllib.loads(projet)["project"]["dependencies"]:
        (ligne,) = [x for x in projet.splitlines() if f'"{dependance}"' in x]
        assert "#" in ligne, dependance


def test_every_template_is_used():
    """A template is named by code, by another template, or by the libraries that look it up."""
    textes = "\n".join(f.read_text(encoding="utf-8") for f in [*MODULES, *GABARITS])
    cherches = ("voix/", "allauth/", "account/", "mfa/", "40", "50", "41")
    inutiles = []
    for gabarit in GABARITS:
        nom = str(gabarit.relative_to(RACINE / "templates"))
        court = gabarit.stem
        if nom.startswith(cherches) or f'"{nom}"' in textes:
            continue
        if not re.search(rf'["\'/]{re.escape(court)}(?:\.html)?["\']', textes):
            inutiles.append(nom)
    assert inutiles == []


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda f: f.name)
def test_templates_speak_real_french(gabarit):
    texte = gabarit.read_text(encoding="utf-8")
    visible = re.sub(
        r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>|<style.*?</style>", " ", texte, flags=re.DOTALL
    )
    traduits = " ".join(re.findall(r'{% translate "([^"]*)"', texte))
    mots = f"{visible} {traduits}"
    assert not re.search(r"\b(?:[dlnmtsjc]|qu)'\w", mots, re.IGNORECASE), "apostrophe droite"
    assert not re.search(r"\b(?:tu|ton|tes|toi)\b", mots, re.IGNORECASE), "tutoiement"


def test_the_way_back_looks_the_same_everywhere():
    fils = [
        m for f in GABARITS for m in re.findall(r'<p class="fil">.*?</p>', f.read_text("utf-8"))
    ]
    liens = [a for fil in fils for a in re.findall(r"<a [^>]*>.", fil)]
    assert liens
    assert [a for a in liens if 'class="retour"' not in a or a.endswith("←")] == []


def test_no_registry_host_and_no_machine_path_is_committed():
    suivis = subprocess.run(
        ["git", "-C", str(RACINE), "ls-files"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    interdits = re.compile(
        r"pypi\.(?:org|python)|registry\.npmjs|deb\.debian|/work/(?:main|wt|venv)"
    )
    moi = str(Path(__file__).relative_to(RACINE))
    fautes = []
    for nom in suivis:
        fichier = RACINE / nom
        if nom == moi or fichier.suffix in {".png", ".jpg", ".mo"} or not fichier.is_file():
            continue
        if interdits.search(fichier.read_text(encoding="utf-8", errors="ignore")):
            fautes.append(nom)
    assert fautes == []


def test_decisions_are_numbered_once():
    numeros = [f.name[:4] for f in (RACINE / "docs/adr").glob("*.md")]
    assert len(set(numeros)) == len(numeros)
    assert all(numero.isdecimal() for numero in numeros)


def test_every_setting_of_the_environment_is_documented():
    code = "\n".join(
        f.read_text(encoding="utf-8") for f in (RACINE / "voix/settings").glob("*.py")
    )
    noms = set(re.findall(r'environnement\.(?:texte|obligatoire|liste)\("(\w+)"', code))
    lisez_moi = (RACINE / "README.md").read_text(encoding="utf-8")
    assert {nom for nom in noms if f"`{nom}`" not in lisez_moi} == set()
