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
MIN_REPONDU: Final = 10
"""Under as many answers, counts only: no interval (domaine §4.2)."""
NETTE: Final = 0.01
PROBABLE: Final = 0.05
Intervalle = tuple[int, int]
Scenario = tuple[int, int, int]
"""How many get better, stay and get worse, among those who answered both times."""


class Verdict(StrEnum):
    """In words, after Holm."""

    NETTE = "nette"
    PROBABLE = "probable"
    INCERTAIN = "incertain"
    FRAGILE = "fragile"
    """The test concludes, and the interval does not (domaine §4.2(3))."""
    MASQUE = "masque"
    """What is displayed allows no conclusion: exact counts perhaps would."""
    TU = "tu"
    """Not said: nothing is displayed of those who changed."""


CONCLUENT: Final = (Verdict.NETTE, Verdict.PROBABLE)


class Epreuve(StrEnum):
    """Which test a word comes from."""

    RANGS = "rangs"
    """Exact signed ranks, on every change."""
    MCNEMAR = "mcnemar"
    SIGNES = "signes"
    """Exact sign test, of the least favourable split that the display allows."""


@dataclass(frozen=True, slots=True)
class Partage:
    """The displayed split of one outcome among ``n`` pairs."""

    n: int
    progressent: Intervalle
    stables: Intervalle
    reculent: Intervalle
    manquent: Intervalle

    def possibles(self) -> Iterator[tuple[int, int, int, int]]:
        """Iterate over every split that the intervals allow: for tests, as attackers list them."""
        for plus in range(self.progressent[0], self.progressent[1] + 1):
            for moins in range(self.reculent[0], self.reculent[1] + 1):
                for vide in range(self.manquent[0], self.manquent[1] + 1):
                    stables = self.n - plus - moins - vide
                    if self.stables[0] <= stables <= self.stables[1]:
                        yield plus, stables, moins, vide

    @property
    def cotes(self) -> tuple[Intervalle, ...]:
        """Return the cells in their order."""
        return self.progressent, self.stables, self.reculent, self.manquent

    def resserre(self) -> "Partage":
        """Return the intervals as whoever reads them all together knows them: sums are known."""
        bas, haut = (sum(cote[i] for cote in self.cotes) for i in (0, 1))
        if not bas <= self.n <= haut:
            return self
        return Partage(
            self.n,
            *((max(b, self.n - (haut - h)), min(h, self.n - (bas - b))) for b, h in self.cotes),
        )

    @property
    def repondu(self) -> Intervalle:
        """Return how many answered both times, as the display tells it: a count of its own, protected."""
        return self.n - self.manquent[1], self.n - self.manquent[0]

    @property
    def est_exact(self) -> bool:
        """Return whether every count is displayed as it is."""
        return all(bas == haut for bas, haut in self.cotes)

    @property
    def changes_exacts(self) -> bool:
        """Return whether those who get better and worse are displayed as they are."""
        return all(bas == haut for bas, haut in (self.progressent, self.reculent))

    @property
    def est_connu(self) -> bool:
        """Return whether something is told of those who changed."""
        return not (self.progressent == (0, self.n) and self.reculent == (0, self.n))

    def extremes(self, *, mieux: bool) -> Iterator[Scenario]:
        """Iterate, by number of missing answers, over the best (or the worst) split of the display.

        The best has both the most who get better and the fewest who get worse: such a split exists,
        for only the total binds the counts. So every test and interval is at its extreme there.
        """
        gagne, perd = self.progressent, self.reculent
        if not mieux:
            gagne, perd = perd, gagne
        for vide in range(self.manquent[0], self.manquent[1] + 1):
            reste = self.n - vide
            beaucoup = min(gagne[1], reste - perd[0] - self.stables[0])
            peu = max(perd[0], reste - beaucoup - self.stables[1])
            stables = reste - beaucoup - peu
            if beaucoup >= gagne[0] and peu <= perd[1] and stables >= self.stables[0]:
                yield (beaucoup, stables, peu) if mieux else (peu, stables, beaucoup)


