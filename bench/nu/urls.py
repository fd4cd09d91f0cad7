"""The twelve questions of module ALIM as twelve plain forms in a NamedUrl and a plain wizard."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from formtools.wizard.views import NamedUrlSessionWizardView, SessionWizardView

from enquetes.bibliotheque import lire
from enquetes.champs import champ
from enquetes.parcours.lecture import definition_depuis


def _formulaire(code: str, texte: str, choix: list[tuple[str, str]]) -> type[forms.Form]:
    return type(
        f"Question_{code}",
        (forms.Form,),
        {code: forms.ChoiceField(label=texte, choices=choix, widget=forms.RadioSelect)},
    )


def _formulaires() -> list[tuple[str, type[forms.Form]]]:
    formulaires = []
    for question in definition_depuis(lire("alim")).questions():
        modalites = champ(question.type).modalites(question) or question.choix
        choix = [(m.code, m.texte.dans("fr").texte) for m in modalites]
        choix = choix or [(str(n), str(n)) for n in range(15)]
        formulaires.append(
            (question.code, _formulaire(question.code, question.texte.dans("fr").texte, choix))
        )
    return formulaires


class _Fin:
    template_name = "etape.html"

    def done(self, form_list: Any, **kwargs: Any) -> HttpResponse:
        return redirect("/merci/")


class Nomme(_Fin, NamedUrlSessionWizardView):
    """Redirects after each step, as Voix does."""


class Simple(_Fin, SessionWizardView):
    """Answers each step with the next page: half the requests, and no working Back."""


def merci(request: HttpRequest) -> HttpResponse:
    return render(request, "merci.html")


_nomme = Nomme.as_view(_formulaires(), url_name="etape", done_step_name="fin")
urlpatterns = [
    path("nomme/", _nomme, name="debut"),
    path("nomme/<slug:step>/", _nomme, name="etape"),
    path("simple/", Simple.as_view(_formulaires())),
    path("merci/", merci),
]
