"""The door of every staff page: signed in, holding the droit, told plainly when not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from voix.commun.erreurs import AccesRefuse, ErreurVoix
from voix.comptes.models import Compte
from voix.comptes.mots_perdus import perdus
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit


class RequeteEquipe(HttpRequest):
    """A request of somebody who is signed in."""

    user: Compte


Vue = Callable[Concatenate[RequeteEquipe, ...], HttpResponse]


def preuve_recente(vue: Vue) -> Vue:
    """Ask whoever sits there for a proof of the last minutes first: what it does would outlast the session."""
    gardee: Vue = reauthentication_required(vue)
    return gardee


def droit_requis(droit: Droit) -> Callable[[Vue], Callable[..., HttpResponse]]:
    """Open a view only to accounts that hold ``droit`` somewhere.

    What they may do *here* is checked by the view and by the action; a refusal of the domain
    becomes a page that says what to do, never a 500.
    """

    def decorer(vue: Vue) -> Callable[..., HttpResponse]:
        @never_cache
        @login_required
        @wraps(vue)
        def gardee(request: RequeteEquipe, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                if not perimetre_de(request.user, droit).est_ouvert:
                    raise AccesRefuse(
                        "Votre rôle ne donne pas accès à cette page. "
                        "Demandez à la coordination de votre territoire."
                    )
                return vue(request, *args, **kwargs)
            except ErreurVoix as erreur:
                return page_de_refus(request, erreur)

        return gardee

    return decorer


def page_de_refus(request: HttpRequest, erreur: ErreurVoix) -> HttpResponse:
    """Render the page that explains a refusal: 403 for a right, 409 for a state or an input."""
    statut = 403 if isinstance(erreur, AccesRefuse) else 409
    contexte = {"message": erreur.message} | perdus(request)
    return render(request, "comptes/refus.html", contexte, status=statut)
