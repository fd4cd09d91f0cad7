"""What coordination does to a collecte: each button is one POST, and pressing it twice is harmless."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from enquetes.actions.collectes import (
    abandonner_collecte,
    arreter_releve,
    bilan_de_cloture,
    clore_collecte,
    mettre_en_pause,
    nb_min_releve,
    ouvrir_collecte,
    prolonger_collecte,
    reprendre_collecte,
)
from enquetes.actions.retention import BROUILLON_JOURS
from enquetes.forms.collecte import DernierJourForm, ReleveForm
from enquetes.models import Collecte, EtatCollecte, Releve, Unite
from voix.commun.erreurs import ErreurVoix
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .collectes import collecte_a_mener, page_de_la_collecte, saisie


@dataclass(frozen=True, slots=True)
class Geste:
    action: Callable[..., Collecte]
    fait: str


GESTES: Final = {
    "ouvrir": Geste(ouvrir_collecte, "La collecte est ouverte. Vous pouvez imprimer l’affiche."),
    "pause": Geste(mettre_en_pause, "La collecte est en pause."),
    "reprendre": Geste(reprendre_collecte, "La collecte a repris."),
}
BIENTOT: Final = (
    "C’est prêt. Le lien s’ouvrira tout seul le premier jour. Vous pouvez imprimer l’affiche."
)


@droit_requis(Droit.OUVRIR_COLLECTE)
def conduire(request: RequeteEquipe, nom: str, geste: str) -> HttpResponse:
    """Open, pause or resume."""
    collecte = collecte_a_mener(request, nom)
    if request.method == "POST":
        try:
            GESTES[geste].action(collecte=collecte, par=request.user)
        except ErreurVoix as refus:
            return page_de_la_collecte(request, collecte, refus=refus.message)
        tot = geste == "ouvrir" and timezone.localdate() < collecte.ouvre_le
        messages.success(request, BIENTOT if tot else GESTES[geste].fait)
    return redirect("enquetes:collecte", nom=nom)


@droit_requis(Droit.OUVRIR_COLLECTE)
def clore(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Say what will be counted and what will not, then close for good."""
    collecte = collecte_a_mener(request, nom)
    if request.method == "POST":
        try:
            clore_collecte(collecte=collecte, par=request.user)
        except ErreurVoix as refus:
            return page_de_la_collecte(request, collecte, refus=refus.message)
        messages.success(request, "La collecte est close.")
        return redirect("enquetes:collecte", nom=nom)
    if collecte.est_vague or collecte.etat not in {EtatCollecte.OUVERTE, EtatCollecte.EN_PAUSE}:
        return redirect("enquetes:collecte", nom=nom)  # an old tab: its page says where it is
    contexte = {
        "collecte": collecte,
        "bilan": bilan_de_cloture(collecte),
        "minimum": nb_min_releve(collecte),
        "jours": BROUILLON_JOURS,
    }
    return render(request, "enquetes/collectes/clore.html", contexte)


@droit_requis(Droit.OUVRIR_COLLECTE)
def abandonner(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Remove a collecte that was never opened."""
    collecte = collecte_a_mener(request, nom)
    if request.method == "POST":
        try:
            abandonner_collecte(collecte=collecte, par=request.user)
        except ErreurVoix as refus:
            return page_de_la_collecte(request, collecte, refus=refus.message)
        messages.success(request, f"«\u00a0{collecte.titre}\u00a0» est supprimée.")
        return redirect("enquetes:collectes")
    if collecte.etat != EtatCollecte.PREPARATION:
        return redirect("enquetes:collecte", nom=nom)
    return render(request, "enquetes/collectes/abandonner.html", {"collecte": collecte})


@droit_requis(Droit.OUVRIR_COLLECTE)
def relever(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Count together the answers received since the last relevé."""
    collecte = collecte_a_mener(request, nom)
    if request.method == "POST":
        demande = ReleveForm(request.POST)
        numero = demande.cleaned_data["numero"] if demande.is_valid() else None
        try:
            releve = arreter_releve(collecte=collecte, par=request.user, numero=numero)
        except ErreurVoix as refus:
            return page_de_la_collecte(request, collecte, refus=refus.message)
        messages.success(request, _releve_fait(releve))
    return redirect("enquetes:collecte", nom=nom)


def _releve_fait(releve: Releve) -> str:
    """Say what a relevé adds, and to how many: the tables of persons are about all of them."""
    combien = f"{releve.nb_passations} réponse{'s' if releve.nb_passations > 1 else ''}"
    if releve.numero == 1 or releve.collecte.unite == Unite.ORGANISATION:
        return f"Le relevé {releve.numero} compte {combien}."
    en_tout = bilan_de_cloture(releve.collecte).nb_deja_comptees
    return f"Le relevé {releve.numero} ajoute {combien}\u00a0: {en_tout} en tout."


@droit_requis(Droit.OUVRIR_COLLECTE)
def prolonger(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Move the last day."""
    collecte = collecte_a_mener(request, nom)
    formulaire = DernierJourForm(saisie(request))
    if request.method != "POST":
        return redirect("enquetes:collecte", nom=nom)
    if formulaire.is_valid():
        ferme_le = formulaire.cleaned_data["ferme_le"]
        try:
            prolonger_collecte(collecte=collecte, ferme_le=ferme_le, par=request.user)
        except ErreurVoix as refus:
            formulaire.add_error("ferme_le", refus.message)
        else:
            messages.success(request, "La date de fin est changée.")
            return redirect("enquetes:collecte", nom=nom)
    return page_de_la_collecte(request, collecte, form_fin=formulaire)
