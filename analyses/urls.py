"""Addresses of results, indicators and registers."""

from django.urls import path

from .views import (
    changements,
    chiffres,
    diversite,
    ensembles,
    fichiers,
    indicateurs,
    mains,
    murs,
    rapports,
    referent,
    registres,
    relecture,
    restitutions,
    retours,
    verbatims,
)
from .views.clotures import ecarter, preparer, publier
from .views.plans import plan
from .views.resultats import liste, question, resultats

app_name = "analyses"
_REGISTRE = "espace/registres/<slug:registre>/"
_TERRITOIRE = "espace/indicateurs/territoires/<int:territoire>/"
_PROGRAMME = "espace/indicateurs/programmes/<slug:programme>/"
urlpatterns = [
    path("espace/changements/", changements.cohortes, name="changements"),
    path("espace/changements/<int:cohorte>/", changements.contrastes, name="contrastes"),
    path(
        "espace/changements/<int:cohorte>/<int:rang>/", changements.changement, name="changement"
    ),
    path(
        "espace/changements/<int:cohorte>/<int:rang>/rapport.pdf",
        changements.imprimer,
        name="changement_pdf",
    ),
    path(
        "espace/changements/<int:cohorte>/<int:rang>/faire/",
        changements.arreter,
        name="arreter_changement",
    ),
    path(
        "espace/changements/<int:cohorte>/<int:rang>/annexe.csv", changements.annexe, name="annexe"
    ),
    path("espace/changements/ensemble/<str:par>/<int:lieu>/", ensembles.ensemble, name="ensemble"),
    path("espace/resultats/", liste, name="liste"),
    path("espace/resultats/<slug:nom>/", resultats, name="resultats"),
    # Before the questions: none can be called so (QUESTIONS_RESERVEES).
    path("espace/resultats/<slug:nom>/preparer-les-tableaux/", preparer, name="preparer"),
    path("espace/resultats/<slug:nom>/preparer-les-tableaux/publier/", publier, name="publier"),
    path("espace/resultats/<slug:nom>/preparer-les-tableaux/ecarter/", ecarter, name="ecarter"),
    path("espace/resultats/<slug:nom>/plan-d-analyse/", plan, name="plan"),
    path("espace/resultats/<slug:nom>/autres-comparaisons/", referent.demandes, name="demandes"),
    path(
        "espace/resultats/<slug:nom>/autres-comparaisons/<int:demande>/",
        referent.decider,
        name="decider",
    ),
    path("espace/resultats/<slug:nom>/profils-des-questions/", referent.profils, name="profils"),
    path("espace/resultats/<slug:nom>/<str:code>/", question, name="question"),
    path("espace/mains-levees/<slug:nom>/", mains.mains, name="mains"),
    path("espace/fichiers/<slug:nom>/", fichiers.fichiers, name="fichiers"),
    path("espace/fichiers/<slug:nom>/<slug:fichier>/", fichiers.fichier, name="fichier"),
    path(
        "espace/fichiers/<slug:nom>/<slug:fichier>/preparation/",
        fichiers.preparation,
        name="preparation",
    ),
    path("espace/seances/<int:seance>/mur/", murs.mur, name="mur"),
    path("mur/<slug:jeton>/", murs.mur_de_la_salle, name="mur_de_la_salle"),
    path("retour/<slug:nom>/", retours.retour, name="retour"),
    path("espace/retours/", restitutions.liste, name="retours"),
    path("espace/retours/<slug:nom>/", restitutions.ecrire, name="ecrire_retour"),
    path("espace/retours/<slug:nom>/apercu/", restitutions.apercu, name="apercu_retour"),
    path("espace/retours/<slug:nom>/affiche.pdf", restitutions.affiche, name="affiche_retour"),
    path("espace/retours/<slug:nom>/suite/", restitutions.ajouter, name="ajouter_suite"),
    path(
        "espace/retours/<slug:nom>/publier/",
        restitutions.conduire,
        {"geste": "publier"},
        name="publier_retour",
    ),
    path(
        "espace/retours/<slug:nom>/retirer/",
        restitutions.conduire,
        {"geste": "retirer"},
        name="retirer_retour",
    ),
    path(
        "espace/retours/<slug:nom>/suite/<int:suite>/retirer/",
        restitutions.retirer,
        name="retirer_suite",
    ),
    path("espace/textes/<slug:nom>/", verbatims.textes, name="textes"),
    path(
        "espace/textes/<slug:nom>/preparer/",
        verbatims.conduire,
        {"geste": "preparer"},
        name="preparer_textes",
    ),
    path(
        "espace/textes/<slug:nom>/liberer/",
        verbatims.conduire,
        {"geste": "liberer"},
        name="liberer_textes",
    ),
    path(
        "espace/textes/<slug:nom>/danger/<uuid:verbatim>/",
        verbatims.pris_en_charge,
        name="pris_en_charge",
    ),
    path(
        "espace/relire/<slug:nom>/<uuid:verbatim>/danger/",
        relecture.danger,
        name="danger",
    ),
    path(
        "espace/relire/<slug:nom>/<uuid:verbatim>/refuser/",
        relecture.refuser,
        name="refuser_texte",
    ),
    path("espace/relire/", relecture.liste, name="a_relire"),
    path("espace/relire/<slug:nom>/", relecture.relire, name="relire"),
    path("espace/relire/<slug:nom>/presence/", relecture.attester, name="attester"),
    path("espace/relire/<slug:nom>/<uuid:verbatim>/", relecture.decider, name="texte"),
    path(
        "espace/relire/<slug:nom>/<uuid:verbatim>/changer/",
        relecture.changer,
        name="changer_texte",
    ),
    path("espace/indicateurs/", indicateurs.indicateurs, name="indicateurs"),
    path("espace/indicateurs/definitions/", indicateurs.definitions, name="definitions"),
    path("espace/indicateurs/verifier/", indicateurs.verifier, name="verifier"),
    path("espace/indicateurs/ajouter/", indicateurs.ajouter_indicateur, name="ajouter_indicateur"),
    path(
        "espace/indicateurs/propres/<int:propre>/retirer/",
        indicateurs.retirer_propre,
        name="retirer_indicateur",
    ),
    path(
        "espace/indicateurs/nouveau-programme/",
        indicateurs.ajouter_programme,
        name="ajouter_programme",
    ),
    path(_PROGRAMME, indicateurs.programme, name="programme"),
    path(f"{_PROGRAMME}evolution/", indicateurs.evolution_programme, name="evolution_programme"),
    path(f"{_PROGRAMME}chiffre/", indicateurs.ajouter_chiffre, name="ajouter_chiffre"),
    path(
        "espace/indicateurs/territoires/<int:territoire>/",
        indicateurs.territoire,
        name="territoire",
    ),
    path(
        "espace/indicateurs/territoires/<int:territoire>/evolution/",
        indicateurs.evolution_territoire,
        name="evolution_territoire",
    ),
    path("espace/indicateurs/composition/", diversite.ou_composer, name="ou_composer"),
    path(f"{_PROGRAMME}diversite/", diversite.diversite_programme, name="diversite_programme"),
    path(f"{_TERRITOIRE}diversite/", diversite.diversite_territoire, name="diversite_territoire"),
    path(f"{_TERRITOIRE}composition/<slug:trait>/", diversite.composer, name="composer"),
    path(
        f"{_TERRITOIRE}composition/<slug:trait>/retirer/", diversite.decomposer, name="decomposer"
    ),
    path(f"{_PROGRAMME}bilan/", rapports.bilan_programme, name="bilan_programme"),
    path(f"{_PROGRAMME}bilan.pdf", rapports.bilan_pdf_programme, name="bilan_pdf_programme"),
    path(f"{_PROGRAMME}bilan.docx", rapports.bilan_word_programme, name="bilan_word_programme"),
    path(f"{_TERRITOIRE}bilan.docx", rapports.bilan_word_territoire, name="bilan_word_territoire"),
    path(f"{_PROGRAMME}en-clair.pdf", rapports.en_clair_programme, name="en_clair_programme"),
    path(f"{_TERRITOIRE}bilan/", rapports.bilan_territoire, name="bilan_territoire"),
    path(f"{_TERRITOIRE}bilan.pdf", rapports.bilan_pdf_territoire, name="bilan_pdf_territoire"),
    path(f"{_TERRITOIRE}en-clair.pdf", rapports.en_clair_territoire, name="en_clair_territoire"),
    path(f"{_PROGRAMME}fichiers/", chiffres.fichiers_programme, name="fichiers_programme"),
    path(f"{_TERRITOIRE}fichiers/", chiffres.fichiers_territoire, name="fichiers_territoire"),
    path(
        f"{_PROGRAMME}fichiers/<slug:fichier>/",
        chiffres.fichier_programme,
        name="fichier_programme",
    ),
    path(
        f"{_TERRITOIRE}fichiers/<slug:fichier>/",
        chiffres.fichier_territoire,
        name="fichier_territoire",
    ),
    path("espace/registres/", registres.registres, name="registres"),
    path(_REGISTRE, registres.registre, name="registre"),
    path(f"{_REGISTRE}modele/", registres.modele_csv, name="modele_registre"),
    path(f"{_REGISTRE}importer/", registres.importer, name="importer_registre"),
    path(f"{_REGISTRE}ajouter/", registres.ajouter_ligne, name="ajouter_ligne"),
    path(f"{_REGISTRE}<int:ligne>/", registres.modifier_ligne, name="modifier_ligne"),
    path(f"{_REGISTRE}<int:ligne>/retirer/", registres.retirer, name="retirer_ligne"),
]
