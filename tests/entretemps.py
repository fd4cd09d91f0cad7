"""Two connections at the same moment: the other one acts between two statements of this one.

PostgreSQL lets it; SQLite makes it wait for the end of the transaction, and it comes second.
"""

import threading

from django.db import connection, connections


class Entretemps:
    """Do something on another connection just before a statement on a table (of answers, unless told).

    ``attend``: what is done waits for the end of this transaction, on PostgreSQL too.
    """

    def __init__(
        self, geste, avant: str, *, table: str = "enquetes_passation", attend: bool = False
    ) -> None:
        self.geste, self.avant, self.table, self.fautes = geste, avant, table, []
        libre = connection.vendor == "postgresql" and not attend
        self.patience = 20 if libre else 0.3
        self.fil: threading.Thread | None = None

    def __call__(self, executer, sql, *suite):
        if self.fil is None and sql.startswith(self.avant) and f'"{self.table}"' in sql:
            self.fil = threading.Thread(target=self._faire)
            self.fil.start()
            self.fil.join(self.patience)
        return executer(sql, *suite)

    def _faire(self):
        try:
            self.geste()
        except Exception as faute:  # noqa: BLE001  (whatever it is, the test shows it)
            self.fautes.append(faute)
        finally:
            connections.close_all()

    def __enter__(self):
        self._pose = connection.execute_wrapper(self)
        self._pose.__enter__()
        return self

    def __exit__(self, *exception):
        self._pose.__exit__(*exception)
        assert self.fil is not None, "the statement was never reached"
        self.fil.join(20)
        assert not self.fil.is_alive()
        assert self.fautes == []
