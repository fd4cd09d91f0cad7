"""Addresses of enquetes: respondents' pages under ``/r/``, the staff's under ``/espace/``."""

from uuid import UUID

from django import forms
from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter, UUIDConverter

from .views.passation.bords import abandonner, bienvenue, lien_inconnu, merci
from .views.passation.effacement import effacer
from .views.passation.etapes import EtapeView


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
]
urlpatterns = [*passation]
