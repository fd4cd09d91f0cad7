"""Lists, a page at a time, always in the same form."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Schema

from .erreurs import introuvable

PAR_PAGE: Final = 50
PAR_PAGE_MAX: Final = 100
PAGE_MAX: Final = 1_000_000
T = TypeVar("T")


class Pagination(Schema):
    """Which page is asked for."""

    page: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 1
    par_page: Annotated[int, Query(ge=1, le=PAR_PAGE_MAX)] = PAR_PAGE


def paginer(
    requete: HttpRequest,
    tous: "QuerySet[Any] | Sequence[Any]",
    pagination: Pagination,
    rendre: Callable[[Any], T],
) -> dict[str, Any]:
    """Return a page, with where the next one is; past the last one is a refusal, not a void."""
    total = tous.count() if isinstance(tous, QuerySet) else len(tous)
    page, par_page = pagination.page, pagination.par_page
    nombre = max(1, -(-total // par_page))
    if page > nombre:
        raise introuvable(f"Il n’y a {f'que {nombre} pages' if nombre > 1 else 'qu’une page'}.")
    debut = (page - 1) * par_page
    return {
        "total": total,
        "page": page,
        "pages": nombre,
        "suivante": _suivante(requete, page + 1) if page < nombre else None,
        "resultats": [rendre(un) for un in tous[debut : debut + par_page]],
    }


def _suivante(requete: HttpRequest, page: int) -> str:
    parametres = requete.GET.copy()
    parametres["page"] = str(page)
    return requete.build_absolute_uri(f"{requete.path}?{parametres.urlencode()}")
