"""When something goes wrong on a respondent's page: a short page, and nothing typed is lost."""

import logging
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
)
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from enquetes.champs.base import COMPTE_AU_PLUS, nettoyer
from enquetes.views.kiosque.appareil import debut, retourner_par_silence
from voix.commun.origine import est_d_une_page_d_ici
from voix.comptes.menu import est_a_l_equipe
from voix.comptes.mots_perdus import ESPACE, perdus

from . import reception
from .bords import abandonner, lien_inconnu
from .effacement import effacer
from .etapes import EtapeView
from .porte import Refus, montrer_refus

JOURNAL = logging.getLogger(__name__)
PARTAGE: Final = "/k/"
A_CODE: Final = ("/effacer/", "/rejoindre/", "/carte/")
"""Pages that ask for a code only."""
A_DONNEES: Final = ("/o/", "/api/")
"""Addresses that take something else than forms, and read it themselves."""
MORCEAU: Final = 65_536
PATIENCE: Final = {"Retry-After": "30"}
RELU_AU_PLUS: Final = 32_000_000
"""Bytes of a body that is too big, and of which the beginning is kept: ten megabytes of text, in any
alphabet. A form writes three signs for each byte of an accent or of an Arabic letter.
"""
GARDE_AU_PLUS: Final = COMPTE_AU_PLUS + 1
"""Signs of each field of a body that is too big: enough for the field to say that it is."""
BRUT_AU_PLUS: Final = 8 * GARDE_AU_PLUS
"""As many as they may be before being cleaned: two for a line end, an accent or more a letter."""
ECRIT_AU_PLUS: Final = 12 * BRUT_AU_PLUS
"""Bytes that a form needs to write them, at the most: four for a sign, three for each."""
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
    return request.path_info.startswith(("/r/", "/k/", *A_CODE))


