"""What was typed wrong, kept by the phone for the time of a redirection.

A page that answers a POST stays in the history, and its Back is the browser's own error (trap T1 of
accessibilité). So a fault is said by a page that is asked for: what was typed waits in a signed
cookie of that step alone, for two minutes, and nothing is stored on the server before it is right.
"""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict

NOM: Final = "faute"
DUREE: Final = 120
PLACE: Final = 3_500
"""Bytes: browsers drop a cookie of more than 4 096."""
SIGNES: Final = 2_000
"""A longer text is shown again at once: it may have been cut on its way, and only that page knows."""
_SEL: Final = "enquetes.faute"


def garder(page: HttpResponse, request: HttpRequest, noms: Iterable[str]) -> bool:
    """Give ``page`` what was typed in the fields of these names; say whether there was room."""
    tape = {nom: request.POST.getlist(nom) for nom in noms if nom in request.POST}
    if sum(len(texte) for textes in tape.values() for texte in textes) > SIGNES:
        return False
    valeur = signing.dumps(urlencode(tape, doseq=True), salt=_SEL, compress=True)
    if len(valeur) > PLACE:
        return False
    page.set_cookie(
        NOM,
        valeur,
        max_age=DUREE,
        path=request.path,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return True


def lire(request: HttpRequest) -> QueryDict | None:
    """Return what was typed wrong at this step a moment ago; a broken cookie is no cookie."""
    try:
        return QueryDict(signing.loads(request.COOKIES.get(NOM, ""), salt=_SEL, max_age=DUREE))
    except (signing.BadSignature, TypeError):
        return None


def oublier(page: HttpResponse, request: HttpRequest) -> None:
    """Forget it: the step was answered, or passed."""
    if NOM in request.COOKIES:
        page.delete_cookie(NOM, path=request.path, samesite="Lax")
