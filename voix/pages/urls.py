"""Public pages without a model."""

from django.urls import path

from .views import PAGES, page

app_name = "pages"
urlpatterns = [
    path(f"{adresse}/" if adresse else "", page(nom), name=nom) for nom, adresse in PAGES
]
