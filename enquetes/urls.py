"""Addresses of enquetes: respondents' pages under ``/r/``, the staff's under ``/espace/``."""

from uuid import UUID

from django import forms
from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter
from django.urls.converters import StringConverter, UUIDConverter

from .views import (
    affiches,
    apercus,
    appareils,
    collectes,
    conduite,
    hors_ligne,
    importation,
    liens,
    mains_levees,
    quarantaine,
    questionnaires,
    rapports,
    seances,
)
from .views.boite import envois
from .views.passation.bords import abandonner, bienvenue, lien_inconnu, merci
from .views.passation.effacement import effacer
from .views.passation.etapes import EtapeView
from .views.rejoindre import rejoindre


class UUID4Converter(UUIDConverter):
    """Random identifiers only: another version could carry a time or an address."""

    def to_python(self, value: str) -> UUID:
        identifiant = UUID(value)
        if identifiant.version != 4:  # noqa: PLR2004  (the version of a random UUID)
            raise ValueError(value)
        return identifiant


class JetonConverter(StringConverter):
    """The signs of a token and no other: what PostgreSQL refuses never reaches it."""

    regex = "[A-Za-z0-9_-]{1,64}"


register_converter(UUID4Converter, "uuid4")
register_converter(JetonConverter, "jeton")

app_name = "enquetes"
passation = [
    path("r/<jeton:jeton>/", bienvenue, name="bienvenue"),
    path("r/<jeton:jeton>/<uuid4:identifiant>/merci/", merci, name="merci"),
    path("r/<jeton:jeton>/<uuid4:identifiant>/effacer/", abandonner, name="abandonner"),
    path(
        "r/<jeton:jeton>/<uuid4:identifiant>/<slug:step>/",
        EtapeView.as_view([("page", forms.Form)], url_name="enquetes:etape", done_step_name="fin"),
        name="etape",
    ),
    # Whatever else looks like a link: a short page, whatever the settings.
    re_path(r"^r/(?:.*/)?$", lien_inconnu, name="lien_inconnu"),
    path("effacer/", effacer, name="effacer"),
    path("rejoindre/", rejoindre, name="rejoindre"),
    path("o/envois/", envois, name="envois"),
    path("o/heure/", hors_ligne.heure, name="heure"),
    path("o/sw.js", hors_ligne.service_worker, name="service_worker"),
    path("o/a/<slug:empreinte>/<str:nom>", hors_ligne.ressource, name="ressource"),
    path("o/<jeton:jeton>/", hors_ligne.choisir_langue, name="hors_ligne_langue"),
    path("o/<jeton:jeton>/preparer/", hors_ligne.preparer, name="preparer_appareil"),
    path("o/<jeton:jeton>/<slug:langue>/", hors_ligne.document, name="hors_ligne"),
]

_questionnaires: list[URLPattern | URLResolver] = [
    path("", questionnaires.bibliotheque, name="questionnaires"),
    path("ecrire/", importation.ecrire, name="ecrire_questionnaire"),
    path("exemple.yaml", importation.exemple, name="exemple_questionnaire"),
    path("importer/", importation.importer, name="importer_questionnaire"),
    path("<int:version>/", questionnaires.questionnaire, name="questionnaire"),
    path("<int:version>/apercu/<slug:etape>/", apercus.page, name="apercu_page"),
]

_collecte: list[URLPattern | URLResolver] = [
    path("", collectes.collecte, name="collecte"),
    path("apercu/", apercus.accueil, name="apercu_accueil"),
    path("modifier/", collectes.modifier, name="modifier_collecte"),
    path("ouvrir/", conduite.conduire, {"geste": "ouvrir"}, name="ouvrir_collecte"),
    path("pause/", conduite.conduire, {"geste": "pause"}, name="mettre_en_pause"),
    path("reprendre/", conduite.conduire, {"geste": "reprendre"}, name="reprendre_collecte"),
    path("clore/", conduite.clore, name="clore_collecte"),
    path("supprimer/", conduite.abandonner, name="abandonner_collecte"),
    path("releve/", conduite.relever, name="arreter_releve"),
    path("fin/", conduite.prolonger, name="prolonger_collecte"),
    path("affiches/", affiches.affiches, name="affiches"),
    path("liens/", liens.ajouter_liens, name="ajouter_liens"),
    path("liens/<int:lien>/", liens.lien, name="lien"),
    path("liens/<int:lien>/affiche/", affiches.affiche, name="affiche"),
    path("liens/<int:lien>/qr.svg", affiches.qr, name="qr"),
    path(
        "liens/<int:lien>/fermer/",
        liens.changer_lien,
        {"geste": "fermer"},
        name="fermer_lien",
    ),
    path(
        "liens/<int:lien>/rouvrir/",
        liens.changer_lien,
        {"geste": "rouvrir"},
        name="rouvrir_lien",
    ),
]

_seance: list[URLPattern | URLResolver] = [
    path("", seances.seance, name="seance"),
    path("ouvrir/", seances.conduire, {"geste": "ouvrir"}, name="ouvrir_seance"),
    path("clore/", seances.conduire, {"geste": "clore"}, name="clore_seance"),
    path("jour/", seances.deplacer, name="deplacer_seance"),
    path("affiche/", affiches.affiche_de_seance, name="affiche_de_seance"),
    path("supprimer/", seances.annuler, name="annuler_seance"),
    path("appareils/", appareils.preparer, name="preparer_seance"),
    path("appareils/<int:appareil>/", appareils.revoquer, name="revoquer_appareil"),
    path("importer/", appareils.importer, name="importer_scelle"),
    path("mains/", mains_levees.mains_levees, name="mains_levees"),
    path("mains/<slug:code>/", mains_levees.main_levee, name="main_levee"),
    path("compte-rendu/", rapports.rapport, name="rapport"),
    path("compte-rendu/<slug:partie>/", rapports.partie, name="partie_rapport"),
]

espace = [
    path("espace/questionnaires/", include(_questionnaires)),
    path("espace/collectes/", collectes.collectes, name="collectes"),
    path(
        "espace/collectes/nouvelle/<int:version>/",
        collectes.nouvelle_collecte,
        name="nouvelle_collecte",
    ),
    path("espace/collectes/<slug:nom>/", include(_collecte)),
    path("espace/quarantaine/", quarantaine.quarantaine, name="quarantaine"),
    path("espace/quarantaine/<uuid4:enveloppe>/", quarantaine.enveloppe, name="enveloppe"),
    path("espace/seances/", seances.seances, name="seances"),
    path("espace/seances/nouvelle/", seances.nouvelle_seance, name="nouvelle_seance"),
    path("espace/seances/<int:seance>/", include(_seance)),
]

urlpatterns = [*passation, *espace]
