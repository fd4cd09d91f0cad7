"""Answers that the team types for a family: how they were given, kept for one card on this device.

Signed, and only set for whoever follows the cohort: a family's own telephone never has it.
"""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from enquetes.models import Mode

NOM: Final = "saisie"
SEL: Final = "voix.saisie"
DUREE: Final = 4 * 3600
FACONS: Final = {
    Mode.TABLETTE: "La famille répond elle-même sur cet appareil",
    Mode.APPEL: "Je lis les questions, au téléphone ou à côté d’elle",
    Mode.PAPIER: "Je recopie une feuille de papier",
}


def facon(choix: str) -> Mode | None:
    """Return a way that the team may choose, or nothing."""
    return next((mode for mode in FACONS if mode == choix), None)


def noter(page: HttpResponse, request: HttpRequest, identifiant: UUID, mode: Mode) -> None:
    """Remember the way for this card's answers, and for no other's."""
    page.set_signed_cookie(
        NOM,
        f"{identifiant.hex}:{mode}",
        salt=SEL,
        max_age=DUREE,
        path="/r/",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def mode_note(request: HttpRequest, identifiant: UUID) -> Mode | None:
    """Return the way that was chosen for these answers on this device, if any."""
    garde = request.get_signed_cookie(NOM, default="", salt=SEL, max_age=DUREE) or ""
    de_qui, _, mode = garde.partition(":")
    return facon(mode) if de_qui == identifiant.hex else None
