"""A slip that serves once: scanned, kept by the telephone until its answers are sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from enquetes.actions.feuilles import feuille_de

from . import temoin
from .porte import FEUILLE, Refus, montrer_refus, proteger


@require_safe
def feuille(request: HttpRequest, jeton: str) -> HttpResponse:
    """Lead from a slip to its questionnaire, unless it has served."""
    trouvee = feuille_de(jeton)
    if trouvee is None:
        return montrer_refus(request, Refus("lien_inconnu", 404))
    if trouvee.utilisee:
        return montrer_refus(request, Refus("feuille_requise", 403))
    bienvenue = reverse("enquetes:bienvenue", args=[trouvee.acces.jeton])
    page = proteger(redirect(bienvenue))
    page.set_cookie(
        FEUILLE,
        jeton,
        max_age=temoin.DUREE,
        path=bienvenue,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return page
