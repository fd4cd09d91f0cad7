"""What is said of a split, exact or known by intervals only, without narrowing any of them.

A conclusion computed on hidden counts would give them back to whoever knows the rule
(confidentialité §3). Where an interval is displayed, everything here is a function of the display.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MIN_CHANGES: Final = 6
"""2/2⁵ is above 5 %: fewer people who changed can show nothing (domaine §4.2)."""
NETTE: Final = 0.01
PROBABLE: Final = 0.05
Intervalle = tuple[int, int]


class Verdict(StrEnum):
    """In words, after Holm."""

    NETTE = "nette"
    PROBABLE = "probable"
    INCERTAIN = "incertain"
    TU = "tu"
    """Not said: nothing is displayed of those who changed."""


@dataclass(frozen=True, slots=True)
class Partage:
    """The displayed split of one outcome among ``n`` pairs."""

    n: int
    progressent: Intervalle
    stables: Intervalle
    reculent: Intervalle
    manquent: Intervalle

    def possibles(self) -> Iterator[tuple[int, int, int, int]]:
        """Iterate over every split that the intervals allow."""
        for plus in range(self.progressent[0], self.progressent[1] + 1):
            for moins in range(self.reculent[0], self.reculent[1] + 1):
                for vide in range(self.manquent[0], self.manquent[1] + 1):
                    stables = self.n - plus - moins - vide
                    if self.stables[0] <= stables <= self.stables[1]:
                        yield plus, stables, moins, vide

    def resserre(self) -> "Partage":
        """Return the intervals as whoever reads them all together knows them: sums are known."""
        splits = list(self.possibles())
        cotes = [(min(c), max(c)) for c in zip(*splits, strict=True)]
        return Partage(self.n, *cotes) if splits else self

    @property
    def est_exact(self) -> bool:
        """Return whether every count is displayed as it is."""
        cotes = (self.progressent, self.stables, self.reculent, self.manquent)
        return all(bas == haut for bas, haut in cotes)

    @property
    def est_connu(self) -> bool:
        """Return whether something is told of those who changed."""
        return not (self.progressent == (0, self.n) and self.reculent == (0, self.n))


def classe(p: float) -> Verdict:
    """Return the word of an adjusted p-value."""
    if p < NETTE:
        return Verdict.NETTE
    return Verdict.PROBABLE if p < PROBABLE else Verdict.INCERTAIN


def p_dite(partage: Partage, p: float | None) -> float | None:
    """Return the p-value whose word is told.

    All counts displayed exactly: that of the exact test on the true answers, ``p``. Otherwise the
    greatest one of the exact sign test over every split that the display allows: who reads the word
    learns nothing that the display did not say.
    """
    if not partage.est_connu:
        return None
    if partage.est_exact:
        return p
    from analyses.statistiques.paires import mcnemar

    changes = {(plus, moins) for plus, _, moins, _ in partage.possibles()}
    if any(plus + moins < MIN_CHANGES for plus, moins in changes):
        return None
    return max(mcnemar(plus, moins) for plus, moins in changes)


def verdicts(partages: Sequence[Partage], p_bruts: Sequence[float | None]) -> list[Verdict]:
    """Return the word of each declared outcome after Holm; ``TU`` where nothing is displayed."""
    from analyses.statistiques.multiples import holm

    dites = [p_dite(partage, p) for partage, p in zip(partages, p_bruts, strict=True)]
    ajustes = holm(dites) if any(p is not None for p in dites) else dites
    return [
        Verdict.TU if not partage.est_connu else Verdict.INCERTAIN if p is None else classe(p)
        for partage, p in zip(partages, ajustes, strict=True)
    ]


def part_nette(partage: Partage) -> tuple[Intervalle, tuple[float, float]] | None:
    """Return better minus worse, and its 95 % interval, both as wide as the display is.

    Tango's interval for each split that the display allows; the union of all of them.
    """
    from analyses.statistiques.paires import Paires, tango

    vus = {(plus, moins) for plus, _, moins, _ in partage.possibles()}
    if not vus or not partage.est_connu:
        return None
    nets = [plus - moins for plus, moins in vus]
    bornes = [
        tango(Paires(0, moins, plus, partage.n - plus - moins)) for plus, moins in _coins(vus)
    ]
    return (min(nets), max(nets)), (min(b for b, _ in bornes), max(h for _, h in bornes))


def _coins(vus: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the splits whose interval can be the widest on one side: least and greatest net."""
    nets = {plus - moins for plus, moins in vus}
    return {(p, m) for p, m in vus if p - m in {min(nets), max(nets)}}
