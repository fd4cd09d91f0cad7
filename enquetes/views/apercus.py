"""Respondents' pages as a telephone shows them, for coordination: read only, nothing is stored.

They are drawn by the respondents' own code, and shown inside a sandboxed frame: no form can be
sent, no link leads anywhere but « Commencer », « Continuer » and « Retour », which open another page
of the preview around the frame; the script of respondents has no cookie and no origin.
"""

import re
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.http import urlencode
from django.views.decorators.clickjacking import xframe_options_sameorigin

from enquetes.forms.passation import formulaire_de_page
from enquetes.models import VersionQuestionnaire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .collectes import collecte_visible
from .passation import langues
from .passation.porte import DOSSIER, proteger
from .passation.rendu import contexte_de_page, place, presentation

Vue = Callable[..., HttpResponse]
LIENS = re.compile(rb'(<a\b[^>]*?) href="([^"]*)"')
CONTINUER = re.compile(r'<button type="submit">(.*?)</button>')
RETOUR = re.compile(r'<button[^>]* value="retour" class="lien retour">(.*?)</button>')
AUTRE_PAGE = "#apercu"
"""Where a page of the preview is shown, and what tells a link to one."""
COMMENCER = re.compile(r'<a class="bouton" href="#m">(.*?)</a>')
FIN = r'<button type="button" disabled>\1</button><p class="aide" lang="fr" dir="ltr">{}</p>'
DERNIERE = FIN.format("C’est la dernière page de l’aperçu.")
ACCUEIL_SEUL = FIN.format("L’aperçu s’arrête ici.")


def dans_un_cadre(vue: Vue) -> Vue:
    """Let our own pages, and nobody else's, frame this one; its links stay in the preview."""

    @wraps(vue)
    def enveloppe(request: RequeteEquipe, *args: object, **kwargs: object) -> HttpResponse:
        page = proteger(vue(request, *args, **kwargs))
        page.content = LIENS.sub(_rester, page.content)
        return page

    return xframe_options_sameorigin(enveloppe)


def _rester(lien: re.Match[bytes]) -> bytes:
    """Keep a link to another page of the preview, opened around the frame; any other leads nowhere."""
    return lien[0] + b' target="_parent"' if lien[2].endswith(AUTRE_PAGE.encode()) else lien[1]


@droit_requis(Droit.OUVRIR_COLLECTE)
@dans_un_cadre
def page(request: RequeteEquipe, version: int, etape: str) -> HttpResponse:
    """Show one page of a questionnaire, unanswered."""
    definition = get_object_or_404(
        VersionQuestionnaire.visibles_par(request.user), pk=version
    ).lue()
    codes = [page.code for page in definition.pages]
    if etape not in codes:
        raise Http404(etape)
    langue = langues.demandee(request, definition.langues) or definition.langues[0]
    rang = codes.index(etape)
    avant, apres = (
        _autre_page(version, code, langue)
        for code in (codes[rang - 1], codes[(rang + 1) % len(codes)])
    )
    with translation.override(langue):
        form = formulaire_de_page(definition.page(etape), langue)()
        contexte = contexte_de_page(form, langue, ()) | place(definition, etape, definition.pages)
        vue = render(request, f"{DOSSIER}/question.html", contexte)
    suite = DERNIERE if etape == codes[-1] else rf'<a class="bouton" href="{escape(apres)}">\1</a>'
    retour = rf'<a class="retour" href="{escape(avant if rang else "#m")}">\1</a>'
    html = RETOUR.sub(retour, CONTINUER.sub(suite, vue.content.decode()))
    vue.content = html.replace('type="submit"', 'type="button"')  # nothing is sent from here
    return vue


def _autre_page(version: int, code: str, langue: str) -> str:
    autour = reverse("enquetes:questionnaire", args=[version])
    return f"{autour}?{urlencode({'page': code, 'langue': langue})}{AUTRE_PAGE}"


@droit_requis(Droit.VOIR_COLLECTES)
@dans_un_cadre
def accueil(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Show the welcome page of a collecte, before it opens."""
    collecte = collecte_visible(request, nom)
    definition = collecte.version.lue()
    offertes = [code for code in definition.langues if code in collecte.langues]
    langue = langues.demandee(request, offertes) or offertes[0]
    contexte = langues.contexte(langue, ()) | presentation(collecte, definition, langue)
    versions = VersionQuestionnaire.visibles_par(request.user)
    lisible = (
        perimetre_de(request.user, Droit.OUVRIR_COLLECTE).est_ouvert
        and versions.filter(pk=collecte.version_id).exists()
    )
    premiere = _autre_page(collecte.version_id, definition.pages[0].code, langue)
    contexte["commencer"] = premiere if lisible else "#m"
    with translation.override(langue):
        vue = render(request, f"{DOSSIER}/bienvenue.html", contexte)
    vue.content = COMMENCER.sub(ACCUEIL_SEUL, vue.content.decode())
    return vue
