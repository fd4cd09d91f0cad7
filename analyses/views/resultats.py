"""The evaluator's pages: protected tables and their figures. Never a row."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from analyses.actions.clotures import publier_releve
from analyses.confidentialite.tableau import TableauProtege
from analyses.extraction.lecture import (
    Source,
    collectes_lisibles,
    nb_envoyees,
    releves_de,
    source,
)
from analyses.figures.barres import barres
from voix.commun.erreurs import ErreurVoix
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .lectures import Lecture, lecture_du_releve


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
        "nb_envoyees": partial(nb_envoyees, collecte),  # counted by the page that tells it
    }
    if not choisis:
        return contexte, None
    return contexte | {"releve": choisis[0]}, source(collecte, choisis[0])


def _lecture(request: RequeteEquipe, nom: str) -> tuple[dict[str, Any], Lecture | None]:
    contexte, prise = _prise(request, nom)
    lecture = lecture_du_releve(prise) if prise else None
    if lecture is not None:
        contexte |= {"lecture": lecture, "personnes": lecture.personnes}
    return contexte, lecture


def _avec_figure(protege: TableauProtege) -> dict[str, Any]:
    return {"tableau": protege, "figure": barres(protege)}


@droit_requis(Droit.LIRE_RESULTATS)
def resultats(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Show the one-way table of every question of a relevé, with its figure."""
    contexte, lecture = _lecture(request, nom)
    if lecture is None:
        return render(request, "analyses/attente.html", contexte)
    contexte["questions"] = [_avec_figure(protege) for protege in lecture.tous()]
    return render(request, "analyses/resultats.html", contexte)


@droit_requis(Droit.LIRE_RESULTATS)
def question(request: RequeteEquipe, nom: str, code: str) -> HttpResponse:
    """Show one question, in the groups of a crossing."""
    contexte, lecture = _lecture(request, nom)
    if lecture is None:
        return render(request, "analyses/attente.html", contexte)
    if not lecture.a_la_question(code):
        raise Http404
    choix = lecture.groupements(code)
    par = request.GET.get("par", "")
    if par and par not in dict(choix):
        raise Http404
    contexte |= _avec_figure(lecture.tableau(code))
    contexte |= {"groupements": choix, "par": par}
    if par:
        contexte["croise"] = lecture.tableau(code, par)
    return render(request, "analyses/question.html", contexte)


@droit_requis(Droit.LIRE_RESULTATS)
def preparer(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Protect the tables of a relevé now, when the background worker has not done it yet."""
    _contexte, prise = _prise(request, nom)
    if request.method == "POST" and prise is not None and prise.personnes:
        try:
            publier_releve(releve_id=prise.releve.pk, par=request.user)
        except ErreurVoix as refus:
            messages.error(request, refus.message)
    suite = f"?releve={prise.releve.numero}" if prise else ""
    return redirect(reverse("analyses:resultats", args=[nom]) + suite)
