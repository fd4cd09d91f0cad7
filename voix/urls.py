"""The only place that knows every app."""

from django.urls import include, path

urlpatterns = [
    path("", include("voix.pages.urls")),
    path("compte/", include("allauth.urls")),
    path("", include("voix.comptes.urls")),
    path("", include("enquetes.urls")),
    path("", include("analyses.urls")),
]
