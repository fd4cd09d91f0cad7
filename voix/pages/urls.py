"""Public pages without a model."""

from django.urls import path

from . import guides
from .views import PAGES, PAGES_DES_REPONDANTS, page, page_des_repondants

app_name = "pages"
urlpatterns = [
    *(path(f"{adresse}/" if adresse else "", page(nom), name=nom) for nom, adresse in PAGES),
    *(
        path(f"{adresse}/", page_des_repondants(nom), name=nom)
        for nom, adresse in PAGES_DES_REPONDANTS
    ),
    path("espace/guides/", guides.liste, name="guides"),
    path("espace/guides/<slug:guide>/", guides.guide, name="guide"),
    path("espace/guides/images/<path:chemin>", guides.image, name="image_de_guide"),
]
