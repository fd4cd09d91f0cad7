"""The two browsers of the atelier that ``outils.atelier`` plays: the ambassadrice's phone, and the tablet."""

import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserType, Page, ViewportSize, expect

from outils.navigateur import chemin_de_chromium

TELEPHONE: Final[ViewportSize] = {"width": 360, "height": 640}
OPTIONS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=fr"]


class Atelier:
    """The two browsers of an atelier: the ambassadrice's phone, and the tablet."""

    def __init__(self, chromium: BrowserType, base: str, images: Path) -> None:
        self.chromium, self.base, self.images = chromium, base, images
        self.chemin = chemin_de_chromium(entier=True)
        # Fields of dates and hours are drawn in the language of the system.
        self.langue: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "fr"}
        self.navigateur = chromium.launch(
            executable_path=self.chemin, args=OPTIONS, env=self.langue
        )
        self.telephone = self.un_telephone()
        self.profil = Path(tempfile.mkdtemp(prefix="voix-tablette-"))
        self.tablette = self.ouvrir_la_tablette()
        self.rang = 0
        self.seance = ""

    def un_telephone(self) -> Page:
        page = self.navigateur.new_context(viewport=TELEPHONE, locale="fr-FR").new_page()
        page.set_default_timeout(15_000)
        return page

    def ouvrir_la_tablette(self) -> Page:
        contexte = self.chromium.launch_persistent_context(
            str(self.profil),
            executable_path=self.chemin,
            args=OPTIONS,
            env=self.langue,
            viewport=TELEPHONE,
            locale="fr-FR",
        )
        contexte.pages[0].set_default_timeout(15_000)
        return contexte.pages[0]

    def photo(self, page: Page, nom: str, *, entiere: bool = False) -> None:
        """Take a picture, numbered in the order of the story."""
        self.rang += 1
        page.screenshot(
            path=self.images / f"atelier-{self.rang:02d}-{nom}.png",
            full_page=entiere,
            animations="disabled",
        )
        print(f"  {self.rang:02d} {nom}")

    def tuer_la_tablette(self) -> None:
        """Kill the browser of the tablet, and no other, as an empty battery would."""
        for proc in Path("/proc").glob("[0-9]*"):
            try:
                ligne = (proc / "cmdline").read_bytes()
            except OSError:
                continue
            if f"--user-data-dir={self.profil}".encode() in ligne:
                try:
                    os.kill(int(proc.name), signal.SIGKILL)
                except ProcessLookupError:
                    continue

    def fermer(self) -> None:
        self.tuer_la_tablette()
        self.navigateur.close()
        shutil.rmtree(self.profil, ignore_errors=True)


def attendre(page: Page, attribut: str, valeur: str) -> None:
    expect(page.locator("html")).to_have_attribute(f"data-{attribut}", valeur, timeout=15_000)
