"""How a transactional test leaves an empty database behind it: what nothing else may empty, and fast.

SQLite deletes row by row, so the triggers of append-only tables go and come back. PostgreSQL would
truncate, which makes a new file of each table and index: two seconds for ninety tables that hold a
few rows. It deletes instead, triggers asleep, where its role may put them to sleep. What Django
itself writes after a migration says which models exist: it stays, instead of being made again.
"""

from collections.abc import Callable
from typing import Any

from django.core.management.commands import flush
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations

from tests import visites
from voix.commun import ajout_seul

RESTENT = {"django_content_type", "auth_permission"}
ENDORMIR = "SET LOCAL session_replication_role = replica"


def vider_autrement() -> None:
    """Change how the database of the tests is emptied, for the whole session.

    On the class: a browser test runs in a context of its own, with its own connection.
    """
    operations: Any = type(connection.ops)
    flush.emit_post_migrate_signal = lambda *_, **__: None
    if connection.vendor == "sqlite":
        operations.execute_sql_flush = _sans_refus(operations.execute_sql_flush)
    elif _peut_endormir(connection):
        operations.sql_flush = _effacer(operations.sql_flush)
    operations.sql_flush = _sauf_ce_qui_reste(operations.sql_flush)
    operations.execute_sql_flush = _apres_les_visites(operations.execute_sql_flush)


def couper_les_autres() -> None:
    """Cut what still holds the database of the tests: PostgreSQL drops none that somebody holds.

    A server that a test killed, or a thread of the live one, may let go of it an instant later.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _sauf_ce_qui_reste(ordonner: Callable[..., list[str]]) -> Callable[..., list[str]]:
    def ordonner_le_reste(
        self: BaseDatabaseOperations, style: Any, tables: list[str], **options: Any
    ) -> list[str]:
        return ordonner(self, style, [t for t in tables if t not in RESTENT], **options)

    return ordonner_le_reste


def _apres_les_visites(vider: Callable[..., None]) -> Callable[..., None]:
    def vider_ensuite(self: BaseDatabaseOperations, ordres: list[str]) -> None:
        visites.attendre_leur_fin()
        vider(self, ordres)

    return vider_ensuite


def _sans_refus(vider: Callable[..., None]) -> Callable[..., None]:
    def vider_vraiment(self: BaseDatabaseOperations, ordres: list[str]) -> None:
        tables = ajout_seul.posees(self.connection)
        for table in tables:
            ajout_seul.oter(self.connection, table)
        try:
            # Declared outcomes are locked while exit answers exist: they go after them.
            vider(self, sorted(ordres, key=lambda ordre: "enquetes_critere" in ordre))
        finally:
            for table in tables:
                ajout_seul.poser(self.connection, table)

    return vider_vraiment


def _peut_endormir(base: BaseDatabaseWrapper) -> bool:
    with base.cursor() as curseur:
        curseur.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        (superutilisateur,) = curseur.fetchone()
    return bool(superutilisateur)


def _effacer(tronquer: Callable[..., list[str]]) -> Callable[..., list[str]]:
    def effacer(
        self: BaseDatabaseOperations, style: Any, tables: list[str], **options: Any
    ) -> list[str]:
        if options.get("reset_sequences"):
            return tronquer(self, style, tables, **options)
        # Run together, in one transaction: the triggers wake up with its end.
        noms = [self.quote_name(table) for table in tables]
        return [ENDORMIR, *(f"DELETE FROM {nom}" for nom in noms)]  # noqa: S608  (names of our tables)

    return effacer
