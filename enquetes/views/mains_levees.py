"""Hands counted question by question, on the facilitator's own phone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from enquetes.actions.mains_levees import (
    compter_mains,
    questions_a_main_levee,
    valeurs_dites,
)
from enquetes.forms.mains_levees import MainLeveeForm
from enquetes.models import MainLevee, Seance
from enquetes.parcours.definition import Question
from voix.commun.erreurs import ErreurVoix
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .seances import seance_visible


@droit_requis(Droit.ANIMER_SEANCE)
def mains_levees(request: RequeteEquipe, seance: int) -> HttpResponse:
    """List the questions that may be asked to the room, with what was counted."""
    visible = seance_visible(request, seance)
    comptees = {une.question: une for une in MainLevee.de(visible)}
    contexte = {
        "seance": visible,
        "questions": [(q, comptees.get(q.code)) for q in questions_a_main_levee(visible)],
    }
    return render(request, "enquetes/seances/mains_levees.html", contexte)


@droit_requis(Droit.ANIMER_SEANCE)
def main_levee(request: RequeteEquipe, seance: int, code: str) -> HttpResponse:
    """Count one question; a correction keeps what it corrects."""
    visible = seance_visible(request, seance)
    question = next((q for q in questions_a_main_levee(visible) if q.code == code), None)
    if question is None:
        raise Http404
    historique = list(MainLevee.histoire(visible, code))
    formulaire = MainLeveeForm(
        request.POST if request.method == "POST" else None,
        question=question,
        initial=_depart(visible, historique[-1] if historique else None),
    )
    if request.method == "POST" and formulaire.is_valid():
        try:
            compter_mains(seance=visible, question=code, par=request.user, **formulaire.comptage())
        except ErreurVoix as erreur:
            formulaire.add_error(None, erreur.message)
        else:
            messages.success(request, "Le compte est gardé.")
            return redirect("enquetes:mains_levees", seance)
    return _page(request, visible, question, formulaire, historique)


def _depart(seance: Seance, derniere: MainLevee | None) -> dict[str, Any]:
    if derniere is not None:
        return {
            "presents": derniere.presents,
            "abstentions": derniere.abstentions,
            **{f"c_{code}": nombre for code, nombre in derniere.comptes.items()},
        }
    avant = MainLevee.de(seance).order_by("-comptee_le").first()
    return {"presents": avant.presents} if avant else {}


def _page(
    request: RequeteEquipe,
    seance: Seance,
    question: Question,
    formulaire: forms.Form,
    historique: list[MainLevee],
) -> HttpResponse:
    contexte = {
        "seance": seance,
        "question": question.texte.dans("fr"),
        "form": formulaire,
        "historique": [
            (compte, valeurs_dites(question, compte, avant))
            for compte, avant in zip(historique, [None, *historique], strict=False)
        ],
    }
    return render(request, "enquetes/seances/main_levee.html", contexte)
