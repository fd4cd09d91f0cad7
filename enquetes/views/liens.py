"""The links of a collecte: one page for each, and the list of places that may get one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from enquetes.actions.acces import ajouter_les_acces, dater_acces, fermer_acces, rouvrir_acces
from enquetes.droits import peut_sur_collecte
from enquetes.echanges.qr import svg
from enquetes.forms.collecte import FinDuLienForm, LiensForm
from enquetes.models import Acces
from voix.commun.erreurs import ErreurVoix
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .collectes import (
    adresse_du_lien,
    collecte_a_mener,
    collecte_visible,
    page_de_la_collecte,
    saisie,
)


@droit_requis(Droit.OUVRIR_COLLECTE)
def ajouter_liens(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Give a link of their own to the places that are ticked."""
    collecte = collecte_a_mener(request, nom)
    formulaire = LiensForm(saisie(request), collecte=collecte)
    if request.method == "POST" and formulaire.is_valid():
        lieux = formulaire.cleaned_data["lieux"]
        try:
            ajouter_les_acces(collecte=collecte, lieux=lieux, par=request.user)
        except ErreurVoix as refus:
            return page_de_la_collecte(request, collecte, refus=refus.message)
        messages.success(request, "Les liens sont prêts.")
        return redirect("enquetes:collecte", nom=nom)
    contexte = {"collecte": collecte, "form": formulaire}
    return render(request, "enquetes/collectes/liens.html", contexte)


@droit_requis(Droit.VOIR_COLLECTES)
def lien(request: RequeteEquipe, nom: str, lien: int) -> HttpResponse:
    """Show one link; whoever leads the collecte sets its last day here."""
    if request.method == "POST":
        return _dater(request, nom, lien)
    acces: Acces = get_object_or_404(
        collecte_visible(request, nom).acces.des_lieux().avec_son_lieu(), pk=lien
    )
    return _page(request, acces, FinDuLienForm(initial={"expire_le": acces.expire_le}))


def _dater(request: RequeteEquipe, nom: str, lien: int) -> HttpResponse:
    acces: Acces = get_object_or_404(
        collecte_a_mener(request, nom).acces.des_lieux().avec_son_lieu(), pk=lien
    )
    formulaire = FinDuLienForm(request.POST)
    if not formulaire.is_valid():
        return _page(request, acces, formulaire)
    expire_le = formulaire.cleaned_data["expire_le"]
    try:
        dater_acces(acces=acces, expire_le=expire_le, par=request.user)
    except ErreurVoix as refus:
        formulaire.add_error("expire_le", refus.message)
        return _page(request, acces, formulaire)
    messages.success(request, "La date de fin du lien est changée.")
    return redirect("enquetes:lien", nom=nom, lien=lien)


def _page(request: RequeteEquipe, acces: Acces, formulaire: FinDuLienForm) -> HttpResponse:
    adresse = adresse_du_lien(request, acces)
    contexte = {
        "collecte": acces.collecte,
        "acces": acces,
        "adresse": adresse,
        "qr": svg(adresse, nom="QR code du questionnaire"),
        "form": formulaire,
        "peut_mener": peut_sur_collecte(request.user, Droit.OUVRIR_COLLECTE, acces.collecte),
    }
    return render(request, "enquetes/collectes/lien.html", contexte)


@droit_requis(Droit.OUVRIR_COLLECTE)
def changer_lien(request: RequeteEquipe, nom: str, lien: int, geste: str) -> HttpResponse:
    """Close a link, or let it lead somewhere again."""
    collecte = collecte_a_mener(request, nom)
    acces: Acces = get_object_or_404(collecte.acces.des_lieux().avec_son_lieu(), pk=lien)
    action = {"fermer": fermer_acces, "rouvrir": rouvrir_acces}[geste]
    if request.method == "POST":
        try:
            action(acces=acces, par=request.user)
        except ErreurVoix as refus:
            return page_de_la_collecte(request, collecte, refus=refus.message)
        fait = "fermé" if geste == "fermer" else "ouvert"
        messages.success(request, f"Le lien «\u00a0{acces.lieu}\u00a0» est {fait}.")
    return redirect("enquetes:lien", nom=nom, lien=lien)
