"""The pictures of the dietician's guide, taken from a running demonstration.

    .venv/bin/python -m outils.suivi [http://127.0.0.1:8000] [docs/images/suivi]

Without JavaScript. Two cards are added to the followed group of the demonstration, nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from outils.navigateur import chemin_de_chromium
from outils.photos import arguments, entrer, photographier

TELEPHONE: Final = 360
ECRAN: Final = 900
SUIVI: Final = "/espace/suivi/1/"
VAGUES: Final = (30, 130, 230, 330)
"""Days from today to the four waves of a follow-up that is begun on screen and never created."""


@contextmanager
def equipe(navigateur: Browser, base: str, largeur: int) -> Iterator[Page]:
    """Give a page where the dietician is signed in."""
    contexte = navigateur.new_context(
        viewport={"width": largeur, "height": 640}, locale="fr-FR", java_script_enabled=False
    )
    page = contexte.new_page()
    entrer(page, base, "dietetique")
    yield page
    contexte.close()


def garder(page: Page, quoi: str, hauteur: int, fichier: Path) -> None:
    photographier(page, quoi, hauteur, marge=4).save(fichier, quality=40, method=6)


def criteres(page: Page, base: str) -> None:
    """Open the second screen of a follow-up, as its first one does: the address holds what was decided."""
    page.goto(f"{base}/espace/suivi/nouveau/")
    listes = {"entree": "suivi-entree", "ensuite": "suivi-familles"}
    numeros = {
        quand: page.locator("[name=version_1] option", has_text=code).first.get_attribute("value")
        for quand, code in listes.items()
    }
    lieu = page.locator("[name=structure] option").nth(1).get_attribute("value")
    depart = datetime.now(UTC).date()
    choix = {"titre": "Paniers et ateliers 2027", "demandeur": "L’épicerie", "structure": lieu}
    choix |= {"effectif": "70", "fenetre": "21", "coupe_le": str(depart + timedelta(days=400))}
    for rang, jours in enumerate(VAGUES, start=1):
        choix[f"version_{rang}"] = numeros["entree" if rang == 1 else "ensuite"]
        choix[f"cible_{rang}"] = str(depart + timedelta(days=jours))
    page.goto(f"{base}/espace/suivi/nouveau/?{urlencode(choix)}")


def tablette(page: Page, base: str) -> None:
    """Prepare a device that families share, and mistype a code."""
    page.goto(f"{base}{SUIVI}tablette/")
    page.click("text=Préparer cet appareil-ci")
    page.click("text=Préparer sans JavaScript")
    page.fill("[name=code]", "2580")
    page.click("form [type=submit]")
    page.fill("[name=code]", "Dupont")
    page.click("form [type=submit]")


def main() -> None:
    base, dossier = arguments("docs/images/suivi")
    with sync_playwright() as moteur:
        navigateur = moteur.chromium.launch(executable_path=chemin_de_chromium())
        with equipe(navigateur, base, ECRAN) as page:
            criteres(page, base)
            garder(page, "h1", 860, dossier / "criteres.webp")
            page.goto(base + SUIVI)
            garder(page, "h1", 900, dossier / "tableau.webp")
            page.goto(f"{base}/espace/changements/1/3/")
            garder(page, "h1", 1860, dossier / "rapport.webp")
            page.goto(base + SUIVI)
            page.fill("[name=nombre]", "2")
            page.click("text='Faire les cartes'")
            garder(page, ".cartes", 360, dossier / "cartes.webp")
        with equipe(navigateur, base, TELEPHONE) as page:
            page.goto(f"{base}/carte/")
            garder(page, "h1", 690, dossier / "saisie.webp")
        with equipe(navigateur, base, TELEPHONE) as page:
            tablette(page, base)
            garder(page, ".q.faux", 470, dossier / "tablette.webp")
        navigateur.close()


if __name__ == "__main__":
    main()
