from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class EnquetesConfig(AppConfig):
    name = "enquetes"
    verbose_name = "enquêtes"

    def ready(self) -> None:
        """Register the self-test of keys, and what SQLite loses when a table is made anew."""
        from enquetes import controles  # noqa: F401  (registers when imported)

        pre_migrate.connect(_laisser_changer_les_tables, sender=self)
        post_migrate.connect(_poser_les_declencheurs, sender=self)


def _laisser_changer_les_tables(*, using: str, **_signal: Any) -> None:
    from enquetes.models import vagues_a_part

    if connections[using].vendor == "sqlite":
        vagues_a_part.oter(connections[using])


def _poser_les_declencheurs(*, using: str, **_signal: Any) -> None:
    from enquetes.models import vagues_a_part
    from enquetes.models.melange import tirer_les_rangs

    tirer_les_rangs(connections[using])
    vagues_a_part.poser(connections[using])
