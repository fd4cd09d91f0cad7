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
    ecarts,
    echelles,
    feuilles,
    hors_ligne,
    importation,
    liens,
    mains_levees,
    papier,
    papier_saisie,
    quarantaine,
    questionnaires,
    rapports,
    rapports_hors_ligne,
    seances,
)
from .views.boite import envois
from .views.kiosque import bords as kiosque
from .views.kiosque.questions import question as question_partagee
from .views.passation.bords import abandonner, bienvenue, lien_inconnu, merci
from .views.passation.carte import carte, carte_ouverte
from .views.passation.dates import dates
from .views.passation.effacement import effacer
from .views.passation.etapes import EtapeView
from .views.passation.feuilles import feuille
from .views.passation.relais import relais
from .views.rejoindre import rejoindre
from .views.suivi import cartes as cartes_suivies
from .views.suivi import cohortes
from .views.suivi import dates as dates_de_suivi
from .views.suivi import tablette as tablettes


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
    path("r/<jeton:jeton>/dates.ics", dates, name="dates"),
    path("r/<jeton:jeton>/<uuid4:identifiant>/", relais, name="relais"),
    path("r/<jeton:jeton>/<uuid4:identifiant>/merci/", merci, name="merci"),
    path("r/<jeton:jeton>/<uuid4:identifiant>/effacer/", abandonner, name="abandonner"),
    # Two words: no page of a questionnaire has them as its code.
    path(
        "r/<jeton:jeton>/<uuid4:identifiant>/carte/ouverte/", carte_ouverte, name="carte_ouverte"
    ),
    path(
        "r/<jeton:jeton>/<uuid4:identifiant>/<slug:step>/",
        EtapeView.as_view([("page", forms.Form)], url_name="enquetes:etape", done_step_name="fin"),
        name="etape",
    ),
    # Whatever else looks like a link: a short page, whatever the settings.
    re_path(r"^r/(?:.*/)?$", lien_inconnu, name="lien_inconnu"),
    path("k/<jeton:jeton>/", kiosque.debut, name="kiosque"),
    path("k/<jeton:jeton>/q/", question_partagee, name="kiosque_question"),
    path("k/<jeton:jeton>/merci/", kiosque.merci, name="kiosque_merci"),
    path("k/<jeton:jeton>/preparer/", kiosque.preparer, name="kiosque_preparer"),
    path("k/<jeton:jeton>/animation/", kiosque.animation, name="kiosque_animation"),
    re_path(r"^k/(?:.*/)?$", lien_inconnu, name="kiosque_inconnu"),
    path("f/<jeton:jeton>/", feuille, name="feuille"),
    path("effacer/", effacer, name="effacer"),
    path("carte/", carte, name="carte"),
    path("rejoindre/", rejoindre, name="rejoindre"),
    path("o/envois/", envois, name="envois"),
    path("o/heure/", hors_ligne.heure, name="heure"),
    path("o/sw.js", hors_ligne.service_worker, name="service_worker"),
    path("o/a/<slug:empreinte>/<str:nom>", hors_ligne.ressource, name="ressource"),
    path("o/<jeton:jeton>/", hors_ligne.choisir_langue, name="hors_ligne_langue"),
    path("o/<jeton:jeton>/animation/", hors_ligne.animation, name="animation_hors_ligne"),
    path("o/<jeton:jeton>/compte-rendu/", rapports_hors_ligne.rapport, name="rapport_hors_ligne"),
    path(
        "o/<jeton:jeton>/mains-levees/", rapports_hors_ligne.mains_levees, name="mains_hors_ligne"
    ),
    path("o/<jeton:jeton>/preparer/", hors_ligne.preparer, name="preparer_appareil"),
    path("o/<jeton:jeton>/<slug:langue>/", hors_ligne.document, name="hors_ligne"),
]

