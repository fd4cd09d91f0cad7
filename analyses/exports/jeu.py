"""What every file is written from: typed columns, rows, and what must be read beside them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, Final, Literal, TypeAlias

Valeur: TypeAlias = str | int | float | date | None
Type: TypeAlias = Literal["string", "integer", "number", "date"]
LISTE: Final = "|"
"""Between the values of a list in one cell, as in the schemas of schema.data.gouv.fr."""
PAS: Final = 250
"""Rows between two tellings of how far a file is."""


@dataclass(frozen=True, slots=True)
class Champ:
    """A column of the file, described for a person and for a machine."""

    nom: str
    titre: str
    description: str
    type: Type = "string"
    exemple: Valeur = ""
    requis: bool = False
    valeurs: tuple[str, ...] = ()
    minimum: int | None = 0
    """Of a number; none for one that may be negative."""


@dataclass(frozen=True)
class Jeu:
    """What leaves together, in rows; ``document`` is the same as programs read it."""

    nom: str
    titre: str
    arrete_le: str
    fictif: bool
    methode: tuple[tuple[str, str], ...]
    champs: tuple[Champ, ...]
    rangees: tuple[tuple[Valeur, ...], ...]
    modalites: tuple[tuple[str, str, str], ...]
    document: dict[str, Any]
    description: str = "Une ligne par chiffre montré. Aucune réponse d’une personne."
    suivi: Callable[[int], None] | None = field(default=None, compare=False)
    """Told how many rows were read since the last time."""

    @property
    def cellules(self) -> int:
        """Return how many cells the file has: what it costs to write."""
        return len(self.rangees) * len(self.champs)

    @cached_property
    def empreinte(self) -> str:
        """Return what changes as soon as anything of the file does."""
        lu = [self.nom, self.titre, self.arrete_le, self.methode, self.document, self.rangees]
        return sha256(json.dumps(lu, default=str).encode()).hexdigest()[:32]

    def lignes(self) -> Iterator[tuple[Valeur, ...]]:
        """Yield the rows in the order of ``champs``."""
        for rang, rangee in enumerate(self.rangees, 1):
            yield rangee
            if self.suivi and (rang % PAS == 0 or rang == len(self.rangees)):
                self.suivi(rang % PAS or PAS)
