"""The only place that knows every app."""

from django.urls import include, path

from analyses.api.racine import api

urlpatterns = [
    path("", include("enquetes.urls")),  # first: a respondent's page is asked for the most often
    path("", include("voix.pages.urls")),
    path(
        "", include("voix.comptes.urls")
    ),  # before allauth's: a few pages of the account are ours
    path("compte/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("", include("analyses.urls")),
]

handler400 = "voix.pages.erreurs.incomprise"
handler404 = "voix.pages.erreurs.introuvable"
handler500 = "voix.pages.erreurs.en_panne"
