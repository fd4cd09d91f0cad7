from django.apps import AppConfig


class ComptesConfig(AppConfig):
    name = "voix.comptes"
    label = "comptes"
    verbose_name = "comptes"
