"""Addresses of enquetes: respondents' pages under ``/r/``, the staff's under ``/espace/``."""

from uuid import UUID

from django import forms
from django.urls import path, register_converter
from django.urls.converters import UUIDConverter

from .views.passation.bords import abandonner, bienvenue, merci
from .views.passation.effacement import effacer
from .views.passation.etapes import EtapeView


class UUID4Converter(UUIDConverter):
    """Random identifiers only: another version could carry a time or an address."""

    def to_python(self, value: str) -> UUID:
        identifiant = UUID(value)
        if identifiant.version != 4:  # noqa: PLR2004  (the version of a random UUID)
            raise ValueError(value)
        return identifiant


register_converter(UUID4Converter, "uuid4")

app_name = "enquetes"
passation = [
    path("r/<str:jeton>/", bienvenue, name="bienvenue"),
    path("r/<str:jeton>/<uuid4:identifiant>/merci/", merci, name="merci"),
    path("r/<str:jeton>/<uuid4:identifiant>/effacer/", abandonner, name="abandonner"),
    path(
        "r/<str:jeton>/<uuid4:identifiant>/<slug:step>/",
        EtapeView.as_view([("page", forms.Form)], url_name="enquetes:etape", done_step_name="fin"),
        name="etape",
    ),
    path("effacer/", effacer, name="effacer"),
]
urlpatterns = [*passation]
