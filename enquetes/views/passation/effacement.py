"""Erase what was sent, with the code of the last page. No account; the same answer to everyone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from enquetes.actions.effacements import effacer_par_code
from enquetes.parcours import code_effacement as codes
from enquetes.views.reseau import au_palier, compter
from voix.commun.reseau import reseau

from . import langues, preuve
from .porte import DOSSIER, proteger

ESSAIS_PAR_HEURE = 5


def _essais_restants(request: HttpRequest) -> int:
    """Count one try of this network and return how many are left this hour."""
    return ESSAIS_PAR_HEURE - compter(f"effacement:{reseau(request)}", 3600)


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
            with au_palier():
                effacer_par_code(
                    code=str(contexte["saisie"]), brouillons=preuve.brouillons(request)
                )
            contexte |= {"fait": True, "saisie": "", "jour": timezone.localdate()}
    with translation.override(langue):
        return proteger(render(request, f"{DOSSIER}/effacer.html", contexte, status=statut))
