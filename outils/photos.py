"""What the tools that take the pictures of a guide share: where from, where to, who signs in, what is kept."""

import argparse
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import FloatRect, Page


def arguments(dossier: str) -> tuple[str, Path]:
    """Return the address of the demonstration and the folder of the pictures, from the command line."""
    lecteur = argparse.ArgumentParser()
    lecteur.add_argument("base", nargs="?", default="http://127.0.0.1:8000")
    lecteur.add_argument("dossier", nargs="?", type=Path, default=Path(dossier))
    dits = lecteur.parse_args()
    dits.dossier.mkdir(parents=True, exist_ok=True)
    return dits.base.rstrip("/"), dits.dossier


def entrer(page: Page, base: str, role: str) -> None:
    """Sign in as one of the accounts of the demonstration."""
    page.goto(f"{base}/espace/")
    page.fill("[name=login]", f"{role}@voix.example")
    page.fill("[name=password]", f"voix-demo-{role}")
    page.locator("form [type=submit]").first.click()


def photographier(page: Page, quoi: str, hauteur: int, marge: int = 0) -> Image.Image:
    """Return the part of the page that begins where ``quoi`` does, ``marge`` pixels above, as wide as its screen."""
    cadre, ecran = page.locator(quoi).first.bounding_box(), page.viewport_size
    if cadre is None or ecran is None:
        raise RuntimeError(f"{page.url} n’a pas « {quoi} »")
    zone: FloatRect = {
        "x": 0,
        "y": max(0, cadre["y"] - marge),
        "width": ecran["width"],
        "height": hauteur,
    }
    return Image.open(BytesIO(page.screenshot(clip=zone, full_page=True)))
