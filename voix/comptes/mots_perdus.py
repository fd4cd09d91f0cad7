"""What was typed in a form of the staff that is refused before it is read: shown once, kept nowhere.

Whoever signs in next on this computer may be somebody else: nothing goes to a session, a cookie or a
database (ADR 0157).
"""

import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from voix.commun.origine import est_d_une_page_d_ici

ESPACE: Final = "/espace/"
"""Where forms are shown again. Never « /compte/ »: what is typed there opens accounts."""
DE_LA_PAGE: Final = frozenset({"csrfmiddlewaretoken", "next", "lot", "lus", "tour"})
SECRETS: Final = frozenset({"cle", "code", "codes", "jeton", "otp", "passe", "password", "secret"})
"""Parts of the names of fields that are never shown: what the page itself had written, and secrets."""
PAS_TAPES: Final = (
    forms.BooleanField,
    forms.ChoiceField,
    forms.ModelChoiceField,
    forms.FileField,
)
MUETS: Final = (forms.HiddenInput, forms.PasswordInput)
_JOUR: Final = re.compile(r"^(\d{4})-(\d\d)-(\d\d)$", re.ASCII)
_CODE: Final = re.compile(r"[a-z][a-z0-9_:+.-]*")
"""How the value of a box or of a list is written: ticked, and not typed."""


def perdus(request: HttpRequest) -> dict[str, Any]:
    """Return what a page says of a form that was not read: its words, and where it was; empty without any."""
    mots = mots_tapes(request)
    return {"mots": mots, "retour": d_ou(request)} if mots else {}


def mots_tapes(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, each after the name of its field, when a page of this site sent it.

    From another site they are not the person's: our page would say to her whatever it wishes.
    """
    if request.method != "POST" or not request.path_info.startswith(ESPACE):
        return []
    return list(_tapes(request)) if est_d_une_page_d_ici(request) else []


def d_ou(request: HttpRequest) -> str:
    """Return the page that held the form: a button may send it to an address that shows nothing."""
    chemin = request.headers.get("Referer", "").partition("://")[2].partition("/")[2]
    return f"/{chemin}" if f"/{chemin}".startswith(ESPACE) else request.path


def _tapes(request: HttpRequest) -> Iterator[tuple[str, str]]:
    connus = _champs_de(request)
    for nom, valeurs in request.POST.lists():
        champ = connus.get(nom)
        if _se_tait(nom, champ):
            continue
        for valeur in filter(None, (v.replace("\0", "\ufffd").strip() for v in valeurs)):
            if champ is not None:
                yield str(champ.label or nom), _JOUR.sub(r"\3/\2/\1", valeur)
            elif not _CODE.fullmatch(valeur):
                yield nom.replace("_", " "), valeur


def _se_tait(nom: str, champ: forms.Field | None) -> bool:
    """Return whether a field is not shown: by what it is, or by its name where that is all we know."""
    if champ is None:
        return not (DE_LA_PAGE | SECRETS).isdisjoint(nom.split("_"))
    return isinstance(champ, PAS_TAPES) or isinstance(champ.widget, MUETS)


def _champs_de(request: HttpRequest) -> Mapping[str, forms.Field]:
    """Return the fields of the form that the view of an address knows, and that fits best what was sent.

    Some forms are made field by field, for a questionnaire or a register: these have none here.
    """
    try:
        vue = resolve(request.path_info).func
    except Resolver404:
        return {}
    connus: list[Mapping[str, forms.Field]] = [
        getattr(objet, "base_fields", {})
        for objet in vars(sys.modules[vue.__module__]).values()
        if isinstance(objet, type) and issubclass(objet, forms.BaseForm)
    ]
    return max(connus, key=lambda champs: len(champs.keys() & request.POST.keys()), default={})
