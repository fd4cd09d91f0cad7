"""What the commands for scripts share: a database that is not ready is told, never a traceback."""

from datetime import date
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

A_MIGRER: Final = (
    "La base de données n’est pas à jour. Lancez d’abord\u00a0: python manage.py migrate."
)
INJOIGNABLE: Final = (
    "La base de données ne répond pas. Vérifiez DATABASE_URL et que le serveur est démarré."
)


class Commande(BaseCommand):
    """A command that says in French what a database lacks."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except (OperationalError, ProgrammingError) as erreur:
            if _a_migrer():
                raise CommandError(A_MIGRER) from erreur
            raise


def jour(texte: str) -> date:
    """Read a day written AAAA-MM-JJ; ``CommandError`` for anything else, weeks included."""
    try:
        lu = date.fromisoformat(texte)
    except ValueError:
        lu = None
    if lu is None or lu.isoformat() != texte:
        raise CommandError(f"«\u00a0{texte}\u00a0» n’est pas une date AAAA-MM-JJ.")
    return lu


def _a_migrer() -> bool:
    """Return whether migrations are missing; raise when the database cannot be reached."""
    try:
        executeur = MigrationExecutor(connection)
    except OperationalError as erreur:
        raise CommandError(INJOIGNABLE) from erreur
    return bool(executeur.migration_plan(executeur.loader.graph.leaf_nodes()))
