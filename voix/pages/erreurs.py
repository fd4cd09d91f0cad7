"""The pages of errors, said to whom reads them: staff have neither a link nor answers of their own."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from voix.comptes.menu import est_a_l_equipe


def _page(request: HttpRequest, code: int) -> HttpResponse:
    contexte = {"equipe": est_a_l_equipe(request)}
    return HttpResponse(render_to_string(f"{code}.html", contexte), status=code)


def incomprise(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400)


def introuvable(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def en_panne(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)
