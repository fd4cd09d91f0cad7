"""Two shares side by side, and what chance alone would give: words, never a p-value (domaine §4.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor
from typing import Final

from analyses.confidentialite.composition import SANS
from analyses.confidentialite.tableau import Cellule, TableauProtege, dire
from analyses.statistiques.fluctuation import confiance_commune, fluctuation
from voix.commun.nombres import arrondi


class Verdict(StrEnum):
    """Where the answers stand, once chance is taken into account."""

    PLUS = "plus"
    MOINS = "moins"
    COMME = "comme"
    DOUTE = "doute"


MOTS: Final = {
    Verdict.PLUS: "Plus présentes qu’attendu",
    Verdict.MOINS: "Moins présentes qu’attendu",
    Verdict.COMME: "Pas d’écart net",
    Verdict.DOUTE: "On ne peut pas conclure",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One class: how many are aidees, how many answered, how many a draw would have given."""

    libelle: str
    accompagnees: int
    sur: int
    """How many persons are aidees in all."""
    reponses: tuple[int, int]
    parmi: tuple[int, int]
    """How many said it, in all: the least and the most."""
    attendu: tuple[int, int]

    @property
    def verdict(self) -> Verdict:
        (bas, haut), (moins, plus) = self.reponses, self.attendu
        if bas > plus:
            return Verdict.PLUS
        if haut < moins:
            return Verdict.MOINS
        return Verdict.COMME if moins <= bas and haut <= plus else Verdict.DOUTE

    @property
    def dire_le_verdict(self) -> str:
        return MOTS[self.verdict]

    @property
    def dire_les_reponses(self) -> str:
        """Return how many answered in French, as the displayed table lets it be known."""
        return dire(*self.reponses, self.parmi[1])

    @property
    def part_accompagnees(self) -> int:
        """Return the share of those aidees, in whole percent."""
        return arrondi(self.accompagnees, self.sur)

    @property
    def part_reponses(self) -> tuple[int, int]:
        """Return the share of answers, in whole percent: one number twice, or what holds it."""
        (bas, haut), (moins, plus) = self.reponses, self.parmi
        if bas == haut and moins == plus:
            return arrondi(bas, plus), arrondi(bas, plus)
        return floor(100 * bas / plus), min(100, ceil(100 * haut / moins))

    @property
    def part_attendue(self) -> tuple[int, int]:
        """Return what a draw would have given, in whole percent."""
        return floor(100 * self.attendu[0] / self.parmi[1]), min(
            100, ceil(100 * self.attendu[1] / self.parmi[0])
        )

    @property
    def dire_la_part(self) -> str:
        bas, haut = self.part_reponses
        return f"{bas}\u00a0%" if bas == haut else f"de {bas} à {haut}\u00a0%"

    @property
    def ecart_visible(self) -> int:
        """Return from how many points on a difference would have been seen, in whole points."""
        juste = self.accompagnees / self.sur
        cotes = (
            self.attendu[1] + 1 - juste * self.parmi[1],
            juste * self.parmi[0] - self.attendu[0] + 1,
        )
        return ceil(100 * max(cotes) / self.parmi[0])


def parts_de(composition: TableauProtege, dites: TableauProtege) -> tuple[Part, ...]:
    """Return the classes of a composition that is shown, against answers in the same columns.

    Nothing when fewer said it than may be compared, or more than are aidees.
    """
    aidees, repondu = composition.total, dites.total
    if aidees is None or repondu is None:
        return ()
    par_code = dict(zip((c.code for c in dites.colonnes), repondu.cellules, strict=True))
    sans = par_code.pop(SANS, None) or Cellule(0, 0)
    parmi = (repondu.taille - sans.haut, repondu.taille - sans.bas)
    if parmi[0] < composition.seuil or parmi[1] > aidees.taille:
        return ()
    montrees = [
        (colonne, cellule.valeur)
        for colonne, cellule in zip(composition.colonnes, aidees.cellules, strict=True)
        if cellule.valeur is not None
    ]
    # Of two classes that make everybody, one comparison says the other.
    essais = 1 if not composition.multiple and len(montrees) == _DEUX else len(montrees)
    return tuple(
        Part(
            colonne.libelle,
            nombre,
            aidees.taille,
            (par_code[colonne.code].bas, par_code[colonne.code].haut),
            parmi,
            _attendu(parmi, nombre, aidees.taille, confiance_commune(essais)),
        )
        for colonne, nombre in montrees
    )


_DEUX: Final = 2
_PUIS: Final = "\u00a0; "


def _attendu(
    parmi: tuple[int, int], groupe: int, population: int, confiance: float
) -> tuple[int, int]:
    """Return what a draw gives, whichever of the possible numbers of answers is the true one."""
    bas, _ = fluctuation(parmi[0], groupe, population, confiance)
    _, haut = fluctuation(parmi[1], groupe, population, confiance)
    return bas, haut


def phrases(parts: Sequence[Part]) -> list[str]:
    """Say in plain words which classes took part more or less than a draw would have given."""
    rendues = []
    for verdict in (Verdict.MOINS, Verdict.PLUS):
        siennes = [
            f"{p.libelle} ({p.part_accompagnees}\u00a0% des personnes accompagnées, "
            f"{p.dire_la_part} des réponses)"
            for p in parts
            if p.verdict == verdict
        ]
        if siennes:
            rendues.append(f"{MOTS[verdict]}\u00a0: {_PUIS.join(siennes)}.")
    if not rendues:
        rendues.append("Aucun écart net. Cela ne veut pas dire qu’il n’y en a pas.")
    ecart = max(p.ecart_visible for p in parts)
    rendues.append(
        f"Avec ces réponses, un écart de moins de {ecart}\u00a0points peut passer inaperçu."
    )
    return rendues