def classe(p: float) -> Verdict:
    """Return the word of an adjusted p-value."""
    if p < NETTE:
        return Verdict.NETTE
    return Verdict.PROBABLE if p < PROBABLE else Verdict.INCERTAIN


def epreuve_de(partage: Partage, *, binaire: bool) -> Epreuve:
    """Return which test the word of a split comes from."""
    if binaire and partage.changes_exacts:
        return Epreuve.MCNEMAR
    return Epreuve.RANGS if partage.est_exact and not binaire else Epreuve.SIGNES


def p_signes(partage: Partage) -> float | None:
    """Return the greatest p-value of the exact sign test over every split that the display allows.

    Nothing where too few may have changed, or where nothing is told of them.
    """
    from analyses.statistiques.paires import mcnemar

    peu = max(
        partage.progressent[0] + partage.reculent[0],
        partage.n - partage.manquent[1] - partage.stables[1],
    )
    pires, meilleurs = (list(partage.extremes(mieux=mieux)) for mieux in (False, True))
    if not partage.est_connu or peu < MIN_CHANGES or not pires:
        return None
    if min(plus - moins for plus, _, moins in pires) > 1:
        return max(mcnemar(plus, moins) for plus, _, moins in pires)
    if max(plus - moins for plus, _, moins in meilleurs) < -1:
        return max(mcnemar(plus, moins) for plus, _, moins in meilleurs)
    return 1.0  # as many in each direction, but for one, is among what may be


def p_dite(partage: Partage, p: float | None) -> float | None:
    """Return the p-value whose word is told.

    All counts displayed exactly: that of the exact test on the true answers, ``p``. Otherwise that of
    ``p_signes``: who reads the word learns nothing that the display did not say.
    """
    if not partage.est_connu:
        return None
    return p if partage.est_exact else p_signes(partage)


def verdicts(
    partages: Sequence[Partage],
    p_bruts: Sequence[float | None],
    sens: Sequence[int] | None = None,
) -> list[Verdict]:
    """Return the word of each declared outcome after Holm; ``TU`` where nothing is displayed.

    ``sens``: which way the test of the true answers goes (1 better, -1 worse, 0 unknown).
    """
    from analyses.statistiques.multiples import holm

    dites = [p_dite(partage, p) for partage, p in zip(partages, p_bruts, strict=True)]
    ajustes = holm(dites) if any(p is not None for p in dites) else dites
    vers = sens or [0] * len(partages)
    return [_mot(*ligne) for ligne in zip(partages, ajustes, vers, strict=True)]


def _mot(partage: Partage, p: float | None, sens: int) -> Verdict:
    if not partage.est_connu:
        return Verdict.TU
    mot = Verdict.INCERTAIN if p is None else classe(p)
    if mot not in CONCLUENT:
        return mot if partage.est_exact else Verdict.MASQUE
    nette = part_nette(partage)
    vu = 0 if nette is None else cote_de(nette[1])
    contraire = partage.est_exact and sens and vu and sens != vu
    return Verdict.FRAGILE if not vu or contraire else mot


def cote_de(bornes: Sequence[float]) -> int:
    """Return on which side of zero an interval is: 1, -1, or 0 when it holds zero."""
    bas, haut = bornes
    return 1 if bas > 0 else -1 if haut < 0 else 0


def part_nette(partage: Partage) -> tuple[Intervalle, tuple[float, float]] | None:
    """Return better minus worse, and its 95 % interval, both as wide as the display is.

    Tango's interval, among those who answered both times, for each split that the display allows; the
    union of all of them. A missing answer is no stable one (domaine §4.2(5)).
    """
    from analyses.statistiques.paires import Paires, tango

    pires, meilleurs = (list(partage.extremes(mieux=mieux)) for mieux in (False, True))
    if not pires or not partage.est_connu or partage.repondu[0] < MIN_REPONDU:
        return None
    bas, haut = (
        [tango(Paires(0, moins, plus, stables)) for plus, stables, moins in scenarios]
        for scenarios in (pires, meilleurs)
    )
    nets = (
        min(plus - moins for plus, _, moins in pires),
        max(plus - moins for plus, _, moins in meilleurs),
    )
    return nets, (min(b for b, _ in bas), max(h for _, h in haut))
