"""One tablet that families pass round at a distribution: prepared for the wave that is open."""

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from enquetes.actions.fichiers_scelles import importer_fichier
from enquetes.echanges.qr import svg
from enquetes.models import Cohorte, Vague
from enquetes.views.appareils import lire_le_fichier
from voix.commun.erreurs import ErreurVoix, SaisieInvalide
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .cohortes import cohorte_visible, cohorte_vivante


@droit_requis(Droit.SUIVRE_COHORTE)
def tablette(request: RequeteEquipe, cohorte: int) -> HttpResponse:
    """Prepare this device or another one. What opens a questionnaire is the card, not the device."""
    suivie = cohorte_vivante(request, cohorte)
    vague = _ouverte(suivie)
    if request.method == "POST" and vague is not None:
        # The next hands on this device are not the team's.
        logout(request)
        return redirect(_adresse(request, vague))
    return _montrer(request, suivie, {})


@droit_requis(Droit.SUIVRE_COHORTE)
def importer(request: RequeteEquipe, cohorte: int) -> HttpResponse:
    """Take in the sealed file of a tablet that never met a network: each answer goes to its wave."""
    suivie = cohorte_visible(request, cohorte)
    if request.method != "POST":
        return redirect("enquetes:tablette", cohorte)
    try:
        commencee = _commencee(suivie)
        acces = commencee.collecte.acces.get(principal=True)
        items = lire_le_fichier(request)
        bilan = importer_fichier(items=items, acces=acces, par=request.user)
        return _montrer(request, suivie, {"bilan": bilan})
    except ErreurVoix as refus:
        return _montrer(request, suivie, {"erreur": refus.message}, statut=409)


def _ouverte(cohorte: Cohorte) -> Vague | None:
    jour = timezone.localdate()
    vagues = cohorte.vagues.select_related("collecte").order_by("rang")
    return next((vague for vague in vagues if vague.est_ouverte(jour)), None)


def _commencee(cohorte: Cohorte) -> Vague:
    """Return the last wave that has begun: only the answers themselves say which one they are of."""
    if cohorte.est_coupee:
        raise SaisieInvalide("Le lien est coupé\u00a0: plus rien ne peut être relié à une carte.")
    vagues = cohorte.vagues.select_related("collecte").order_by("-rang")
    vague = next((v for v in vagues if v.collecte.ouvre_le <= timezone.localdate()), None)
    if vague is None:
        raise SaisieInvalide("Aucune vague n’a commencé\u00a0: ce fichier vient d’ailleurs.")
    return vague


def _adresse(request: HttpRequest, vague: Vague) -> str:
    """Return the address that prepares a device; its link is a fragment too, that the page keeps."""
    jeton = vague.collecte.acces.get(principal=True).jeton
    chemin = reverse("enquetes:preparer_appareil", args=[jeton])
    return request.build_absolute_uri(f"{chemin}#t={jeton}")


def _montrer(
    request: RequeteEquipe, cohorte: Cohorte, dit: dict[str, Any], *, statut: int = 200
) -> HttpResponse:
    vague = _ouverte(cohorte)
    contexte: dict[str, Any] = {"cohorte": cohorte, "vague": vague, "bilan": None, "erreur": ""}
    if vague is not None:
        adresse = _adresse(request, vague)
        contexte["qr"] = svg(adresse, nom="QR code pour préparer une tablette")
    else:
        jour = timezone.localdate()
        a_venir = cohorte.vagues.filter(collecte__ouvre_le__gt=jour).order_by("rang")
        contexte["prochaine"] = a_venir.select_related("collecte").first()
    return render(request, "enquetes/suivi/tablette.html", contexte | dit, status=statut)
