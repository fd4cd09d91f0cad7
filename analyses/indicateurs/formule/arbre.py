"""What a formula is once read."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from analyses.indicateurs.unites import Unite

Valeur: TypeAlias = int | str


class ErreurFormule(ValueError):  # noqa: N818  (a French name)
    """A formula that cannot be used.

    ``message`` is French and says what to write; ``position`` counts characters from 1.
    """

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"Caractère {position}\u00a0: {message}")
        self.message = message
        self.position = position


class Verbe(StrEnum):
    """How rows become a number."""

    NOMBRE = "nombre"
    SOMME = "somme"
    MOYENNE = "moyenne"
    MEDIANE = "mediane"
    DISTINCTS = "distincts"


@dataclass(frozen=True, slots=True)
class Comparaison:
    """``colonne operateur valeurs``: « = », « ≠ », « < », « <= », « > », « >= », « dans », « renseigné »."""

    colonne: str
    operateur: str
    valeurs: tuple[Valeur, ...] = ()


@dataclass(frozen=True, slots=True)
class AuMoins:
    """At least ``nombre`` rows of ``table``, linked to this one, meet the condition."""

    nombre: int
    table: str
    condition: "Condition | None"


@dataclass(frozen=True, slots=True)
class Non:
    """The contrary."""

    partie: "Condition"


@dataclass(frozen=True, slots=True)
class Tous:
    """All of them (« et »)."""

    parties: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Un:
    """One of them (« ou »)."""

    parties: tuple["Condition", ...]


Condition: TypeAlias = Comparaison | AuMoins | Non | Tous | Un


@dataclass(frozen=True, slots=True)
class Mesure:
    """A verb over a table."""

    verbe: Verbe
    table: str
    colonne: str
    condition: Condition | None
    unite: type[Unite]
    """What the number counts."""


@dataclass(frozen=True, slots=True)
class Formule:
    """A measure, or the quotient of two."""

    texte: str
    numerateur: Mesure
    denominateur: Mesure | None = None

    @property
    def mesures(self) -> tuple[Mesure, ...]:
        """Return its one or two measures."""
        return (self.numerateur, self.denominateur) if self.denominateur else (self.numerateur,)

    @property
    def tables(self) -> frozenset[str]:
        """Return every table that it reads, also inside conditions."""
        trouvees = {mesure.table for mesure in self.mesures}
        for mesure in self.mesures:
            trouvees |= set(tables_citees(mesure.condition))
        return frozenset(trouvees)


def tables_citees(condition: Condition | None) -> Iterator[str]:
    """Iterate over the tables that a condition asks for."""
    if isinstance(condition, AuMoins):
        yield condition.table
        yield from tables_citees(condition.condition)
    elif isinstance(condition, Non):
        yield from tables_citees(condition.partie)
    elif isinstance(condition, Tous | Un):
        for partie in condition.parties:
            yield from tables_citees(partie)
