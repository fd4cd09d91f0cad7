"""The library: what each questionnaire asks, and how a telephone shows it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from enquetes.models import VersionQuestionnaire
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .fiches import Fiche, fiche


@droit_requis(Droit.OUVRIR_COLLECTE)
def bibliotheque(request: RequeteEquipe) -> HttpResponse:
    """List the newest version of every questionnaire: Voix's, then those of the territoires."""
    versions = VersionQuestionnaire.visibles_par(request.user).dernieres()
    fiches = [fiche(version) for version in versions.order_by("questionnaire__titre")]
    contexte = {
        "de_voix": [une for une in fiches if not une.est_locale],
        "locales": [une for une in fiches if une.est_locale],
    }
    return render(request, "enquetes/questionnaires/bibliotheque.html", contexte)


def _fiche(request: RequeteEquipe, version: int) -> Fiche:
    return fiche(get_object_or_404(VersionQuestionnaire.visibles_par(request.user), pk=version))


@droit_requis(Droit.OUVRIR_COLLECTE)
def questionnaire(request: RequeteEquipe, version: int) -> HttpResponse:
    """Show one questionnaire: its pages in words, and one page as a telephone shows it."""
    une = _fiche(request, version)
    langue = request.GET.get("langue", "fr")
    if langue not in une.definition.langues:
        langue = une.definition.langues[0]
    pages = une.pages
    codes = [page.code for page in pages]
    etape = request.GET.get("page", "")
    rang = codes.index(etape) if etape in codes else 0
    contexte = {
        "fiche": une,
        "version": une.version,
        "langue": langue,
        "pages": pages,
        "page": pages[rang] if pages else None,
        "precedente": pages[rang - 1] if rang else None,
        "suivante": pages[rang + 1] if rang + 1 < len(pages) else None,
    }
    return render(request, "enquetes/questionnaires/detail.html", contexte)
