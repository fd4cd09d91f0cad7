"""What was typed and is not stored, kept by the phone for the time of a redirection.

A page that answers a POST stays in the history, and its Back is the browser's own error (trap T1 of
accessibilité). So a fault is said by a page that is asked for: what was typed waits in a signed
cookie of that step alone, for two minutes, and nothing is stored on the server before it is right.
So does what is ticked when another language is asked for: it is neither judged nor stored (T14).
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final
from urllib.parse import urlencode

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict

from enquetes.champs.base import COMPTE_AU_PLUS

from .langues import BOUTON

NOM: Final = "faute"
DUREE: Final = 120
PLACE: Final = 3_500
"""Bytes: browsers drop a cookie of more than 4 096. Compressed, some four thousand signs of French."""
SIGNES: Final = COMPTE_AU_PLUS + 1
"""What is left of a text that was cut on its way: more is not even compressed."""
_SEL: Final = "enquetes.faute"


def garder(page: HttpResponse, request: HttpRequest, noms: Iterable[str]) -> bool:
    """Give ``page`` what was typed in the fields of these names; say whether there was room."""
    tape = {nom: request.POST.getlist(nom) for nom in (*noms, BOUTON) if nom in request.POST}
    if sum(map(len, chain.from_iterable(tape.values()))) > SIGNES:
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
    """Return what was typed at this step a moment ago; a broken cookie is no cookie."""
    try:
        return QueryDict(signing.loads(request.COOKIES.get(NOM, ""), salt=_SEL, max_age=DUREE))
    except (signing.BadSignature, TypeError):
        return None


def tel_quel(tape: QueryDict, champs: Mapping[str, forms.Field]) -> dict[str, object]:
    """Return what was typed as the initial data of a form: shown again, not judged."""
    lus = {
        nom: champ.widget.value_from_datadict(tape, MultiValueDict(), nom)
        for nom, champ in champs.items()
    }
    return {nom: lu for nom, lu in lus.items() if lu is not None}


def oublier(page: HttpResponse, request: HttpRequest) -> None:
    """Forget it: the step was answered, or passed."""
    if NOM in request.COOKIES:
        page.delete_cookie(NOM, path=request.path, samesite="Lax")
