from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "voix.pages"
    label = "pages"
    verbose_name = "pages"
