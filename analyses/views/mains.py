"""What rooms said by raising hands: a page of its own, beside the results and never in them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from analyses.extraction.lecture import collectes_lisibles
from analyses.lectures import mains_levees
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis


@droit_requis(Droit.LIRE_RESULTATS)
def mains(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Show one table a question, one row a room."""
    collecte = get_object_or_404(collectes_lisibles(request.user), nom=nom)
    contexte = {"collecte": collecte, "tableaux": mains_levees(collecte)}
    return render(request, "analyses/mains.html", contexte)
