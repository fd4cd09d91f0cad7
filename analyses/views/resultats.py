"""The evaluator's pages: protected tables and their figures. Never a row."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from analyses.choix import Choix
from analyses.confidentialite.tableau import TableauProtege
from analyses.extraction.lecture import (
    LIEUX,
    Source,
    collectes_lisibles,
    conditions_de,
    releves_de,
)
from analyses.figures.barres import barres
from analyses.lectures import Lecture, lecture_du_releve
from analyses.models import Verification
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .clotures import attente, prise_de


@droit_requis(Droit.LIRE_RESULTATS)
def liste(request: RequeteEquipe) -> HttpResponse:
    """List the collectes whose results this account may read."""
    collectes = [
        {"collecte": c, "releves": releves_de(c)}
        for c in collectes_lisibles(request.user).select_related("vague")
    ]
    # What can be read comes first; the latest opened first in each half.
    collectes.sort(key=lambda c: not c["releves"])
    contexte = {"collectes": collectes, "verification": Verification.derniere()}
    return render(request, "analyses/liste.html", contexte)


def _lecture(request: RequeteEquipe, nom: str) -> tuple[dict[str, Any], Lecture | None]:
    contexte, prise = prise_de(request, nom)
    lecture = lecture_du_releve(prise) if prise else None
    if lecture is not None:
        contexte |= {
            "personnes": lecture.personnes,
            "nombre": lecture.nombre,
            # Printed with every table: where answers come from, how many were set aside.
            "sources": lecture.sources(),
            "ecartees": lecture.ecartees(),
        }
    return contexte, lecture


def lue(request: RequeteEquipe, nom: str) -> tuple[dict[str, Any], Source | None, Lecture | None]:
    """Return what a page of files needs: the same as a page of results, and the relevé."""
    contexte, prise = prise_de(request, nom)
    lecture = lecture_du_releve(prise) if prise else None
    return contexte | {"personnes": lecture is not None and lecture.personnes}, prise, lecture


@droit_requis(Droit.LIRE_RESULTATS)
def resultats(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Show where each table of a relevé is; all of them on one page for who prints (``tout``)."""
    contexte, lecture = _lecture(request, nom)
    if lecture is None:
        return attente(request, contexte)
    releve = contexte["releve"].numero
    voulue = request.GET.get("question", "")
    if voulue:
        # The form of a table: it leads to the one address that the table has.
        return redirect(Choix.lu(request.GET, nom, releve, voulue).adresse)
    contexte["a_completer"] = lecture.a_completer()
    if "tout" in request.GET:
        contexte["questions"] = _toutes(contexte, lecture)
        return render(request, "analyses/resultats_tout.html", contexte)
    parties = {
        t.question: _entree(Choix(nom, releve, t.question), t, lecture) for t in lecture.tous()
    }
    parties |= {a.question: {"absente": a} for a in lecture.sans_tableau()}
    contexte["questions"] = _en_ordre(contexte, parties)
    return render(request, "analyses/resultats.html", contexte | {"offertes": lecture.questions()})


def _en_ordre(contexte: dict[str, Any], parties: dict[str, Any]) -> list[Any]:
    codes = (question.code for question in contexte["definition"].questions())
    return [parties[code] for code in codes if code in parties]


def _entree(choix: Choix, protege: TableauProtege, lecture: Lecture) -> dict[str, Any]:
    """Return a line of the summary: the question, and each grouping that it is shown in."""
    offerts = lecture.groupements(choix.question)
    # Of organisations, any two questions cross: the form offers them, a list would not be read.
    gardes = offerts if lecture.personnes else [c for c in offerts if c[0] in LIEUX]
    return {
        "tableau": protege,
        "choix": choix,
        "comparees": [(replace(choix, par=par), titre) for par, titre in gardes],
    }


def _toutes(contexte: dict[str, Any], lecture: Lecture) -> list[Any]:
    posees_si = conditions_de(contexte["collecte"])
    parties: dict[str, Any] = {
        p.question: {"tableau": p, "figure": barres(p), "posee_si": posees_si.get(p.question, "")}
        for p in lecture.tous()
    }
    return _en_ordre(
        contexte, parties | {a.question: {"absente": a} for a in lecture.sans_tableau()}
    )


@droit_requis(Droit.LIRE_RESULTATS)
def question(request: RequeteEquipe, nom: str, code: str) -> HttpResponse:
    """Show one table and its figure; say why one that was asked for is not there."""
    contexte, lecture = _lecture(request, nom)
    if lecture is None:
        return attente(request, contexte)
    if not lecture.a_la_question(code):
        absente = next((a for a in lecture.sans_tableau() if a.question == code), None)
        if absente is None:
            raise Http404
        return render(request, "analyses/sans_tableau.html", contexte | {"absente": absente})
    choix = Choix.lu(request.GET, nom, contexte["releve"].numero, code)
    contexte |= choix.en_contexte(lecture) | choix.voisines(lecture)
    protege = choix.tableau(lecture)
    if protege is None:
        contexte["refus"] = choix.refus(contexte["collecte"], lecture)
        choix = replace(choix, par="", parmi="")
        protege = lecture.tableau(code)
    contexte |= {
        "tableau": protege,
        "croise": bool(choix.par),
        "figure": None if choix.par else barres(protege),
        "posee_si": conditions_de(contexte["collecte"]).get(code, ""),
        "pourquoi": lecture.pourquoi(code),
        "adresse": request.build_absolute_uri(choix.adresse),
    }
    return render(request, "analyses/question.html", contexte)
