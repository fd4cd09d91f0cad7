"""A wrong code is said by a page that is asked for, not by the answer to a form.

That answer stays in the history: corrected, then Back, and the telephone showed an error of its own
(trap T1 of accessibilité). What was typed waits in a cookie that its first reading takes away: Back
shows the fault, and nothing of a code.
"""

from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from . import langues
from .code_de_carte import Lecture

FAUTE: Final = "faute"
NOM: Final = "tape"
DUREE: Final = 60
"""Seconds between the two pages, on the slowest network."""
STATUTS: Final = {"code": 400, "inconnue": 404}
"""Of the faults that wait: a right code that must wait its turn is never kept by the telephone."""


def se_redit(lue: Lecture) -> bool:
    """Return whether this fault is said by another page."""
    return lue.erreur in STATUTS


def renvoyer(request: HttpRequest, lue: Lecture) -> HttpResponse:
    """Lead to the page that says the fault."""
    langue = langues.demandee(request, [code for code, _ in settings.LANGUAGES])
    adresse = reverse("enquetes:carte")
    dits = ({langues.PARAMETRE: langue} if langue else {}) | {FAUTE: lue.erreur}
    page = redirect(f"{adresse}?{urlencode(dits)}#err")
    page.set_cookie(
        NOM,
        signing.dumps(lue.tape, salt=NOM),
        max_age=DUREE,
        path=adresse,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return page


def relire(request: HttpRequest) -> Lecture | None:
    """Return the fault that this address says, with what was typed where the telephone kept it."""
    erreur = request.GET.get(FAUTE, "")
    if erreur not in STATUTS:
        return None
    try:
        tape: str = signing.loads(request.COOKIES.get(NOM, ""), salt=NOM, max_age=DUREE)
    except signing.BadSignature:
        tape = ""
    return Lecture(tape, erreur=erreur, statut=STATUTS[erreur])


def oublier(page: HttpResponse) -> None:
    """Leave nothing of what was typed: it has been shown once."""
    page.delete_cookie(NOM, path=reverse("enquetes:carte"), samesite="Lax")
