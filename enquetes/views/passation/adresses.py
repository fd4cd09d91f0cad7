"""The addresses of one person's pages: they share their beginning, so it is taken, not made again."""

from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from . import langues

VERIFIER: Final = "verifier"
MERCI: Final = "merci"

DEPUIS: Final = "depuis"
"""Parameter of a page opened from the summary: « Continuer » then comes back to it. Its value is
``verifier``, or the codes of the pages still to ask before, joined by dots."""

VENUE_DE: Final = "de"
"""Parameter of a page that leads back where it was opened from: of the one that erases, a step;
of the pages of help, the address of a question."""

RELIRE: Final = "relire"
"""Parameter of the summary that is shown again: its answers are not those that were sent."""


def _suite(parametres: dict[str, str]) -> str:
    dits = {nom: valeur for nom, valeur in parametres.items() if valeur}
    return f"?{urlencode(dits)}" if dits else ""


class Adresses:
    """Addresses beside the one of a step: ``/r/<jeton>/<uuid>/<step>/``."""

    __slots__ = ("base",)

    def __init__(self, chemin: str, etape: str) -> None:
        self.base = chemin.removesuffix("/").removesuffix(etape)

    def etape(self, code: str, *, langue: str = "", depuis: str = "") -> str:
        """Return the address of a step, with the language and the origin that it must keep."""
        dit = {langues.PARAMETRE: langue, DEPUIS: "" if code == VERIFIER else depuis}
        return f"{self.base}{code}/{_suite(dit)}"

    @property
    def relire(self) -> str:
        """Return the address of the summary that says that answers have changed."""
        return f"{self.base}{VERIFIER}/?{RELIRE}=1"

    @property
    def bienvenue(self) -> str:
        return self.base.rsplit("/", 2)[0] + "/"

    def effacer(self, de: str, *, langue: str = "", depuis: str = "") -> str:
        """Return the page that erases, which knows where it was opened from."""
        dit = {langues.PARAMETRE: langue, VENUE_DE: de, DEPUIS: depuis}
        return f"{self.base}effacer/{_suite(dit)}"

    def merci(self, identifiant: UUID) -> str:
        """Return the page of thanks; with a card, what was sent has another identifier."""
        return f"{self.bienvenue}{identifiant}/{MERCI}/"
