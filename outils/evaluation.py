"""The pictures of the evaluator's guide, taken from a running demonstration.

    .venv/bin/python -m outils.evaluation [http://127.0.0.1:8000] [docs/images/evaluation]

Without JavaScript, as an evaluator may browse; small WebP files, so that the guide stays light.
"""

from playwright.sync_api import sync_playwright

from outils.navigateur import chemin_de_chromium
from outils.photos import arguments, entrer, photographier

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


def main() -> None:
    base, dossier = arguments("docs/images/evaluation")
    with sync_playwright() as moteur:
        navigateur = moteur.chromium.launch(executable_path=chemin_de_chromium())
        contexte = navigateur.new_context(
            viewport={"width": LARGEUR, "height": 900}, locale="fr-FR", java_script_enabled=False
        )
        page = contexte.new_page()
        entrer(page, base, "evaluation")
        for nom, adresse, quoi, hauteur in PHOTOS:
            page.goto(base + adresse)
            photographier(page, quoi, hauteur).save(dossier / f"{nom}.webp", quality=45, method=6)
        navigateur.close()


if __name__ == "__main__":
    main()
