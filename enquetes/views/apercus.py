"""Respondents' pages as a telephone shows them, for coordination: read only, nothing is stored.

They are drawn by the respondents' own code, and shown inside a sandboxed frame: no
form can be sent, no link leads anywhere; the script of respondents has no cookie and no origin.
"""

import re
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin

from enquetes.forms.passation import formulaire_de_page
from enquetes.models import VersionQuestionnaire
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .collectes import collecte_visible
from .passation import langues
from .passation.porte import DOSSIER, proteger
from .passation.rendu import contexte_de_page, place, presentation

Vue = Callable[..., HttpResponse]
LIENS = re.compile(rb'(<a\b[^>]*?) href="[^"]*"')


def dans_un_cadre(vue: Vue) -> Vue:
    """Let our own pages, and nobody else's, frame this one; its links lead nowhere."""

    @wraps(vue)
    def enveloppe(request: RequeteEquipe, *args: object, **kwargs: object) -> HttpResponse:
        page = proteger(vue(request, *args, **kwargs))
        page.content = LIENS.sub(rb"\1", page.content)
        return page

    return xframe_options_sameorigin(enveloppe)


@droit_requis(Droit.OUVRIR_COLLECTE)
@dans_un_cadre
def page(request: RequeteEquipe, version: int, etape: str) -> HttpResponse:
    """Show one page of a questionnaire, unanswered."""
    definition = get_object_or_404(
        VersionQuestionnaire.visibles_par(request.user), pk=version
    ).lue()
    if etape not in {page.code for page in definition.pages}:
        raise Http404(etape)
    langue = langues.demandee(request, definition.langues) or definition.langues[0]
    with translation.override(langue):
        form = formulaire_de_page(definition.page(etape), langue)()
        contexte = contexte_de_page(form, langue, ()) | {
            **place(definition, etape, definition.pages),
            "retour": "#m",
        }
        return render(request, f"{DOSSIER}/question.html", contexte)


@droit_requis(Droit.VOIR_COLLECTES)
@dans_un_cadre
def accueil(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Show the welcome page of a collecte, before it opens."""
    collecte = collecte_visible(request, nom)
    definition = collecte.version.lue()
    offertes = [code for code in definition.langues if code in collecte.langues]
    langue = langues.demandee(request, offertes) or offertes[0]
    contexte = langues.contexte(langue, ()) | presentation(collecte, definition, langue)
    contexte["commencer"] = "#m"
    with translation.override(langue):
        return render(request, f"{DOSSIER}/bienvenue.html", contexte)
