"""Pages that need no model."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from enquetes.views.passation import langues
from enquetes.views.passation.adresses import VENUE_DE

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
        retour = questionnaire_quitte(request)
        contexte = langues.contexte(langue, offertes) | {"retour": retour, "langue_et": ""}
        if retour:  # one more tap, and the browser would only tell of a page of help
            contexte["langue_et"] = f"&{urlencode({VENUE_DE: retour})}"
        with translation.override(langue):
            return render(request, f"pages/{nom}.html", contexte)

    return vue


def questionnaire_quitte(request: HttpRequest) -> str:
    """Return the address of the question one comes from, or nothing.

    The pages of help say it to each other; the first is told by the browser, inside our own site
    only (Referrer-Policy). A forged one leads nowhere else.
    """
    dite = request.GET.get(VENUE_DE, "")
    if _mene_a_un_questionnaire(dite):
        return dite
    venue = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(venue, allowed_hosts={request.get_host()}):
        return ""
    lue = urlsplit(venue)
    # Its language; from the summary, the way back to it.
    suite = f"?{lue.query}" if lue.query else ""
    return f"{lue.path}{suite}" if _mene_a_un_questionnaire(lue.path) else ""


def _mene_a_un_questionnaire(adresse: str) -> bool:
    local = url_has_allowed_host_and_scheme(adresse, allowed_hosts=None)
    return local and adresse.startswith("/r/") and ".." not in adresse
