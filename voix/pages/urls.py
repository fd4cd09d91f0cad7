"""Public pages without a model."""

from django.urls import path

from .views import PAGES, PAGES_DES_REPONDANTS, page, page_des_repondants

app_name = "pages"
urlpatterns = [
    *(path(f"{adresse}/" if adresse else "", page(nom), name=nom) for nom, adresse in PAGES),
    *(
        path(f"{adresse}/", page_des_repondants(nom), name=nom)
        for nom, adresse in PAGES_DES_REPONDANTS
    ),
]
