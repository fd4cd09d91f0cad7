"""Configuration of gunicorn (``-c python:voix.serveur``): what it refuses by itself is said in French.

An address of more than 4 094 signs, or headers that are too long, never reach Django: gunicorn
answers alone, in bare English. Here it sends a page of ours instead, drawn once when a worker starts.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from gunicorn import util  # type: ignore[import-untyped]  # it has no types

PAGES: Final = ("400", "414", "431", "500")


def post_worker_init(_worker: Any) -> None:
    """Draw the pages once Django is ready, and let gunicorn send them."""
    from django.template.loader import render_to_string

    util.write_error = ecrire_avec({nom: render_to_string(f"{nom}.html") for nom in PAGES})


def ecrire_avec(pages: dict[str, str]) -> Callable[[Any, int, str, str], None]:
    """Return what gunicorn calls to answer alone; what it would say of the fault is left out."""

    def ecrire(prise: Any, statut: int, raison: str, _dit: str) -> None:
        sinon = "500" if statut >= HTTPStatus.INTERNAL_SERVER_ERROR else "400"
        corps = pages.get(str(statut), pages[sinon]).encode()
        tete = (
            f"HTTP/1.1 {statut} {raison}\r\nConnection: close\r\n"
            "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
            f"Content-Length: {len(corps)}\r\n\r\n"
        )
        util.write_nonblock(prise, tete.encode("latin1") + corps)

    return ecrire
