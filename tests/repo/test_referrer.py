"""A page that sends forms never asks browsers to hide its origin: CSRF would refuse every POST."""

from pathlib import Path

RACINE = Path(__file__).parents[2]


def test_no_page_sets_the_no_referrer_policy():
    fautifs = [
        str(fichier.relative_to(RACINE))
        for dossier in ("voix", "enquetes", "analyses", "templates")
        for fichier in (RACINE / dossier).rglob("*")
        if fichier.suffix in {".py", ".html"} and '"no-referrer"' in fichier.read_text("utf-8")
    ]
    assert fautifs == []
