"""The pages of errors, said to whom reads them: staff have neither a link nor answers of their own."""

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from voix.comptes.menu import est_a_l_equipe
from voix.comptes.mots_perdus import perdus


def _page(request: HttpRequest, code: int, **autre: object) -> HttpResponse:
    contexte = {"equipe": est_a_l_equipe(request)} | autre
    return HttpResponse(render_to_string(f"{code}.html", contexte), status=code)


def incomprise(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Give back what was typed, where it could be read."""
    try:
        mots = perdus(request)
    except (SuspiciousOperation, BadRequest):
        mots = {}
    page = _page(request, 400, **mots)
    add_never_cache_headers(page)
    return page


def introuvable(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def en_panne(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)
