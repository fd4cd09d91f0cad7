"""A section of a report on paper, as ``changement.typ`` reads it."""

from typing import Any


def section(titre: str, **contenu: Any) -> dict[str, Any]:
    """Return a section with what it holds, and nothing in the other places."""
    vide: dict[str, Any] = {
        "niveau": 2,
        "aide": "",
        "fort": "",
        "phrases": [],
        "liste": [],
        "suite": [],
        "figure": None,
        "tableaux": [],
    }
    return vide | {"titre": titre} | contenu
