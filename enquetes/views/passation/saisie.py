"""What is typed: by the team for a family, kept for one card on this device; or by whoever is refused.

Signed, and only set for whoever follows the cohort: a family's own telephone never has it.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from enquetes.champs import NATURES
from enquetes.champs.base import COMPTE_AU_PLUS
from enquetes.models import Mode
from enquetes.parcours.definition import SUFFIXE_PRECISION, Definition

from .porte import Porte

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


def de_papier(request: HttpRequest, identifiant: UUID) -> bool:
    """Return whether the team copies a sheet of paper into these answers."""
    return mode_note(request, identifiant) == Mode.PAPIER


MOTS_AU_PLUS: Final = COMPTE_AU_PLUS
"""Signs of what a refusal shows again: five texts of the longest that an author may ask for."""


def mots_tapes(request: HttpRequest, definition: Definition, etape: str) -> str:
    """Return the words of a form that is refused, so that they can be copied; nothing is stored."""
    questions = [q for page in definition.pages if page.code == etape for q in page.questions]
    noms = [q.code for q in questions if NATURES[q.type].libre]
    noms += [q.code + SUFFIXE_PRECISION for q in questions]
    tapes = (request.POST.get(nom, "").strip() for nom in noms)
    return "\n\n".join(filter(None, tapes))[:MOTS_AU_PLUS]


def dits(
    request: HttpRequest, porte: Porte | None, adresse: Mapping[str, Any], *, partage: bool
) -> dict[str, Any]:
    """Return what a refusal says at a question: words to copy, unless others hold the device after.

    ``adresse``: what the address says, ``identifiant`` and ``step``. On a device that others hold after,
    the page leads to its start and nowhere else.
    """
    if porte is None:  # an unknown link
        return {}
    montre = request.method == "POST" and not (
        partage or mode_note(request, adresse["identifiant"])
    )
    mots = mots_tapes(request, porte.definition, adresse["step"]) if montre else ""
    retour = porte.acces.jeton if partage else ""
    return {"pas_commence": porte.passation is None, "mots": mots, "partage": retour}
