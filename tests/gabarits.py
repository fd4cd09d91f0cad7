"""A variable that a template of ours names and nobody gave fails the test that renders it."""

import sys
from pathlib import Path

from django.conf import settings
from django.template.base import Node

NOTRES = Path(settings.BASE_DIR) / "templates"


class UnknownVariableError(AssertionError):
    """A template of ours shows a variable that does not exist."""


class Sentinelle(str):
    """What Django writes in place of an unknown variable: here it tells, and stops.

    allauth's templates show variables that may be missing, and are none of ours: they get nothing,
    as in production. Which file names the variable is asked to the node being rendered, since the
    context only knows the page. What is told is kept too: a page that swallows the error, or a
    live server, fails its test all the same.
    """

    __slots__ = ("dites",)

    def __new__(cls) -> "Sentinelle":
        return super().__new__(cls, "%s")

    def __init__(self) -> None:
        self.dites: list[str] = []

    def __mod__(self, variable: object) -> str:
        fichier = _gabarit_en_cours()
        if fichier is None or not fichier.is_relative_to(NOTRES):
            return ""
        faute = f"{fichier.relative_to(NOTRES)} : {{{{ {variable} }}}}"
        self.dites.append(faute)
        raise UnknownVariableError(faute)


def _gabarit_en_cours() -> Path | None:
    cadre = sys._getframe()
    while cadre := cadre.f_back:  # type: ignore[assignment]  # None ends the loop
        noeud = cadre.f_locals.get("self")
        if isinstance(noeud, Node) and getattr(noeud, "origin", None) is not None:
            return Path(noeud.origin.name)
    return None
