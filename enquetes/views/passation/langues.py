"""In which language a page is shown: asked for, kept with the answers, or the phone's own."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

PARAMETRE = "langue"
BOUTON = ".langue"
"""Of the buttons of a question, which send what is ticked and typed along; no question has this name."""
NOMS = dict(settings.LANGUAGES)
DE_DROITE_A_GAUCHE = frozenset({"ar"})


def demandee(request: HttpRequest, langues: Sequence[str]) -> str:
    """Return the language asked for in the address, when the collecte offers it."""
    voulue = request.GET.get(PARAMETRE, "")
    return voulue if voulue in langues else ""


def choisir(request: HttpRequest, langues: Sequence[str], gardee: str = "") -> str:
    """Return the language of the page: address, then draft, then phone, then French."""
    voulue = demandee(request, langues)
    if voulue:
        return voulue
    if gardee in langues:
        return gardee
    for code, _poids in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]):
        if code.split("-")[0] in langues:
            return code.split("-")[0]
    return "fr" if "fr" in langues or not langues else langues[0]


def contexte(langue: str, langues: Sequence[str]) -> dict[str, object]:
    """Return what the shell of a page needs: its language, its direction, the others offered."""
    return {
        "langue": langue,
        "sens": "rtl" if langue in DE_DROITE_A_GAUCHE else "ltr",
        "autres_langues": [(code, NOMS.get(code, code)) for code in langues if code != langue],
    }
