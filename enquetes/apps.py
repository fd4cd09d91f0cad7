from django.apps import AppConfig


class EnquetesConfig(AppConfig):
    name = "enquetes"
    verbose_name = "enquêtes"

    def ready(self) -> None:
        """Register the self-test of keys."""
        from enquetes import controles  # noqa: F401  (registers when imported)
