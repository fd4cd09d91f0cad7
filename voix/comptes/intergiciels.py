"""What only the staff's pages need: a respondent has no account, no session and no message.

Leaving it out of their pages says so in code, and costs them nothing.
"""

from typing import Any, Final

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

REPONDANTS: Final = "/r/"


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
