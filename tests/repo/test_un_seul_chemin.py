"""One path to a number about persons: the rule of ADR 0040 is for organisations and registers."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
PERMIS = {
    "analyses.tableaux": {
        "analyses/management/commands/tableau.py",
        "analyses/mesures/reponses.py",
        "analyses/lectures.py",
    },
    "analyses.confidentialite.protection.proteger": {
        "analyses/mesures/protection.py",  # figures of territoires, typed in registers
        "analyses/tableaux.py",
    },
    "analyses.confidentialite.suppression": {"analyses/confidentialite/protection.py"},
    "analyses.confidentialite.regroupement": {"analyses/confidentialite/protection.py"},
    "analyses.confidentialite.audit": set(),  # the independent attacker of its tests
}


def importes(fichier: Path) -> Iterator[str]:
    """Iterate over the full names that a module imports, inside functions too."""
    paquet = ".".join(fichier.relative_to(RACINE).parent.parts)
    for noeud in ast.walk(ast.parse(fichier.read_text("utf-8"))):
        if isinstance(noeud, ast.Import):
            yield from (alias.name for alias in noeud.names)
        elif isinstance(noeud, ast.ImportFrom):
            base = noeud.module or ""
            if noeud.level:
                dessus = paquet.split(".")[: len(paquet.split(".")) - noeud.level + 1]
                base = ".".join([*dessus, *filter(None, [noeud.module])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in noeud.names)


def importateurs(nom: str) -> set[str]:
    return {
        str(fichier.relative_to(RACINE))
        for racine in ("analyses", "enquetes", "voix")
        for fichier in (RACINE / racine).rglob("*.py")
        if any(lu == nom or lu.startswith(f"{nom}.") for lu in importes(fichier))
    }


@pytest.mark.parametrize("nom", PERMIS)
def test_the_rule_of_organisations_has_no_other_door(nom):
    assert importateurs(nom) == PERMIS[nom]
