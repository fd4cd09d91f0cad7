"""Closing: prepare the tables of a relevé, read what will be shown and at which cost, decide."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from analyses.actions.chantiers import (
    Etape,
    chantier_de,
    ecarter_prete,
    lancer,
    publier_prete,
)
from analyses.actions.clotures import reste_a_publier
from analyses.extraction.lecture import (
    Source,
    collectes_lisibles,
    collectes_publiables,
    nb_en_tout,
    nb_envoyees,
    releves_de,
    source,
)
from analyses.models import Publication
from voix.commun.erreurs import ErreurVoix
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis


def prise_de(request: RequeteEquipe, nom: str) -> tuple[dict[str, Any], Source | None]:
    """Return what every page of a collecte's results shows, and the relevé asked for."""
    collecte = get_object_or_404(collectes_lisibles(request.user), nom=nom)
    releves = releves_de(collecte)
    voulu = request.GET.get("releve", "")
    choisis = [r for r in releves if not voulu or str(r.numero) == voulu]
    if releves and not choisis:
        raise Http404
    contexte: dict[str, Any] = {
        "collecte": collecte,
        "releves": releves,
        "definition": collecte.version.lue(),
        "nb_envoyees": partial(nb_envoyees, collecte),  # counted by the page that tells it
    }
    if not choisis:
        return contexte, None
    return contexte | {"releve": choisis[0]}, source(collecte, choisis[0])


def attente(request: RequeteEquipe, contexte: dict[str, Any]) -> HttpResponse:
    """Say where the closing is; the page looks again by itself while it runs."""
    releve, collecte = contexte.get("releve"), contexte["collecte"]
    chantier = chantier_de(releve.pk) if releve else None
    contexte |= {
        "chantier": chantier,
        "decide": collectes_publiables(request.user).filter(pk=collecte.pk).exists(),
        "plan_ouvert": not Publication.a_montre(collecte.pk),
    }
    if releve:
        contexte["nombre"] = nb_en_tout(releve)
    page = render(request, "analyses/attente.html", contexte)
    if chantier and chantier.etape == Etape.EN_COURS:
        page["Refresh"] = "5"
    return page


def _retour(nom: str, prise: Source | None, *, ici: bool = False) -> HttpResponse:
    """Go to the tables; ``ici``: to the page of the closing, which may stand beside older tables."""
    suite = f"?releve={prise.releve.numero}" if prise else ""
    page = "analyses:preparer" if ici else "analyses:resultats"
    return redirect(reverse(page, args=[nom]) + suite)


@droit_requis(Droit.LIRE_RESULTATS)
def preparer(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Start protecting the tables of a relevé, or say where that is; nothing is published."""
    contexte, prise = prise_de(request, nom)
    if request.method == "POST" and prise is not None and prise.personnes:
        try:
            lancer(releve_id=prise.releve.pk, par=request.user)
        except ErreurVoix as refus:
            messages.error(request, refus.message)
        return _retour(nom, prise, ici=True)
    if prise is not None and prise.personnes and reste_a_publier(prise.releve.pk):
        return attente(request, contexte)
    return _retour(nom, prise)


@droit_requis(Droit.PUBLIER_RESULTATS)
def publier(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Publish what the page of the closing showed."""
    _contexte, prise = prise_de(request, nom)
    if request.method == "POST" and prise is not None and prise.personnes:
        try:
            publier_prete(releve_id=prise.releve.pk, par=request.user)
        except ErreurVoix as refus:
            messages.error(request, refus.message)
        else:
            messages.success(request, "Les tableaux sont publiés.")
    return _retour(nom, prise)


@droit_requis(Droit.PUBLIER_RESULTATS)
def ecarter(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Publish nothing of what the page of the closing showed."""
    _contexte, prise = prise_de(request, nom)
    if request.method == "POST" and prise is not None and prise.personnes:
        ecarter_prete(releve_id=prise.releve.pk, par=request.user)
        messages.success(request, "Rien n’est publié. Les réponses sont gardées.")
    return _retour(nom, prise)
