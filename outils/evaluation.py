"""The pictures of the evaluator's guide, taken from a running demonstration.

    .venv/bin/python -m outils.evaluation [http://127.0.0.1:8000] [docs/images/evaluation]

Without JavaScript, as an evaluator may browse; small WebP files, so that the guide stays light.
"""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from outils.navigateur import chemin_de_chromium

COMPTE = ("evaluation@voix.example", "voix-demo-evaluation")
LARGEUR = 760
PHOTOS = (
    ("plan", "/espace/resultats/benevoles/plan-d-analyse/", "main", 620),
    ("tableau", "/espace/resultats/besoins/manque/?par=structure", ".defile", 520),
    ("pourquoi", "/espace/resultats/besoins/", "main", 700),
    ("indicateurs", "/espace/indicateurs/programmes/tableau1/", "main", 900),
    ("moments", "/espace/indicateurs/programmes/tableau1/", "#moments", 420),
    ("fichiers", "/espace/fichiers/besoins/", "main", 620),
    ("bilan", "/espace/indicateurs/programmes/tableau1/bilan/", "main", 620),
)
"""Name, page, what is seen first, and how much of it below (CSS pixels)."""


def entrer(page: Page, base: str) -> None:
    page.goto(f"{base}/espace/")
    page.fill("input[name=login]", COMPTE[0])
    page.fill("input[name=password]", COMPTE[1])
    page.click("button[type=submit]")


def photographier(page: Page, quoi: str, hauteur: int) -> Image.Image:
    """Return the part of the page that begins where ``quoi`` does."""
    cadre = page.locator(quoi).first.bounding_box()
    if cadre is None:
        raise RuntimeError(f"{page.url} n’a pas « {quoi} »")
    octets = page.screenshot(
        clip={"x": 0, "y": cadre["y"], "width": LARGEUR, "height": hauteur}, full_page=True
    )
    return Image.open(BytesIO(octets))


def main() -> None:
    base = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    dossier = Path(sys.argv[2] if len(sys.argv) > 2 else "docs/images/evaluation")  # noqa: PLR2004  (second word)
    dossier.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as moteur:
        navigateur = moteur.chromium.launch(executable_path=chemin_de_chromium())
        contexte = navigateur.new_context(
            viewport={"width": LARGEUR, "height": 900}, locale="fr-FR", java_script_enabled=False
        )
        page = contexte.new_page()
        entrer(page, base)
        for nom, adresse, quoi, hauteur in PHOTOS:
            page.goto(base + adresse)
            photographier(page, quoi, hauteur).save(dossier / f"{nom}.webp", quality=45, method=6)
        navigateur.close()


if __name__ == "__main__":
    main()
