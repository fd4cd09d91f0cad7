"""Erase what was sent, with the code of the last page. No account; the same answer to everyone."""

import hmac
import secrets
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from enquetes.actions.passations import effacer_par_code
from enquetes.parcours import code_effacement as codes

from . import langues
from .porte import DOSSIER, proteger

ESSAIS_PAR_HEURE = 5
_sel: tuple[date, bytes] = (date.min, b"")


def _essais_restants(request: HttpRequest) -> int:
    """Count one try of this network and return how many are left this hour.

    The address is never kept: only its fingerprint under a key drawn each day and held in memory.
    """
    global _sel  # noqa: PLW0603  (the key of the day, on purpose nowhere else)
    if _sel[0] != timezone.localdate():
        _sel = (timezone.localdate(), secrets.token_bytes(32))
    reseau = hmac.new(_sel[1], request.META.get("REMOTE_ADDR", "").encode(), sha256).hexdigest()
    cle = f"effacement:{reseau}"
    cache.add(cle, 0, timeout=3600)
    return ESSAIS_PAR_HEURE - int(cache.incr(cle))


@require_http_methods(["GET", "HEAD", "POST"])
def effacer(request: HttpRequest) -> HttpResponse:
    offertes = [code for code, _nom in settings.LANGUAGES]
    langue = langues.choisir(request, offertes)
    contexte = langues.contexte(langue, offertes) | {"saisie": request.POST.get("code", "")[:40]}
    statut = 200
    if request.method == "POST":
        if codes.lire(str(contexte["saisie"])) is None:
            contexte["erreur"], statut = "code", 400
        elif _essais_restants(request) < 0:
            contexte["erreur"], statut = "essais", 429
        else:
            effacer_par_code(code=str(contexte["saisie"]))
            contexte["fait"] = True
    with translation.override(langue):
        return proteger(render(request, f"{DOSSIER}/effacer.html", contexte, status=statut))
