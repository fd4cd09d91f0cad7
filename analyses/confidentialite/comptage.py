"""Raw counts of one question in groups: what must never leave as it is."""

from dataclasses import dataclass, field

TOTAL = "TOTAL"
AUTRES = "_autres"
"""Code of the groups put together because each is too small."""


@dataclass(frozen=True, slots=True)
class Groupe:
    """A group of respondents: its code, its label, the group that contains it (the total if none)."""

    code: str
    libelle: str
    parent: str = TOTAL


@dataclass(frozen=True, slots=True)
class Comptage:
    """``effectifs[groupe][reponse]`` and ``tailles[groupe]``, the total row included.

    Answers of a single choice add up to the size of the group; those of a multiple choice do not
    (``multiple``). Groups of one level are disjoint and add up to their parent.
    """

    reponses: tuple[str, ...]
    groupes: tuple[Groupe, ...]
    effectifs: dict[str, tuple[int, ...]]
    tailles: dict[str, int]
    multiple: bool = False
    symetrique: bool = False
    """Groups are answers of another question: both directions must be protected alike."""

    def __post_init__(self) -> None:
        for code in (TOTAL, *(groupe.code for groupe in self.groupes)):
            if len(self.effectifs[code]) != len(self.reponses):
                raise ValueError(f"{code}: {len(self.effectifs[code])} counts")
            if not self.multiple and sum(self.effectifs[code]) != self.tailles[code]:
                raise ValueError(f"{code}: answers do not add up")

    def enfants(self, parent: str) -> list[Groupe]:
        """Return the groups directly inside ``parent``."""
        return [groupe for groupe in self.groupes if groupe.parent == parent]


@dataclass(slots=True)
class Grille:
    """A two-way table with known margins, as an attacker sees it: what is hidden is unknown.

    Rows may be nested (a row of ``parents`` is the sum of its children).
    """

    valeurs: list[list[int]]
    """``valeurs[row][column]``, true counts."""
    parents: list[int | None]
    """Row that contains each row, or nothing for a row directly under the total."""
    totaux: list[int]
    """Column totals, all known."""
    caches: set[tuple[int, int]] = field(default_factory=set)
    par_colonne: bool = False
    """Columns are groups too (a crossing of two questions)."""

    @property
    def tailles(self) -> list[int]:
        """Row totals, all known."""
        return [sum(ligne) for ligne in self.valeurs]

    def cellules(self) -> list[tuple[int, int]]:
        """Return every cell, row by row."""
        return [(i, j) for i, ligne in enumerate(self.valeurs) for j in range(len(ligne))]
