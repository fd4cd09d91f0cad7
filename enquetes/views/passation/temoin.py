"""The cookies that find one's answers again by the same link, and what was typed before the first."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from .attente import DUREE as ATTENTE

NOM: Final = "reprise"
DUREE: Final = 30 * 24 * 3600
DEBUT: Final = "debut"
"""Of somebody who left the first questions with something typed, and has no draft."""
EFFACE: Final = "efface"
"""Of somebody who has just erased a draft: what another tab sends never brings it back."""
DUREES: Final = {NOM: DUREE, DEBUT: ATTENTE, EFFACE: ATTENTE}


def lire(request: HttpRequest, nom: str = NOM) -> UUID | None:
    """Return the identifier that the phone kept; a broken cookie is no cookie."""
    try:
        return UUID(hex=request.COOKIES.get(nom, ""), version=4)
    except ValueError:
        return None


def poser(
    page: HttpResponse, request: HttpRequest, chemin: str, identifiant: UUID, nom: str = NOM
) -> None:
    """Keep the identifier on the phone, unless it has it already."""
    if request.COOKIES.get(nom) == identifiant.hex:
        return
    page.set_cookie(
        nom,
        identifiant.hex,
        max_age=DUREES[nom],
        path=chemin,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def oter(page: HttpResponse, chemin: str) -> None:
    for nom in (NOM, DEBUT):
        page.delete_cookie(nom, path=chemin, samesite="Lax")
