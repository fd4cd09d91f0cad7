"""The table of faults names tests that exist: a fault is not shown by a name alone."""

import ast
import re
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]


def test_every_fault_has_a_test_that_exists():
    table = (RACINE / "docs/pannes.md").read_text(encoding="utf-8")
    lignes = [ligne for ligne in table.splitlines() if ligne.startswith("| ")][2:]
    assert len(lignes) >= 25
    connus = {
        noeud.name
        for fichier in (RACINE / "tests").rglob("test_*.py")
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8")))
        if isinstance(noeud, ast.FunctionDef)
    }
    for ligne in lignes:
        nommes = re.findall(r"`(test_\w+)`", ligne)
        assert nommes, ligne
        assert set(nommes) <= connus, set(nommes) - connus
