"""Addresses of results."""

from django.urls import path

from .views import relecture, verbatims
from .views.plans import plan
from .views.resultats import liste, preparer, question, resultats

app_name = "analyses"
urlpatterns = [
    path("espace/resultats/", liste, name="liste"),
    path("espace/resultats/<slug:nom>/", resultats, name="resultats"),
    # Before the questions: none can be called so (PAGES_RESERVEES).
    path("espace/resultats/<slug:nom>/preparer-les-tableaux/", preparer, name="preparer"),
    path("espace/resultats/<slug:nom>/plan-d-analyse/", plan, name="plan"),
    path("espace/resultats/<slug:nom>/<str:code>/", question, name="question"),
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
    path("espace/relire/", relecture.liste, name="a_relire"),
    path("espace/relire/<slug:nom>/", relecture.relire, name="relire"),
    path("espace/relire/<slug:nom>/presence/", relecture.attester, name="attester"),
    path("espace/relire/<slug:nom>/<uuid:verbatim>/", relecture.decider, name="texte"),
    path(
        "espace/relire/<slug:nom>/<uuid:verbatim>/changer/",
        relecture.changer,
        name="changer_texte",
    ),
]
