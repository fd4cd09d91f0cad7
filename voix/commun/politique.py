"""The Content-Security-Policy, made once: it is the same for every page (no nonce is used)."""

from collections.abc import Callable
from functools import cache
from typing import Final

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirectBase

from . import inclus

DIT_D_UN_DOCUMENT: Final = (
    HEADER,
    "Content-Type",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "X-Robots-Tag",
)
"""Headers that rule a document. « Cross-Origin-Opener-Policy » is not one: it holds on the way too."""


@cache
def _politique() -> str:
    return str(build_policy())


@cache
def _stricte(style: str) -> str:
    regles = {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
        "img-src": "data:",
        "script-src": inclus.source_csp(inclus.script()),
        "style-src": inclus.source_csp(style),
    }
    return ";".join(f"{nom} {valeur}" for nom, valeur in regles.items())


def poser(page: HttpResponseBase) -> None:
    """Set the policy on a page that is answered often: making it again cost 70 µs a page.

    A page that has its own keeps it.
    """
    page.headers.setdefault(HEADER, _politique())


def poser_stricte(page: HttpResponseBase, style: str) -> None:
    """Set the policy of a step, sent ten times: shorter, since the page calls for nothing."""
    page[HEADER] = _stricte(style)


class PolitiqueMiddleware(CSPMiddleware):
    """django-csp, which leaves alone the pages that already carry the policy."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if HEADER in response:
            return response
        return super().process_response(request, response)


class RedirectionMiddleware:
    """Take off a redirection what is said of a document: it has none, and each answer brings one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        page = self.get_response(request)
        if isinstance(page, HttpResponseRedirectBase) and not page.content:
            for nom in DIT_D_UN_DOCUMENT:
                page.headers.pop(nom, None)
        return page
