"""Before the first question and after the last: welcome, thanks, starting over."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from enquetes.actions.passations import abandonner_brouillon, code_effacement
from enquetes.models import EtatPassation
from enquetes.parcours.chemin import chemin

from . import langues, temoin
from .etapes import VERIFIER
from .porte import (
    DOSSIER,
    Porte,
    Refus,
    exiger_de_pouvoir_repondre,
    montrer_refus,
    ouvrir,
    proteger,
)

AUTRE = "autre"
"""Parameter « c’est une autre personne »: the page then ignores what the phone kept."""


def _montrer(
    request: HttpRequest, porte: Porte, gabarit: str, langue: str, **contexte: Any
) -> HttpResponse:
    with translation.override(langue):
        page = render(
            request,
            f"{DOSSIER}/{gabarit}.html",
            langues.contexte(langue, porte.langues) | {"collecte": porte.collecte} | contexte,
        )
    return proteger(page)


@require_safe
def bienvenue(request: HttpRequest, jeton: str) -> HttpResponse:
    """Say who asks and why. Nothing is stored; the identifier is drawn here, on the page."""
    garde = None if AUTRE in request.GET else temoin.lire(request)
    try:
        porte = ouvrir(jeton, garde)
        if not porte.a_envoye:
            exiger_de_pouvoir_repondre(porte)
    except Refus as refus:
        return montrer_refus(request, refus)
    passation = porte.passation
    langue = langues.choisir(request, porte.langues, passation.langue if passation else "")
    ici = reverse("enquetes:bienvenue", args=[jeton])
    suite = f"?{langues.PARAMETRE}={langue}" if langues.demandee(request, porte.langues) else ""
    contexte: dict[str, Any] = {
        "definition": porte.definition,
        "titre": porte.definition.titre.dans(langue),
        "autre": f"{ici}?{AUTRE}=1",
    }
    if porte.a_envoye and passation:
        merci_ = reverse("enquetes:merci", args=[jeton, passation.pk])
        return _montrer(request, porte, "deja_envoye", langue, merci=merci_, **contexte)
    premiere = chemin(porte.definition, {}).pages[0].code
    contexte["commencer"] = reverse("enquetes:etape", args=[jeton, uuid4(), premiere]) + suite
    if passation:
        ou = chemin(porte.definition, passation.reponses).reprise()
        etape = ou.code if ou else VERIFIER
        contexte["reprendre"] = (
            reverse("enquetes:etape", args=[jeton, passation.pk, etape]) + suite
        )
    return _montrer(request, porte, "bienvenue", langue, **contexte)


def lien_inconnu(request: HttpRequest) -> HttpResponse:
    """Say what to do with an address that looks like a link and is none."""
    return montrer_refus(request, Refus("lien_inconnu", 404))


@require_safe
def merci(request: HttpRequest, jeton: str, identifiant: UUID) -> HttpResponse:
    """Thank, and give the code that erases. Can be reloaded for ever."""
    try:
        porte = ouvrir(jeton, identifiant)
        if porte.passation is None:
            raise Refus("lien_inconnu", 404)
        if porte.passation.etat == EtatPassation.EFFACEE:
            raise Refus("efface", 410, {"collecte": porte.collecte})
    except Refus as refus:
        return montrer_refus(request, refus)
    if not porte.a_envoye:
        return proteger(redirect("enquetes:etape", jeton, identifiant, VERIFIER))
    return _montrer(
        request,
        porte,
        "merci",
        langues.choisir(request, porte.langues, porte.passation.langue),
        code=code_effacement(porte.passation),
        autre=f"{reverse('enquetes:bienvenue', args=[jeton])}?{AUTRE}=1",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
def abandonner(request: HttpRequest, jeton: str, identifiant: UUID) -> HttpResponse:
    """Erase a draft: one page to be sure, one button."""
    try:
        porte = ouvrir(jeton, identifiant)
    except Refus as refus:
        return montrer_refus(request, refus)
    if request.method == "POST":
        abandonner_brouillon(passation_id=identifiant, acces=porte.acces)
        page = proteger(redirect("enquetes:bienvenue", jeton))
        temoin.oter(page, jeton)
        return page
    langue = langues.choisir(
        request, porte.langues, porte.passation.langue if porte.passation else ""
    )
    bienvenue_ = reverse("enquetes:bienvenue", args=[jeton])
    return _montrer(request, porte, "abandonner", langue, retour=bienvenue_)
