from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class EnquetesConfig(AppConfig):
    name = "enquetes"
    verbose_name = "enquêtes"

    def ready(self) -> None:
        """Register the self-test of keys, and what SQLite loses when a table is made anew."""
        from enquetes import controles  # noqa: F401  (registers when imported)

        post_migrate.connect(_tirer_les_rangs, sender=self)


def _tirer_les_rangs(*, using: str, **_signal: Any) -> None:
    from enquetes.models.melange import tirer_les_rangs

    tirer_les_rangs(connections[using])
