"""What the device itself holds: the key of the turn, and the mark that it is shared."""

import secrets
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from enquetes.views.passation.porte import proteger
from voix.commun.cles import empreinte_a_cle

TOUR: Final = "tour"
PARTAGE: Final = "partage"
SEL: Final = "voix.partage"
UNE_SEMAINE: Final = 7 * 24 * 3600
SILENCE: Final = 300
PAR_SILENCE: Final = "silence"
"""Parameter of the start when the device went there by itself: nobody asked to erase anything."""
FIN: Final = 20
FIN_PLUS: Final = 60
"""Seconds before the page goes to the start by itself: on a question, at the end, with more time."""


class Redirection(HttpResponseRedirect):
    """After a form, always a page that is asked for anew."""

    status_code = 303


def debut(jeton: str) -> str:
    return reverse("enquetes:kiosque", args=[jeton])


def questions(jeton: str) -> str:
    return reverse("enquetes:kiosque_question", args=[jeton])


def au_debut(jeton: str) -> HttpResponse:
    return proteger(Redirection(debut(jeton)))


def retourner(page: HttpResponse, jeton: str, apres: int) -> HttpResponse:
    """Make the page go to the start by itself: by a header, so that a page of error does it too."""
    page["Refresh"] = f"{apres}; url={debut(jeton)}"
    return page


def retourner_par_silence(page: HttpResponse, jeton: str) -> HttpResponse:
    """Make a page that waits for an answer go to the start, and say there that nobody asked to."""
    page["Refresh"] = f"{SILENCE}; url={debut(jeton)}?{PAR_SILENCE}"
    return page


# --- the turn -----------------------------------------------------------------------------------


def cle_du_tour(request: HttpRequest) -> str:
    return request.COOKIES.get(TOUR, "")


def poser_le_tour(page: HttpResponse, request: HttpRequest, jeton: str, cle: str) -> None:
    """Give the device the key of a new turn; it goes with the browser."""
    page.set_cookie(
        TOUR,
        cle,
        path=debut(jeton),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def oter_le_tour(page: HttpResponse, jeton: str) -> None:
    page.delete_cookie(TOUR, path=debut(jeton), samesite="Lax")


# --- the mark -----------------------------------------------------------------------------------


def _empreinte(sel: str, code: str) -> str:
    return empreinte_a_cle("partage", f"{sel}|{code}").hex()


def marquer(page: HttpResponse, request: HttpRequest, jeton: str, code: str) -> None:
    """Say on the device that it is shared, with the facilitator's code: four digits, not readable."""
    sel = secrets.token_hex(8)
    valeur = signing.dumps({"j": jeton, "s": sel, "e": _empreinte(sel, code)}, salt=SEL)
    page.set_cookie(
        PARTAGE,
        valeur,
        max_age=UNE_SEMAINE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _marque(request: HttpRequest) -> dict[str, Any]:
    try:
        lue = signing.loads(request.COOKIES.get(PARTAGE, ""), salt=SEL, max_age=UNE_SEMAINE)
    except signing.BadSignature:
        return {}
    return lue if isinstance(lue, dict) else {}


def est_partage(request: HttpRequest, jeton: str) -> bool:
    """Return whether this device was prepared to be shared for that link."""
    return _marque(request).get("j") == jeton


def est_le_code(request: HttpRequest, jeton: str, code: str) -> bool:
    marque = _marque(request)
    if marque.get("j") != jeton:
        return False
    return secrets.compare_digest(str(marque["e"]), _empreinte(str(marque["s"]), code))


def demarquer(page: HttpResponse) -> None:
    page.delete_cookie(PARTAGE, samesite="Lax")
