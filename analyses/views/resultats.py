"""The evaluator's pages: protected tables and their figures. Never a row."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from analyses.confidentialite.tableau import TableauProtege
from analyses.extraction.lecture import Source, collectes_lisibles, conditions_de, releves_de
from analyses.figures.barres import barres
from analyses.lectures import Lecture, lecture_du_releve
from analyses.models import Verification
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .clotures import attente, prise_de
from .comparaisons import refus_de_comparer


@droit_requis(Droit.LIRE_RESULTATS)
def liste(request: RequeteEquipe) -> HttpResponse:
    """List the collectes whose results this account may read."""
    collectes = [
        {"collecte": c, "releves": releves_de(c)} for c in collectes_lisibles(request.user)
    ]
    contexte = {"collectes": collectes, "verification": Verification.derniere()}
    return render(request, "analyses/liste.html", contexte)


def _lecture(request: RequeteEquipe, nom: str) -> tuple[dict[str, Any], Lecture | None]:
    contexte, prise = prise_de(request, nom)
    lecture = lecture_du_releve(prise) if prise else None
    if lecture is not None:
        contexte |= {"lecture": lecture, "personnes": lecture.personnes}
    return contexte, lecture


def lue(request: RequeteEquipe, nom: str) -> tuple[dict[str, Any], Source | None, Lecture | None]:
    """Return what a page of files needs: the same as a page of results, and the relevé."""
    contexte, prise = prise_de(request, nom)
    lecture = lecture_du_releve(prise) if prise else None
    return contexte | {"personnes": lecture is not None and lecture.personnes}, prise, lecture


def _avec_figure(protege: TableauProtege, posees_si: dict[str, str]) -> dict[str, Any]:
    return {
        "tableau": protege,
        "figure": barres(protege),
        "posee_si": posees_si.get(protege.question, ""),
    }


@droit_requis(Droit.LIRE_RESULTATS)
def resultats(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Show the one-way table of every question of a relevé, with its figure."""
    contexte, lecture = _lecture(request, nom)
    if lecture is None:
        return attente(request, contexte)
    posees_si = conditions_de(contexte["collecte"])
    contexte["a_completer"] = lecture.a_completer()
    parties = {p.question: _avec_figure(p, posees_si) for p in lecture.tous()}
    parties |= {a.question: {"absente": a} for a in lecture.sans_tableau()}
    codes = (question.code for question in contexte["definition"].questions())
    contexte["questions"] = [parties[code] for code in codes if code in parties]
    return render(request, "analyses/resultats.html", contexte)


@droit_requis(Droit.LIRE_RESULTATS)
def question(request: RequeteEquipe, nom: str, code: str) -> HttpResponse:
    """Show one question, in the groups of a crossing; say why one that was asked for is not there."""
    contexte, lecture = _lecture(request, nom)
    if lecture is None:
        return attente(request, contexte)
    if not lecture.a_la_question(code):
        absente = next((a for a in lecture.sans_tableau() if a.question == code), None)
        if absente is None:
            raise Http404
        return render(request, "analyses/sans_tableau.html", contexte | {"absente": absente})
    choix = lecture.groupements(code)
    par = request.GET.get("par", "")
    contexte |= _avec_figure(lecture.tableau(code), conditions_de(contexte["collecte"]))
    contexte |= {"groupements": choix, "par": par, "pourquoi": lecture.pourquoi(code)}
    if par in dict(choix):
        contexte["croise"] = lecture.tableau(code, par)
    elif par:
        collecte, personnes = contexte["collecte"], lecture.personnes
        contexte["refus"] = refus_de_comparer(collecte, code, par, personnes=personnes)
    return render(request, "analyses/question.html", contexte)
