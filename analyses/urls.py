"""Addresses of results."""

from django.urls import path

from .views.resultats import liste, question, resultats

app_name = "analyses"
urlpatterns = [
    path("espace/resultats/", liste, name="liste"),
    path("espace/resultats/<slug:nom>/", resultats, name="resultats"),
    path("espace/resultats/<slug:nom>/<slug:code>/", question, name="question"),
]
