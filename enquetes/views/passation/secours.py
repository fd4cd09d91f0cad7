"""When something goes wrong on a respondent's page: a short page, and nothing typed is lost."""

import logging
from collections.abc import Callable
from typing import Final

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from .bords import abandonner, lien_inconnu
from .effacement import effacer
from .etapes import EtapeView
from .porte import Refus, montrer_refus

JOURNAL = logging.getLogger(__name__)
MORCEAU: Final = 65_536
PATIENCE: Final = {"Retry-After": "30"}
LU_AU_PLUS: Final = 32_000_000
"""A refused body is read up to here, so that the browser shows the page and not a broken line."""

SANS_PREUVE: Final = _(
    "Votre téléphone n’a pas gardé de quoi continuer. Appuyez encore une fois sur le bouton. "
    "Si ce message revient, autorisez les cookies, ou répondez sur un autre téléphone ou sur papier."
)

etape_sans_preuve = EtapeView.as_view(
    [("page", forms.Form)],
    url_name="enquetes:etape",
    done_step_name="fin",
    message=SANS_PREUVE,
)

SANS_PREUVE_REMONTRENT: Final[dict[str, Callable[..., HttpResponseBase]]] = {
    "enquetes:etape": etape_sans_preuve,
    "enquetes:abandonner": abandonner,
    "enquetes:effacer": effacer,
}
"""What is shown again when a form comes without its proof."""


def _est_a_un_repondant(request: HttpRequest) -> bool:
    return request.path_info.startswith(("/r/", "/effacer/", "/rejoindre/"))


class SecoursMiddleware:
    """Answers what Django would answer with a bare or a technical page."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and _est_a_un_repondant(request):
            refus = self._refus(request)
            if refus is not None:
                return refus
        return self.suite(request)

    def _refus(self, request: HttpRequest) -> HttpResponse | None:
        """Read the form here, where everything that can be wrong with it has its page."""
        if not request.path_info.endswith("/"):
            return lien_inconnu(request)
        try:
            if int(request.META.get("CONTENT_LENGTH") or 0) > (
                settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
            ):
                raise RequestDataTooBig
            request.POST  # noqa: B018  (reading it is the point)
        except RequestDataTooBig:
            _vider(request)
            return montrer_refus(request, Refus("trop_long", 413, {"retour": request.path}))
        except (SuspiciousOperation, BadRequest, MultiPartParserError, ValueError):
            return montrer_refus(request, Refus("mal_recu", 400, {"retour": request.path}))
        except UnreadablePostError:  # the line was cut: nobody reads this page
            return montrer_refus(request, Refus("mal_recu", 400, {"retour": request.path}))
        return None

    def process_exception(self, request: HttpRequest, erreur: Exception) -> HttpResponse | None:
        """Say that the database cannot answer now; to a respondent, offer to send the same again."""
        if not isinstance(erreur, OperationalError | InterfaceError):
            return None
        if _est_a_un_repondant(request):
            return occupe(request, erreur)
        _noter(erreur)
        return HttpResponse(render_to_string("503.html"), status=503, headers=PATIENCE)


def _noter(erreur: Exception) -> None:
    JOURNAL.error("Base de données indisponible\u00a0: %s", type(erreur).__name__)


def _vider(request: HttpRequest) -> None:
    lu = 0
    try:
        while lu < LU_AU_PLUS and (morceau := request.read(MORCEAU)):
            lu += len(morceau)
    except UnreadablePostError:
        JOURNAL.info("Envoi trop long, coupé.")


def occupe(request: HttpRequest, erreur: Exception) -> HttpResponse:
    """Keep what was typed in the page itself: one button sends it again."""
    _noter(erreur)
    saisie = [(nom, valeur) for nom, valeurs in request.POST.lists() for valeur in valeurs]
    contexte = {"adresse": request.get_full_path(), "saisie": saisie}
    page = montrer_refus(request, Refus("occupe", 503, contexte))
    page["Retry-After"] = PATIENCE["Retry-After"]
    return page


def refus_csrf(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Show the same form again, with what was typed and a fresh proof; nothing was stored."""
    try:
        page = _redemander(request)
    except (OperationalError, InterfaceError) as erreur:
        return occupe(request, erreur)
    if page is None:
        return render(request, "403_csrf.html", status=403)
    if page.status_code < 300:  # noqa: PLR2004  (a page, not a redirection or a refusal)
        page.status_code = 403
    return page


def _redemander(request: HttpRequest) -> HttpResponseBase | None:
    try:
        trouve = resolve(request.path_info)
    except Resolver404:
        return None
    vue = SANS_PREUVE_REMONTRENT.get(trouve.view_name)
    if vue is None:
        return None
    if vue is not etape_sans_preuve:
        request.method = "GET"  # the page is shown, nothing is done
    return vue(request, **trouve.kwargs)
