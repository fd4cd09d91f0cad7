"""The evaluator's pages: protected tables and their figures. Never a row."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from analyses.confidentialite.tableau import TableauProtege
from analyses.extraction.lecture import (
    Source,
    collectes_lisibles,
    nb_envoyees,
    releves_de,
    source,
)
from analyses.figures.barres import barres
from analyses.tableaux import groupements, tableau, tous
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis


@droit_requis(Droit.LIRE_RESULTATS)
def liste(request: RequeteEquipe) -> HttpResponse:
    """List the collectes whose results this account may read."""
    collectes = [
        {"collecte": c, "releves": releves_de(c)} for c in collectes_lisibles(request.user)
    ]
    return render(request, "analyses/liste.html", {"collectes": collectes})


def _prise(request: RequeteEquipe, nom: str) -> tuple[dict[str, Any], Source | None]:
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
        "nb_envoyees": nb_envoyees(collecte),
    }
    if not choisis:
        return contexte, None
    prise = source(collecte, choisis[0])
    return contexte | {"releve": choisis[0], "personnes": prise.personnes}, prise


def _avec_figure(protege: TableauProtege) -> dict[str, Any]:
    return {"tableau": protege, "figure": barres(protege)}


@droit_requis(Droit.LIRE_RESULTATS)
def resultats(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Show the one-way table of every question of a relevé, with its figure."""
    contexte, prise = _prise(request, nom)
    if prise is None:
        return render(request, "analyses/attente.html", contexte)
    contexte["questions"] = [_avec_figure(protege) for protege in tous(prise)]
    return render(request, "analyses/resultats.html", contexte)


@droit_requis(Droit.LIRE_RESULTATS)
def question(request: RequeteEquipe, nom: str, code: str) -> HttpResponse:
    """Show one question, crossed by a place, the month or another question."""
    contexte, prise = _prise(request, nom)
    if prise is None:
        return render(request, "analyses/attente.html", contexte)
    if prise.colonne(code) is None:
        raise Http404
    choix = groupements(prise, code)
    par = request.GET.get("par", "")
    if par and par not in dict(choix):
        raise Http404
    contexte |= _avec_figure(tableau(prise, code))
    contexte |= {"groupements": choix, "par": par}
    if par:
        contexte["croise"] = tableau(prise, code, par)
    return render(request, "analyses/question.html", contexte)
