"""Definitions and measures of the indicators of programmes and territoires."""

from typing import Any

from django.urls import reverse
from ninja import Query, Router

from analyses.indicateurs.catalogue import catalogue
from analyses.indicateurs.indicateur import Indicateur
from analyses.mesures import (
    Perimetre,
    mesurer_tout,
    perimetre_du_programme,
    perimetre_du_territoire,
)
from analyses.models import IndicateurPropre, Programme
from analyses.models.participation.lieux import territoires_lus, territoires_suivis
from voix.comptes.models import Portee, Territoire

from . import schemas
from .erreurs import introuvable
from .lieux import nommer, territoire_nomme
from .pages import Pagination, paginer
from .porte import Porteur, Requete, compte_de

routes = Router(auth=Porteur(Portee.INDICATEURS), tags=["Indicateurs"])


@routes.get(
    "/indicateurs",
    response={200: schemas.Page[schemas.Definition], **schemas.REFUS},
    summary="Les définitions\u00a0: fournies, puis les vôtres",
)
def definitions(request: Requete, pagination: Query[Pagination]) -> dict[str, Any]:
    propres = [propre.lu() for propre in IndicateurPropre.visibles_par(compte_de(request))]
    return paginer(request, [*catalogue(), *propres], pagination, _definir)


@routes.get(
    "/programmes",
    response={200: schemas.Page[schemas.Programme], **schemas.REFUS},
    summary="Les programmes de vos territoires",
)
def programmes(request: Requete, pagination: Query[Pagination]) -> dict[str, Any]:
    visibles = Programme.visibles_par(compte_de(request))
    return paginer(request, visibles, pagination, lambda un: _resumer(request, un))


@routes.get(
    "/programmes/{slug:nom}",
    response={200: schemas.ProgrammeDetaille, **schemas.REFUS},
    summary="Un programme et ses territoires",
)
def programme(request: Requete, nom: str) -> dict[str, Any]:
    trouve = _programme(request, nom)
    membres = perimetre_du_programme(trouve).territoires
    return _resumer(request, trouve) | {"territoires": [nommer(membre) for membre in membres]}


@routes.get(
    "/programmes/{slug:nom}/indicateurs",
    response={200: schemas.Page[schemas.Mesure], **schemas.REFUS},
    summary="Les indicateurs d’un programme, avec k et N",
)
def mesures_du_programme(
    request: Requete, nom: str, pagination: Query[Pagination]
) -> dict[str, Any]:
    return _mesures(request, perimetre_du_programme(_programme(request, nom)), pagination)


@routes.get(
    "/territoires",
    response={200: schemas.Page[schemas.Territoire], **schemas.REFUS},
    summary="Vos territoires qui sont dans un programme, ou qui tiennent un registre",
)
def territoires(request: Requete, pagination: Query[Pagination]) -> dict[str, Any]:
    def resumer(un: Territoire) -> dict[str, Any]:
        chemin = reverse("api:mesures_du_territoire", args=[nommer(un)["code"]])
        return nommer(un) | {"indicateurs": request.build_absolute_uri(chemin)}

    return paginer(request, territoires_suivis(compte_de(request)), pagination, resumer)


@routes.get(
    "/territoires/{slug:lieu}/indicateurs",
    response={200: schemas.Page[schemas.Mesure], **schemas.REFUS},
    summary="Les indicateurs d’un territoire, avec k et N",
)
def mesures_du_territoire(
    request: Requete, lieu: str, pagination: Query[Pagination]
) -> dict[str, Any]:
    trouve = territoire_nomme(territoires_lus(compte_de(request)), lieu)
    if trouve is None:
        raise introuvable("Ce territoire n’est pas de ceux que vous lisez.")
    return _mesures(request, perimetre_du_territoire(trouve), pagination)


def _programme(requete: Requete, nom: str) -> Programme:
    trouve = Programme.visibles_par(compte_de(requete)).filter(nom=nom).first()
    if trouve is None:
        raise introuvable("Ce programme n’est pas de ceux que vous lisez.")
    return trouve


def _mesures(requete: Requete, perimetre: Perimetre, pagination: Pagination) -> dict[str, Any]:
    return paginer(requete, mesurer_tout(perimetre), pagination, lambda une: une.en_json())


def _resumer(requete: Requete, un: Programme) -> dict[str, Any]:
    chemin = reverse("api:mesures_du_programme", args=[un.nom])
    return {
        "nom": un.nom,
        "titre": un.titre,
        "territoire": nommer(un.territoire),
        "fictif": un.fictif,
        "indicateurs": requete.build_absolute_uri(chemin),
    }


def _definir(un: Indicateur) -> dict[str, Any]:
    return {
        "code": un.code,
        "nom": un.nom,
        "groupe": un.groupe,
        "definition": un.definition,
        "formule": un.formule,
        "unite": un.unite.code,
        "forme": un.forme.value,
        "objectif": un.objectif,
        "sens": un.sens.value,
        "base_min": un.base_min,
        "ambigu": un.ambigu,
        "absent": un.absent,
        "source": un.source,
    }
