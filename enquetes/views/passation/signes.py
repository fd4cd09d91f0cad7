"""What flags an answer without refusing it: a field that people do not see, a time too short.

The start is kept by the telephone itself, signed; nothing of it is stored.
"""

from typing import Final

from django.core import signing
from django.http import HttpRequest, HttpResponse

from enquetes.models import Signe
from enquetes.views.reseau import compter

PIEGE: Final = ".courriel"
"""Name of the hidden field; no question can be called so."""
DEPART: Final = "depart"
SEL: Final = "voix.depart"
PAR_QUESTION: Final = 3
"""Seconds; screen readers, quick people and helpers are flagged too, hence never refused."""


def noter_le_depart(page: HttpResponse, request: HttpRequest, chemin: str, duree: int) -> None:
    if DEPART not in request.COOKIES:
        valeur = signing.TimestampSigner(salt=SEL).sign("d")
        page.set_cookie(
            DEPART,
            valeur,
            max_age=duree,
            path=chemin,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )


PAR_HEURE: Final = 120
"""Answers of one link in an hour: a hall gives fewer. Counted in memory, nothing is slowed."""


def signes_de(request: HttpRequest, lien: str, questions: int) -> list[str]:
    """Return the signs of what is being sent. The first stored page starts the clock."""
    signes = []
    if compter(f"envois:{lien}", 3600) > PAR_HEURE:
        signes.append(Signe.RAFALE.value)
    if request.POST.get(PIEGE):
        signes.append(Signe.PIEGE.value)
    if questions > 1 and _est_trop_vite(request.COOKIES.get(DEPART, ""), questions - 1):
        signes.append(Signe.VITE.value)
    return signes


def _est_trop_vite(valeur: str, questions: int) -> bool:
    signe = signing.TimestampSigner(salt=SEL)
    try:
        signe.unsign(valeur)
        signe.unsign(valeur, max_age=PAR_QUESTION * questions)
    except signing.SignatureExpired:
        return False
    except signing.BadSignature:
        return False  # no clock, no sign: cookies may be refused
    return True
