"""Where devices send: JSON in, JSON out, no cookie read (collecte §2.6)."""

import json
import time
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from enquetes.actions.appareils import porteur
from enquetes.actions.boite import (
    ITEMS_MAX,
    RETARD,
    balayer,
    il_en_reste,
    recevoir,
    renvoyer_depuis,
)
from enquetes.actions.depouillement import traiter
from enquetes.actions.ouvreur import reveiller
from voix.commun.origine import vient_d_ici

RECUE: Final = 202
"""The only status that acknowledges: a captive portal answers 200."""
EN_ATTENTE_MAX: Final = 100_000


class Refuse(Exception):  # noqa: N818  (French names carry no English suffix)
    def __init__(self, statut: int, erreur: str) -> None:
        super().__init__(erreur)
        self.statut, self.erreur = statut, erreur


@csrf_exempt  # no cookie is read here: the bearer token and the Origin take its place
@never_cache
@require_POST
def envois(request: HttpRequest) -> HttpResponse:
    """Commit a batch of sealed answers, acknowledge each, open them once the answer has left."""
    try:
        _exiger_origine(request)
        items, en_attente = _lire(request)
        # Found after the body is read: a refused device must see its answer, not a cut line.
        trouve = porteur(request.headers.get("Authorization", "").removeprefix("Bearer ")[:80])
        if trouve is None:
            raise Refuse(401, "jeton")
        acces, appareil = trouve
        reception = recevoir(items=items, acces=acces, appareil=appareil, en_attente=en_attente)
    except Refuse as refus:
        return _reponse(refus.statut, erreur=refus.erreur)
    except (OperationalError, InterfaceError):
        page = _reponse(503, erreur="occupe")
        page["Retry-After"] = "30"
        return page
    retiree = acces.collecte.version.retiree
    page = _reponse(RECUE, items=reception.issues, renvoyer=renvoyer_depuis(), retiree=retiree)
    _ouvrir_ensuite(page, reception.nouvelles)
    return page


def _exiger_origine(request: HttpRequest) -> None:
    """Refuse another site's page; a client without Origin is no browser and holds the token."""
    if vient_d_ici(request) is False:
        raise Refuse(403, "origine")
    if request.content_type != "application/json":
        raise Refuse(415, "type")


def _lire(request: HttpRequest) -> tuple[list[Any], int | None]:
    """Return the batch, and how many more wait on the device, when it says so."""
    try:
        corps = json.loads(request.body)
    except RequestDataTooBig:
        raise Refuse(413, "taille") from None
    except (SuspiciousOperation, BadRequest, UnreadablePostError):
        raise Refuse(400, "coupe") from None
    except (ValueError, RecursionError):
        raise Refuse(400, "json") from None
    items = corps.get("items") if isinstance(corps, dict) else None
    if not isinstance(items, list):
        raise Refuse(400, "forme")
    if len(items) > ITEMS_MAX:
        raise Refuse(413, "nombre")
    reste = corps.get("reste")
    return items, reste if isinstance(reste, int) and 0 <= reste <= EN_ATTENTE_MAX else None


def _reponse(statut: int, **contenu: Any) -> JsonResponse:
    page = JsonResponse({"voix": 1, "now": int(time.time()), **contenu}, status=statut)
    page["X-Voix"] = "1"
    return page


def _ouvrir_ensuite(page: HttpResponse, nouvelles: Iterable[UUID]) -> None:
    """Open when the server closes the response: the device already has its acknowledgement."""
    identifiants = list(nouvelles)

    def ouvrir() -> None:
        if not settings.OUVREUR_A_PART:
            traiter(identifiants=identifiants)
            balayer(age=RETARD)
        elif identifiants or il_en_reste():
            reveiller()

    page._resource_closers.append(ouvrir)  # type: ignore[attr-defined]  # Django calls them in close()
