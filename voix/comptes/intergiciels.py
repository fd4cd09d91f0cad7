"""What only the staff's pages need: a respondent has no account, no session and no message.

Leaving it out of their pages says so in code, and costs them nothing.
"""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from .mots_perdus import perdus

REPONDANTS: Final = "/r/"
CONNEXION: Final = "account_login"


class _HorsRepondants:
    """Leaves the pages of respondents alone."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(REPONDANTS):
            page: HttpResponseBase = self.get_response(request)
        else:
            page = super().__call__(request)  # type: ignore[misc]  # a mixin of a middleware
        return page


class Session(_HorsRepondants, SessionMiddleware):
    pass


class Compte(_HorsRepondants, AuthenticationMiddleware):
    pass


class Messages(_HorsRepondants, MessageMiddleware):
    pass


class SessionFinie:
    """Shows what they had typed to whoever is no longer signed in: the page of sign-in would lose it."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        page = self.suite(request)
        if request.path_info.startswith(REPONDANTS) or not isinstance(page, HttpResponseRedirect):
            return page
        vers = urlsplit(page.url).path
        return (vers == reverse(CONNEXION) and _rendre_les_mots(request)) or page


def _rendre_les_mots(request: HttpRequest) -> HttpResponse | None:
    lus = perdus(request)
    if not lus:
        return None
    contexte = lus | {"connexion": redirect_to_login(lus["retour"]).url, "equipe": True}
    page = render(request, "comptes/deconnecte.html", contexte, status=403)
    add_never_cache_headers(page)
    return page
