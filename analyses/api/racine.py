"""The API as a whole: its addresses, its errors, what every answer carries."""

import json
from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path, reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from voix.comptes.models import Portee

from . import collectes, erreurs, indicateurs, schemas
from .porte import Porteur, Requete

Vue = Callable[..., HttpResponse]


class Francais(JSONRenderer):
    """Writes accents as they are."""

    json_dumps_params = {"ensure_ascii": False}


def _revalidable(vue: Vue) -> Vue:
    """Answer HEAD as GET, « not changed » when nothing has, and a wrong method as JSON."""

    @csrf_exempt  # no cookie opens anything here
    @wraps(vue)
    def servie(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "HEAD":
            request.method = "GET"  # the server leaves the body out
        page = vue(request, *args, **kwargs)
        if page.status_code == _METHODE_REFUSEE:
            permises = page["Allow"]
            page = erreurs.en_json(405, "methode", "Cette adresse se lit seulement (GET).")
            page["Allow"] = f"{permises}, HEAD"
        if page.status_code == _LU:
            page = _refus_d_inconnus(request) or page
        page["Cache-Control"] = "private, no-cache"
        patch_vary_headers(page, ["Authorization"])
        if page.status_code != _LU:
            return page
        etiquette = quote_etag(sha256(page.content).hexdigest()[:32])
        page["ETag"] = etiquette
        return get_conditional_response(request, etag=etiquette, response=page) or page

    return servie


_LU, _METHODE_REFUSEE = 200, 405


def _refus_d_inconnus(request: HttpRequest) -> HttpResponse | None:
    """Refuse a parameter that the address does not take: a slip would silently read something else."""
    ici = request.resolver_match
    permis = _parametres().get(ici.url_name or "" if ici else "", ())
    inconnus = [nom for nom in request.GET if nom not in permis]
    if not inconnus:
        return None
    connus = ", ".join(permis) or "aucun"
    message = f"«\u00a0{inconnus[0][:60]}\u00a0» n’est pas un paramètre de cette adresse. Connus\u00a0: {connus}."
    return erreurs.en_json(422, "parametre", message)


@cache
def _parametres() -> dict[str, tuple[str, ...]]:
    """Return the parameters of each address, by its name."""
    return {
        lu["get"]["operationId"]: tuple(
            p["name"] for p in lu["get"]["parameters"] if p["in"] == "query"
        )
        for lu in schema()["paths"].values()
    }


LISTES: Final = {
    Portee.RESULTATS: ("collectes", "publications"),
    Portee.INDICATEURS: ("programmes", "territoires", "definitions"),
}
"""Where a program may start, by scope."""


class ApiVoix(NinjaAPI):
    """django-ninja, with answers that can be asked again and refusals that are all JSON."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        adresses = super()._get_urls()
        for adresse in adresses:
            if isinstance(adresse, URLPattern):
                adresse.callback = _revalidable(adresse.callback)
        # Any sign, a line break too: what is not an address of the API is refused as JSON.
        return [*adresses, re_path(r"^[\s\S]*$", _revalidable(erreurs.inconnue), name="inconnue")]


api = ApiVoix(
    title="Voix",
    version="1",
    description=(
        "Lecture seule. Des tableaux protégés, des indicateurs et des publications\u00a0: ce que "
        "montrent les pages, jamais une réponse. Un jeton personnel ouvre tout\u00a0; il se crée dans "
        "Voix, «\u00a0Mes jetons\u00a0»."
    ),
    docs_url=None,  # its page would be a second look, which loads scripts; the guide is docs/api.md
    urls_namespace="api",
    renderer=Francais(),
)
erreurs.poser(api)
api.add_router("", collectes.routes)
api.add_router("", indicateurs.routes)


@api.get(
    "/",
    auth=Porteur(),
    response={200: schemas.Accueil, **schemas.REFUS},
    summary="Ce que votre jeton ouvre",
)
def accueil(request: Requete) -> dict[str, Any]:
    jeton = request.auth
    noms = [nom for portee, noms in LISTES.items() if jeton.ouvre(portee) for nom in noms]
    return {
        "jeton": jeton.nom,
        "portees": jeton.portees,
        "expire_le": jeton.expire_le,
        "adresses": {n: request.build_absolute_uri(reverse(f"api:{n}")) for n in noms},
    }


def schema() -> dict[str, Any]:
    """Return the OpenAPI document, for the page that lists the addresses and for tests."""
    lu: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
    return lu