_questionnaires: list[URLPattern | URLResolver] = [
    path("", questionnaires.bibliotheque, name="questionnaires"),
    path("ecrire/", importation.ecrire, name="ecrire_questionnaire"),
    path("exemple.yaml", importation.exemple, name="exemple_questionnaire"),
    path("importer/", importation.importer, name="importer_questionnaire"),
    path("echelles/", echelles.echelles, name="echelles"),
    path("echelles/<slug:gabarit>/", echelles.echelle, name="echelle"),
    path("<int:version>/", questionnaires.questionnaire, name="questionnaire"),
    path("<int:version>/retirer/", questionnaires.retirer, name="retirer_version"),
    path("<int:version>/feuille.pdf", papier.feuille, name="feuille_papier"),
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
    path("affiches.pdf", affiches.affiches, {"pdf": True}, name="affiches_pdf"),
    path("a-verifier/", ecarts.a_verifier, name="a_verifier"),
    path("a-verifier/<int:ecart>/", ecarts.lever, name="lever_ecart"),
    path("liens/", liens.ajouter_liens, name="ajouter_liens"),
    path("liens/<int:lien>/", liens.lien, name="lien"),
    path("liens/<int:lien>/feuilles/", feuilles.feuilles, name="feuilles"),
    path("liens/<int:lien>/affiche/", affiches.affiche, name="affiche"),
    path("liens/<int:lien>/affiche.pdf", affiches.affiche, {"pdf": True}, name="affiche_pdf"),
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
    path("combien/", seances.attendre, name="attendre_reponses"),
    path("jour/", seances.deplacer, name="deplacer_seance"),
    path("affiche/", affiches.affiche_de_seance, name="affiche_de_seance"),
    path("affiche.pdf", affiches.affiche_de_seance, {"pdf": True}, name="affiche_de_seance_pdf"),
    path("papier/", papier_saisie.feuilles, name="feuilles_papier"),
    path("papier/saisir/", papier_saisie.saisir, name="saisir_feuille"),
    path("papier/tirer/", papier_saisie.tirer, name="tirer_feuilles"),
    path("papier/detruites/", papier_saisie.detruire, name="detruire_feuilles"),
    path("papier/<int:numero>/encore/", papier_saisie.encore, name="saisir_encore"),
    path("papier/<int:numero>/retirer/", papier_saisie.retirer, name="retirer_feuille"),
    path("papier/<int:numero>/ecarts/", papier_saisie.resoudre, name="resoudre_ecarts"),
    path("feuille.pdf", papier.feuille_de_seance, name="feuille_de_seance"),
    path("supprimer/", seances.annuler, name="annuler_seance"),
    path("appareils/", appareils.preparer, name="preparer_seance"),
    path("appareils/<int:appareil>/", appareils.revoquer, name="revoquer_appareil"),
    path("importer/", appareils.importer, name="importer_scelle"),
    path("mains/", mains_levees.mains_levees, name="mains_levees"),
    path("mains/<slug:code>/", mains_levees.main_levee, name="main_levee"),
    path("compte-rendu/", rapports.rapport, name="rapport"),
    path("compte-rendu/<slug:partie>/", rapports.partie, name="partie_rapport"),
]

_cohorte: list[URLPattern | URLResolver] = [
    path("", cohortes.cohorte, name="cohorte"),
    path("prochaine/", cohortes.prochaine_liste, name="prochaine_liste"),
    path("presences/", cohortes.presences, name="presences"),
    path("criteres/", cohortes.criteres, name="criteres"),
    path("dates/", dates_de_suivi.dates, name="dates_de_suivi"),
    path("couper/", cohortes.couper, name="couper_lien"),
    path("dates.ics", cohortes.rappels, name="rappels"),
    path("tablette/", tablettes.tablette, name="tablette"),
    path("tablette/importer/", tablettes.importer, name="importer_tablette"),
    path("vagues/<int:rang>/feuille.pdf", papier.feuille_de_vague, name="feuille_de_vague"),
    path("cartes/", cartes_suivies.imprimer, name="imprimer_cartes"),
    path("perdue/", cartes_suivies.rupture, name="rupture"),
    path("cartes/<int:numero>/", cartes_suivies.carte_suivie, name="carte_suivie"),
    path("cartes/<int:numero>/depart/", cartes_suivies.depart, name="depart"),
    path("cartes/<int:numero>/remplacer/", cartes_suivies.remplacer, name="remplacer_carte"),
    path("cartes/<int:numero>/effacer/", cartes_suivies.effacer, name="effacer_carte"),
]

espace = [
    path("espace/suivi/", cohortes.cohortes, name="cohortes"),
    path("espace/suivi/nouveau/", cohortes.nouvelle_cohorte, name="nouvelle_cohorte"),
    path("espace/suivi/<int:cohorte>/", include(_cohorte)),
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
