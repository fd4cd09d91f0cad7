"""What Django answers with an empty page, said to whom reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from voix.comptes.menu import est_a_l_equipe


class MethodeRefuseeMiddleware:
    """An address of a button that is opened as a link (a reload, a bookmark) gets a page, not a blank."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        page = self.suite(request)
        if isinstance(page, HttpResponseNotAllowed) and not page.content:
            _remplir(page, request)
        return page


def _remplir(page: HttpResponse, request: HttpRequest) -> None:
    page.content = render_to_string("405.html", {"equipe": est_a_l_equipe(request)}).encode()
