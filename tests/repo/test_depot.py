"""What the repository promises about itself: sizes, French, the lock file, templates in use."""

import ast
import importlib
import re
import subprocess
import tomllib
from pathlib import Path

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


def sources_de(bibliotheque: str) -> str:
    """Return the code and the templates of a library, where it names those it looks for."""
    dossier = Path(importlib.import_module(bibliotheque).__file__).parent
    return "\n".join(
        f.read_text(encoding="utf-8")
        for f in dossier.rglob("*")
        if f.suffix in {".py", ".html"} and "tests" not in f.parts
    )


def chaines() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return the strings of the product's code, and the patterns of those that it makes."""
    produit = [f for f in MODULES if f.relative_to(RACINE).parts[0] not in {"tests", "bench"}]
    fixes: set[str] = set()
    faites = []
    for fichier in produit:
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str):
                fixes.add(noeud.value)
            elif isinstance(noeud, ast.JoinedStr):
                morceaux = [
                    re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"[\w/]+"
                    for p in noeud.values
                ]
                if morceaux[-1].endswith("html"):
                    faites.append(re.compile("".join(morceaux)))
    return fixes, faites


def test_every_template_is_used():
    """Named by our code or our templates, whole or made of a name that our code holds.

    Or looked for by Django, crispy or allauth: that is seen in their own code, not supposed.
    """
    fixes, faites = chaines()
    dans_gabarits = "\n".join(f.read_text(encoding="utf-8") for f in GABARITS)
    cites = fixes | set(re.findall(r'"([\w/.-]+\.html)"', dans_gabarits))
    allauth = Path(importlib.import_module("allauth").__file__).parent / "templates"
    django, crispy = sources_de("django.views"), sources_de("crispy_forms")
    inutiles = []
    for gabarit in GABARITS:
        nom = str(gabarit.relative_to(RACINE / "templates"))
        fait = gabarit.stem in fixes and any(motif.fullmatch(nom) for motif in faites)
        du_pack = nom.startswith("voix/") and nom.removeprefix("voix/") in crispy
        if nom in cites or fait or du_pack or (allauth / nom).exists() or f'"{nom}"' in django:
            continue
        inutiles.append(nom)
    assert inutiles == []


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


def test_every_command_is_documented():
    textes = "\n".join(
        f.read_text(encoding="utf-8")
        for f in [RACINE / "README.md", *(RACINE / "docs").glob("*.md")]
    )
    noms = [
        f.stem
        for dossier in ("voix", "enquetes", "analyses")
        for f in (RACINE / dossier).rglob("management/commands/[a-z]*.py")
    ]
    assert len(noms) > 8
    assert [nom for nom in noms if not re.search(rf"`(?:[^`]* )?{nom}\b[^`]*`", textes)] == []


def test_what_is_checked_by_a_formatter_is_fixed_by_it():
    regles = (RACINE / "Makefile").read_text(encoding="utf-8")
    (fix,) = re.findall(r"^fix:.*\n((?:\t.*\n)+)", regles, re.MULTILINE)
    for outil in ("ruff check", "ruff format", "djade"):
        assert outil in fix, outil


def test_every_package_has_its_place_in_the_house():
    """« exhaustive » holds inside a container: the house itself has none, so it is read here."""
    regles = tomllib.loads((RACINE / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    autour = {"tests", "bench", "outils"}  # what looks at the house from outside
    paquets = {f.parent.name for f in RACINE.glob("*/__init__.py")} - autour
    assert set(regles["root_packages"]) == paquets
    maison, *dedans = (c for c in regles["contracts"] if c["type"] == "layers")
    assert {couche.split(".")[0] for couche in maison["layers"]} == paquets
    assert {c["containers"][0] for c in dedans if c["exhaustive"]} == paquets
