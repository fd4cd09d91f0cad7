"""What reports and files of indicators are made of: a programme or a territoire that one may read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from analyses.mesures import Perimetre, perimetre_du_programme, perimetre_du_territoire
from analyses.models import Programme
from analyses.models.participation.lieux import territoires_lus
from voix.comptes.models import Territoire
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

Lieu = Programme | Territoire
Vue = Callable[..., HttpResponse]


def un_programme(request: RequeteEquipe, nom: str) -> Programme:
    """Return a programme that the account may read, or 404."""
    trouve: Programme = get_object_or_404(Programme.visibles_par(request.user), nom=nom)
    return trouve


def un_territoire(request: RequeteEquipe, pk: int) -> Territoire:
    """Return a territoire that the account may read, or 404."""
    return get_object_or_404(territoires_lus(request.user), pk=pk)


def perimetre_du_lieu(lieu: Lieu) -> Perimetre:
    """Return what is counted together there."""
    if isinstance(lieu, Programme):
        return perimetre_du_programme(lieu)
    return perimetre_du_territoire(lieu)


def adresse(quoi: str, lieu: Lieu, *suite: str) -> str:
    """Return the address of a page of that place; with no ``quoi``, of its indicators."""
    de = f"{quoi}_" if quoi else ""
    if isinstance(lieu, Programme):
        return reverse(f"analyses:{de}programme", args=[lieu.nom, *suite])
    return reverse(f"analyses:{de}territoire", args=[lieu.pk, *suite])


def nom_de_fichier(lieu: Lieu) -> str:
    """Return how files of that place are named."""
    return lieu.nom if isinstance(lieu, Programme) else lieu.code


def des_deux(vue: Vue) -> tuple[Vue, Vue]:
    """Return the view of a programme, then that of a territoire, for whoever reads registers.

    ``vue`` takes the request, the place, and what its address says further.
    """

    @droit_requis(Droit.LIRE_REGISTRES)
    @wraps(vue)
    def d_un_programme(request: RequeteEquipe, programme: str, **suite: Any) -> HttpResponse:
        return vue(request, un_programme(request, programme), **suite)

    @droit_requis(Droit.LIRE_REGISTRES)
    @wraps(vue)
    def d_un_territoire(request: RequeteEquipe, territoire: int, **suite: Any) -> HttpResponse:
        return vue(request, un_territoire(request, territoire), **suite)

    return d_un_programme, d_un_territoire
