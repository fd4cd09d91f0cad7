from django.apps import AppConfig


class CommunConfig(AppConfig):
    name = "voix.commun"
    label = "commun"
    verbose_name = "socle commun"
