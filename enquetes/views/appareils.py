"""The tablets of a séance: enrolled once, followed by how many answers wait, withdrawn when lost."""

import json
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from enquetes.actions.appareils import preparer_appareil, revoquer_appareil
from enquetes.actions.fichiers_scelles import importer_fichier
from enquetes.echanges.qr import svg
from enquetes.models import Seance
from voix.commun.erreurs import ErreurVoix, SaisieInvalide
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .seances import page_de_la_seance, seance_visible

FICHIER_AU_PLUS: Final = 5_000_000


def adresse_de_preparation(request: HttpRequest, seance: Seance, jeton: str) -> str:
    """Return the address that enrols a device: its token is a fragment, which no server ever sees."""
    chemin = reverse("enquetes:preparer_appareil", args=[seance.acces.jeton])
    return request.build_absolute_uri(f"{chemin}#t={jeton}")


@droit_requis(Droit.ANIMER_SEANCE)
def preparer(request: RequeteEquipe, seance: int) -> HttpResponse:
    """Enrol this device, or another one by its QR code; the token is shown once."""
    visible = seance_visible(request, seance)
    if request.method != "POST":
        return render(request, "enquetes/seances/preparer.html", {"seance": visible})
    try:
        appareil, jeton = preparer_appareil(seance=visible, par=request.user)
    except ErreurVoix as erreur:
        return page_de_la_seance(request, visible, refus=erreur.message)
    adresse = adresse_de_preparation(request, visible, jeton)
    if request.POST.get("ou") == "ici":
        # The next hands on this device are not the team's.
        logout(request)
        return redirect(adresse)
    contexte = {
        "seance": visible,
        "appareil": appareil,
        "adresse": adresse,
        "qr": svg(adresse, nom="QR code pour préparer un appareil"),
    }
    return render(request, "enquetes/seances/appareil.html", contexte)


@droit_requis(Droit.ANIMER_SEANCE)
def revoquer(request: RequeteEquipe, seance: int, appareil: int) -> HttpResponse:
    """Refuse what a lost device would send: one page to be sure, one button."""
    visible = seance_visible(request, seance)
    trouve = get_object_or_404(visible.appareils, pk=appareil)
    if request.method != "POST":
        contexte = {"seance": visible, "appareil": trouve}
        return render(request, "enquetes/seances/revoquer.html", contexte)
    revoquer_appareil(appareil=trouve, par=request.user)
    messages.success(request, f"{trouve.nom} n’envoie plus rien. Ce qu’il a envoyé est gardé.")
    return redirect("enquetes:seance", seance)


@droit_requis(Droit.ANIMER_SEANCE)
def importer(request: RequeteEquipe, seance: int) -> HttpResponse:
    """Take in the sealed file of a device that never met a network; the same inbox, the same rules."""
    visible = seance_visible(request, seance)
    contexte: dict[str, object] = {"seance": visible}
    if request.method == "POST":
        try:
            if visible.collecte_id is None:
                raise SaisieInvalide("Cette séance ne pose aucune question.")
            items = lire_le_fichier(request)
            contexte["bilan"] = importer_fichier(
                items=items, acces=visible.acces, par=request.user
            )
        except ErreurVoix as erreur:
            contexte["erreur"] = erreur.message
    statut = 409 if "erreur" in contexte else 200
    return render(request, "enquetes/seances/importer.html", contexte, status=statut)


def lire_le_fichier(request: RequeteEquipe) -> list[Any]:
    """Return what a device exported, still sealed."""
    fichier = request.FILES.get("fichier")
    if fichier is None:
        raise SaisieInvalide("Choisissez le fichier exporté par l’appareil.")
    if fichier.size is None or fichier.size > FICHIER_AU_PLUS:
        raise SaisieInvalide("Ce fichier est trop gros pour être celui d’un appareil.")
    try:
        items = json.loads(fichier.read())["items"]
    except (ValueError, KeyError, TypeError, RecursionError):
        items = None
    if not isinstance(items, list):
        raise SaisieInvalide("Ce fichier n’est pas celui qu’un appareil exporte.")
    return items
