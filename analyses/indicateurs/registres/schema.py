"""The shape of a register: the same description reads a file, draws a form, types a formula."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from analyses.indicateurs.unites import Unite

Ligne = Mapping[str, Any]
Regle = Callable[[Ligne], "Iterable[Ecart]"]


class Nature(StrEnum):
    """What a column holds."""

    TEXTE = "texte"
    OUI_NON = "oui_non"
    ENTIER = "entier"
    DATE = "date"
    CHOIX = "choix"
    LISTE = "liste"
    """Several codes of the closed list; in a file, separated by « | »."""
    LIEN = "lien"
    """The name of one row of another register of the same territoire."""
    LIENS = "liens"
    """Names of rows of another register, separated by « | »."""


@dataclass(frozen=True, slots=True)
class Ecart:
    """Something wrong with a row, and what to write instead."""

    colonne: str
    message: str
    conseil: str


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column of a register."""

    nom: str
    libelle: str
    nature: Nature
    obligatoire: bool = False
    choix: tuple[tuple[str, str], ...] = ()
    aide: str = ""
    exemple: str = ""
    unite: type[Unite] | None = None
    """What the number counts, for a column that may be summed."""
    cible: str = ""
    """Name of the register that a link leads to."""
    maximum: int = 100_000
    """Largest number, or longest text."""
    a_venir: bool = False
    """Whether its day may be to come: the end of what is going on. Any other is a fact."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the closed list."""
        return tuple(code for code, _ in self.choix)


@dataclass(frozen=True, slots=True)
class Registre:
    """A register of the territoires. Every row has a ``territoire`` besides its columns."""

    nom: str
    titre: str
    une_ligne: str
    """What one row is, with its article: « un acteur »."""
    aide: str
    unite: type[Unite]
    cle: tuple[str, ...]
    """Columns that, with the territoire, tell one row from another."""
    colonnes: tuple[Colonne, ...]
    regles: tuple[Regle, ...] = ()
    du_programme: bool = False
    """Whether rows are those of a programme (its collective sessions)."""
    personnes: bool = False
    """Whether its counts are about persons."""

    def colonne(self, nom: str) -> Colonne:
        """Return the column of that name; ``KeyError`` when there is none."""
        for colonne in self.colonnes:
            if colonne.nom == nom:
                return colonne
        raise KeyError(nom)

    @property
    def entete(self) -> tuple[str, ...]:
        """Return the first line of its file."""
        programme = ("programme",) if self.du_programme else ()
        return (*programme, "territoire", *(colonne.nom for colonne in self.colonnes))

    def ecarts(self, ligne: Ligne, aujourdhui: date) -> list[Ecart]:
        """Return everything that its columns say of each other, or of today, and that does not hold."""
        a_venir = (
            Ecart(
                colonne.nom,
                f"Le jour de «\u00a0{colonne.libelle}\u00a0» n’est pas encore passé.",
                "Écrivez-le quand ce sera fait.",
            )
            for colonne in self.colonnes
            if colonne.nature == Nature.DATE and not colonne.a_venir
            if (jour := ligne.get(colonne.nom)) and jour > aujourdhui
        )
        return [*a_venir, *(ecart for regle in self.regles for ecart in regle(ligne))]


@dataclass(frozen=True, slots=True)
class Table:
    """What a formula may count: a register or something deduced, with its columns."""

    nom: str
    unite: type[Unite]
    colonnes: Mapping[str, Colonne]
    liens: frozenset[str] = field(default_factory=frozenset)
    """Tables whose rows may be asked for from one of its rows (« au_moins »)."""
    personnes: bool = False
    aide: str = ""
