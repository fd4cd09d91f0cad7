"""A number that a form takes has a largest value: beyond it the database fails, and the page with it."""

import ast
from collections.abc import Iterator
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
NOMBRES = {f"forms.{nom}" for nom in ("IntegerField", "FloatField", "DecimalField")}


def _sans_maximum(chemin: Path) -> Iterator[str]:
    for noeud in ast.walk(ast.parse(chemin.read_text(encoding="utf-8"))):
        est_un_nombre = isinstance(noeud, ast.Call) and ast.unparse(noeud.func) in NOMBRES
        if est_un_nombre and "max_value" not in {mot.arg for mot in noeud.keywords}:
            yield f"{chemin.relative_to(RACINE)}:{noeud.lineno}"


def test_every_number_of_a_form_has_a_largest_value():
    chemins = (c for d in ("voix", "enquetes", "analyses") for c in (RACINE / d).rglob("*.py"))
    assert [ou for chemin in sorted(chemins) for ou in _sans_maximum(chemin)] == []
