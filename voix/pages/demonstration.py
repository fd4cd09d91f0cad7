"""Where DEBUG is on, a wrong address shows the page that everybody would read, not Django's own."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from .erreurs import introuvable


class PageIntrouvable:
    """Middleware of the demonstration; in production Django does the same by itself."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.suite(request)
        if reponse.status_code == 404 and request.resolver_match is None:  # noqa: PLR2004  (not found)
            return introuvable(request, Http404())
        return reponse

    def process_exception(self, request: HttpRequest, erreur: Exception) -> HttpResponse | None:
        return introuvable(request, erreur) if isinstance(erreur, Http404) else None
