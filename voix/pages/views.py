"""Pages that need no model."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from enquetes.views.passation import langues

PAGES = (
    ("accueil", ""),
    ("mentions", "mentions"),
)
"""In French: what Voix is and who answers for it."""

PAGES_DES_REPONDANTS = (
    ("aide", "aide"),
    ("trouver_aide", "aide/ou"),
    ("vie_privee", "vie-privee"),
    ("accessibilite", "accessibilite"),
)
"""In the languages of respondents, and as light as their pages."""


def page(nom: str) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of one public page."""

    @require_safe
    def vue(request: HttpRequest) -> HttpResponse:
        return render(request, f"pages/{nom}.html", {"mentions": settings.MENTIONS})

    return vue


def page_des_repondants(nom: str) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of a page that respondents open from a question."""

    @require_safe
    def vue(request: HttpRequest) -> HttpResponse:
        offertes = [code for code, _nom in settings.LANGUAGES]
        langue = langues.choisir(request, offertes)
        contexte = langues.contexte(langue, offertes) | {"retour": questionnaire_quitte(request)}
        with translation.override(langue):
            return render(request, f"pages/{nom}.html", contexte)

    return vue


def questionnaire_quitte(request: HttpRequest) -> str:
    """Return the address of the question one comes from, or nothing.

    Browsers give it inside our own site only (Referrer-Policy); a forged one leads nowhere else.
    """
    venue = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(venue, allowed_hosts={request.get_host()}):
        return ""
    lue = urlsplit(venue)
    suite = (
        f"?{lue.query}" if lue.query else ""
    )  # its language; from the summary, the way back to it
    return f"{lue.path}{suite}" if lue.path.startswith("/r/") else ""
