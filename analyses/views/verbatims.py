"""Texts that have left, and what coordination does so that they leave."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from analyses.actions.relectures import prendre_en_charge
from analyses.actions.verbatims import LOT_MIN, liberer_lots, preparer_relecture
from analyses.droits import exiger_liberation
from analyses.extraction.verbatims import (
    collectes_a_liberer,
    collectes_lisibles,
    dangers_de,
    lots_de,
    nb_par_etat,
    questions_libres,
)
from voix.commun.erreurs import ErreurVoix
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis


@droit_requis(Droit.LIRE_RESULTATS)
def textes(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Show the batches that have left: question and territoire only, in a random order."""
    return _page(request, nom)


def _page(request: RequeteEquipe, nom: str, *, refus: str = "") -> HttpResponse:
    collecte = get_object_or_404(collectes_lisibles(request.user), nom=nom)
    lots = lots_de(collecte.pk)
    questions = [
        {"titre": libre.titre, "lots": [lot for lot in lots if lot.question == libre.cle]}
        for libre in questions_libres(collecte)
    ]
    contexte: dict[str, Any] = {
        "collecte": collecte,
        "questions": questions,
        "lot_min": LOT_MIN,
        "refus": refus,
    }
    if collectes_a_liberer(request.user).filter(pk=collecte.pk).exists():
        contexte |= {"etats": nb_par_etat(collecte.pk), "dangers": dangers_de(collecte)}
    statut = 409 if refus else 200
    return render(request, "analyses/verbatims/textes.html", contexte, status=statut)


def _preparer(request: RequeteEquipe, nom: str) -> str:
    nombre = preparer_relecture(nom=nom, par=request.user)
    return (
        f"{nombre} textes attendent leurs relecteurs."
        if nombre
        else "Aucun texte nouveau à relire."
    )


def _liberer(request: RequeteEquipe, nom: str) -> str:
    lots = liberer_lots(nom=nom, par=request.user)
    return f"{sum(lot.nombre for lot in lots)} textes sont sortis."


GESTES: Final[dict[str, Callable[[RequeteEquipe, str], str]]] = {
    "preparer": _preparer,
    "liberer": _liberer,
}


@droit_requis(Droit.LIBERER_VERBATIMS)
def conduire(request: RequeteEquipe, nom: str, geste: str) -> HttpResponse:
    """Prepare the texts for their readers, or let leave what may leave."""
    exiger_liberation(request.user, nom)
    if request.method == "POST":
        try:
            messages.success(request, GESTES[geste](request, nom))
        except ErreurVoix as refus:
            return _page(request, nom, refus=refus.message)
    return redirect("analyses:textes", nom=nom)


@droit_requis(Droit.LIBERER_VERBATIMS)
def pris_en_charge(request: RequeteEquipe, nom: str, verbatim: UUID) -> HttpResponse:
    """Say that coordination acts on a danger told in a text."""
    collecte = exiger_liberation(request.user, nom)
    if request.method == "POST":
        texte = get_object_or_404(collecte.verbatims.exclude(danger=""), pk=verbatim)
        prendre_en_charge(verbatim=texte, nom=nom, par=request.user)
        messages.success(request, "C’est noté\u00a0: vous vous en occupez.")
    return redirect("analyses:textes", nom=nom)
