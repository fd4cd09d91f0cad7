"""Public pages without a model."""

from django.urls import path

from .views import accueil

app_name = "pages"
urlpatterns = [path("", accueil, name="accueil")]
