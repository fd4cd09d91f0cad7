"""A browser that closes may leave a request behind: the end of its test waits for it.

Emptying the tables under a visit that still writes is a deadlock on PostgreSQL, or a row that the
next test finds. The server of the tests keeps a thread for each connection; a context that is
closed has closed its own, once what it had sent is answered.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer

PATIENCE = 5  # seconds: what a test leaves open on purpose, or forgets, does not hold the others

_change = threading.Condition()
_ouvertes: set[Any] = set()  # the sockets that a thread of the server reads


@contextmanager
def comptees() -> Iterator[None]:
    """Know, as long as this is open, which connections the server of the tests has not finished."""
    prendre, fermer = ThreadedWSGIServer.process_request, ThreadedWSGIServer.shutdown_request

    def prendre_et_compter(self: ThreadedWSGIServer, request: Any, adresse: Any) -> None:
        with _change:
            _ouvertes.add(request)
        prendre(self, request, adresse)

    def fermer_et_decompter(self: ThreadedWSGIServer, request: Any) -> None:
        fermer(self, request)
        with _change:
            _ouvertes.discard(request)
            _change.notify_all()

    with pytest.MonkeyPatch.context() as rustine:
        rustine.setattr(ThreadedWSGIServer, "process_request", prendre_et_compter)
        rustine.setattr(ThreadedWSGIServer, "shutdown_request", fermer_et_decompter)
        yield


def en_cours() -> int:
    return len(_ouvertes)


def attendre_leur_fin() -> bool:
    """Wait until the server has answered all that was asked; say whether it has."""
    with _change:
        finies = _change.wait_for(lambda: not _ouvertes, PATIENCE)
        _ouvertes.clear()  # waited for once, not after each test to come
    return finies
