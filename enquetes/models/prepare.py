"""Statements that the database reads and plans once a connection.

Django merges parameters into the text of a statement, so PostgreSQL plans each one anew. Measured:
planning the join behind a respondent's page took 0.2 ms of its 0.3. The few statements that every
page runs go through this cursor; all others keep Django's.
"""

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper


def connexion() -> BaseDatabaseWrapper:
    """Return this thread's connection itself: ``django.db.connection`` looks for it at each attribute."""
    return connections[DEFAULT_DB_ALIAS]


def curseur() -> CursorWrapper:
    """Return a cursor whose statements are prepared where the database can: PostgreSQL.

    A pooler that cannot hold prepared statements is told by ``VOIX_SANS_PREPARATION``
    (``voix.settings.environnement``): the same cursor then prepares nothing.
    """
    connection = connexion()
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    # Django's own wrapping: errors become Django's, statements are counted by the tests.
    return connection._prepare_cursor(_classe()(connection.connection))  # type: ignore[no-any-return,attr-defined]  # Django's own, that its stubs do not name


@cache
def _classe() -> Any:
    from psycopg import Cursor  # the driver is only there where PostgreSQL is used

    class CurseurPrepare(Cursor):
        def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
            return super().execute(query, params, prepare=True)

    return CurseurPrepare
