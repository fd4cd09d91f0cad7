"""Addresses of the staff's home and team."""

from django.urls import path

from .views.espace import espace

app_name = "comptes"
urlpatterns = [path("espace/", espace, name="espace")]