class SecoursMiddleware:
    """Answers what Django would answer with a bare or a technical page."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST":
            lire = self._refus if _est_a_un_repondant(request) else _refus_de_l_equipe
            refus = lire(request)
            if refus is not None:
                return refus
        return self.suite(request)

    def _refus(self, request: HttpRequest) -> HttpResponse | None:
        """Read the form here, where everything that can be wrong with it has its page."""
        if not request.path_info.endswith("/"):
            return lien_inconnu(request)
        try:
            if _longueur(request) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0):
                garder_le_debut(request)
            if not reception.est_entier(request):
                return montrer_refus(request, Refus("mal_recu", 400, _d_ou(request)))
            request.POST  # noqa: B018  (reading it is the point)
        except RequestDataTooBig:
            _vider(request)
            return montrer_refus(request, Refus("trop_long", 413, _d_ou(request)))
        except (SuspiciousOperation, BadRequest, MultiPartParserError, ValueError):
            return montrer_refus(request, Refus("mal_recu", 400, _d_ou(request)))
        except UnreadablePostError:  # the line was cut: nobody reads this page
            return montrer_refus(request, Refus("mal_recu", 400, _d_ou(request)))
        return None

    def process_exception(self, request: HttpRequest, erreur: Exception) -> HttpResponse | None:
        """Say that the database cannot answer now; to a respondent, offer to send the same again."""
        if not isinstance(erreur, OperationalError | InterfaceError):
            return None
        if _est_a_un_repondant(request):
            return occupe(request, erreur)
        _noter(erreur)
        contexte = {"equipe": est_a_l_equipe(request)} | perdus(request)
        page = HttpResponse(render_to_string("503.html", contexte), status=503, headers=PATIENCE)
        add_never_cache_headers(page)
        return page


def _d_ou(request: HttpRequest) -> dict[str, object]:
    """Return where to go back to, and whether it is a code or a question that is asked there."""
    return {"retour": request.path, "code": request.path_info.startswith(A_CODE)}


def _longueur(request: HttpRequest) -> int:
    return int(request.META.get("CONTENT_LENGTH") or 0)


def garder_le_debut(request: HttpRequest) -> None:
    """Put the beginning of each field in place of a body that is too big to be read as it is.

    The page of the question then says that it is too long, and shows what it has of it. Raise
    ``RequestDataTooBig`` where there is no such page, or where it is too big even for that.
    """
    if request.path_info.startswith(A_CODE) or _longueur(request) > RELU_AU_PLUS:
        raise RequestDataTooBig
    if request.content_type != reception.ECRIT:
        raise RequestDataTooBig
    courts = [
        (nom, _court(valeur, entier=len(debut) < ECRIT_AU_PLUS))
        for debut in _debuts(request)
        for nom, valeurs in QueryDict(bytes(debut), encoding=request.encoding).lists()
        for valeur in valeurs
    ]
    # What Django reads the form from, once the body has been read: it has no public name.
    request._body = urlencode(courts).encode()
    request.META["CONTENT_LENGTH"] = str(len(request._body))


def _debuts(request: HttpRequest) -> list[bytearray]:
    """Read a body piece by piece, and keep the beginning of each field as it is written."""
    debuts, lu = [bytearray()], 0
    while morceau := request.read(MORCEAU):
        lu += len(morceau)
        suite, *autres = morceau.split(b"&")
        debuts[-1] += suite[: ECRIT_AU_PLUS - len(debuts[-1])]
        debuts += map(bytearray, autres)
        if len(debuts) > (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or 0):
            raise TooManyFieldsSent
    if lu < _longueur(request):
        raise BadRequest  # cut on its way: what is missing is no answer
    return debuts


def _court(valeur: str, *, entier: bool) -> str:
    """Return the beginning of a field; refuse one whose end, not read, could be all that it says."""
    court = nettoyer(valeur.strip()[:BRUT_AU_PLUS])[:GARDE_AU_PLUS]
    if not entier and len(court) < GARDE_AU_PLUS:
        raise RequestDataTooBig
    return court


def _refus_de_l_equipe(request: HttpRequest) -> HttpResponse | None:
    """Say in French what Django would say in English, and never with a trace."""
    try:
        # Files come by pieces: they are read as they come, and are checked for what they are.
        if request.content_type != reception.EN_MORCEAUX and not _est_entier(request):
            raise BadRequest
        request.POST  # noqa: B018  (reading it is the point)
    except RequestDataTooBig:
        return _trop_long_de_l_equipe(request)
    except (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError):
        contexte = {"equipe": est_a_l_equipe(request)}
        return HttpResponse(render_to_string("400.html", contexte), status=400)
    return None


def _trop_long_de_l_equipe(request: HttpRequest) -> HttpResponse:
    """Say that it is too long, with the beginning of each text where a page of ours sent it."""
    lus: dict[str, object] = {}
    if request.path_info.startswith(ESPACE) and est_d_une_page_d_ici(request):
        try:
            garder_le_debut(request)
            lus = perdus(request)
        except (RequestDataTooBig, SuspiciousOperation, BadRequest, UnreadablePostError):
            JOURNAL.info("Envoi trop long de l’équipe, dont rien n’est gardé.")
    _vider(request)
    page = HttpResponse(render_to_string("413.html", lus), status=413)
    add_never_cache_headers(page)
    return page


def _est_entier(request: HttpRequest) -> bool:
    return request.path_info.startswith(A_DONNEES) or reception.est_entier(request)


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
    if request.path_info.startswith(PARTAGE):  # what was typed must not wait for the next person
        retourner_par_silence(page, _jeton(request))
    return page


def _jeton(request: HttpRequest) -> str:
    return request.path_info.split("/")[2]


def refus_csrf(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Show the same form again, with what was typed and a fresh proof; nothing was stored."""
    try:
        page = _redemander(request)
    except (OperationalError, InterfaceError) as erreur:
        return occupe(request, erreur)
    if page is None and request.path_info.startswith(PARTAGE):
        return montrer_refus(
            request, Refus("partage_perime", 403, {"debut": debut(_jeton(request))})
        )
    if page is None:
        contexte = {"equipe": est_a_l_equipe(request)} | perdus(request)
        page = render(request, "403_csrf.html", contexte, status=403)
        add_never_cache_headers(page)
        return page
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
