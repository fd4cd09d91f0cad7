"""The tails of U when m people are drawn at random from groups of equal answers.

The low answers and the high answers are counted apart, and only joined at the end: the joint law is
never built, its tails are sums of products. That halving is what makes 300 people quick.
Everything is a count of choices, made of additions and products of positive numbers: the smallest
tails keep their relative precision. Counts below 10^300 hold in a float.
"""

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from .unites import Entiers

Combien = TypeVar("Combien", int, Entiers)
Lignes = list[NDArray[np.float64]]
"""Row c: how many choices of c people give 2U = 0, 1, 2 … (0, 2, 4 … if ``unite`` is 2)."""

_CLAIRSEME: Final = 12
"""One count at a time is that much slower than whole rows, and worth it if rows are empty."""


def deux_queues(tailles: list[int], m: int, ecart: int) -> float:
    """Return P(2U is ``ecart`` or more away from its mean), m people being drawn.

    ``tailles``: how many people gave each answer, lowest answer first. U counts the pairs (drawn,
    not drawn) in which the drawn answer is higher, plus half of the equal ones.
    """
    if ecart == 0:
        return 1.0
    n = sum(tailles) - m
    # An odd t only adds even numbers to 2U: then U is whole and half the room is enough.
    unite = 2 if all(t % 2 for t in tailles) else 1
    coupe = _coupe(tailles)
    partie_basse = _Partie.de(tailles[:coupe], m, unite)
    partie_haute = (
        partie_basse
        if tailles[:coupe] == tailles[coupe:]
        else _Partie.de(tailles[coupe:], m, unite)
    )
    choix = 0.0
    for tires in range(max(0, m - partie_haute.personnes), min(m, partie_basse.personnes) + 1):
        # Each one drawn among the high answers beats all those left among the low.
        entre = 2 * (m - tires) * (partie_basse.personnes - tires)
        choix += _extremes(
            partie_basse.lignes[tires],
            partie_haute.lignes[m - tires],
            (m * n - ecart - entre) // unite,
            (m * n + ecart - entre) // unite,
        )
    return min(1.0, choix / math.comb(m + n, m))


def _coupe(tailles: list[int]) -> int:
    """Return how many groups make the low part, for the least work in all."""

    def etats(part: list[int]) -> int:
        return min(math.prod(t + 1 for t in part), sum(part) ** 3)

    milieu = sum(tailles) / 2
    vus = list(accumulate(tailles, initial=0))
    proche = min(range(len(vus)), key=lambda i: abs(vus[i] - milieu))
    candidats = range(max(0, proche - 1), min(len(tailles), proche + 1) + 1)
    return min(candidats, key=lambda i: etats(tailles[:i]) + etats(tailles[i:]))


def _extremes(
    basse: NDArray[np.float64], haute: NDArray[np.float64], bas: int, haut: int
) -> float:
    """Return the choices with a sum of ``bas`` or less, or of ``haut`` or more (bas < haut)."""
    total = 0.0
    rangs = np.arange(len(basse))
    reste = bas - rangs[: max(0, bas + 1)]
    if len(reste):
        cumul = np.cumsum(haute)
        total += float((basse[: len(reste)] * cumul[np.minimum(reste, len(haute) - 1)]).sum())
    premier = max(0, haut - len(haute) + 1)
    if premier < len(basse):
        cumul = np.cumsum(haute[::-1])[::-1]
        total += float((basse[premier:] * cumul[np.maximum(haut - rangs[premier:], 0)]).sum())
    return total


@dataclass(frozen=True, slots=True)
class _Partie:
    """The choices among some of the people."""

    personnes: int
    lignes: Lignes

    @classmethod
    def de(cls, tailles: list[int], m: int, unite: int) -> "_Partie":
        """Return the choices of at most m people among groups of equal answers, answer by answer.

        If c of the T people seen are drawn, drawing j of the t next adds 2j(T - c) + j(t - j).
        The same choices seen from the highest answer down give the rows backwards: the largest of
        the two end groups comes last, when rows are still nearly empty and it costs the least.
        """
        if tailles and tailles[0] > tailles[-1]:
            retournee = cls.de(tailles[::-1], m, unite)
            return cls(retournee.personnes, [ligne[::-1] for ligne in retournee.lignes])
        partie = cls(0, [np.ones(1)])
        for t in tailles:
            partie = cls(partie.personnes + t, partie._avec(t, m, unite))
        return partie

    def _avec(self, t: int, m: int, unite: int) -> Lignes:
        total = self.personnes + t
        moitie = min(m, total // 2)
        pleines = sum(map(np.count_nonzero, self.lignes))
        clairseme = _CLAIRSEME * pleines < sum(map(len, self.lignes))
        ajouter = self._un_par_un if clairseme else self._par_lignes
        lignes = ajouter(t, moitie, unite)
        # Those who are not drawn are drawn the other way round.
        return lignes + [lignes[total - c][::-1] for c in range(moitie + 1, min(m, total) + 1)]

    def _ajout(self, c: Combien, j: int, t: int, unite: int) -> Combien:
        return (2 * j * (self.personnes - c) + j * (t - j)) // unite

    def _par_lignes(self, t: int, moitie: int, unite: int) -> Lignes:
        """Draw or leave the t equal people one after the other, in place: nothing but additions.

        Each of them adds the same to the sum of ranks, which 2U follows but for the square of c.
        """
        suite = [
            np.zeros(2 * c * (self.personnes + t - c) // unite + 1) for c in range(moitie + 1)
        ]
        remplies = [0] * (moitie + 1)
        for c, ligne in enumerate(self.lignes[: moitie + 1]):
            remplies[c] = len(ligne)
            suite[c][: len(ligne)] = ligne
        for _ in range(t):
            # From the most drawn down, so that nobody is drawn twice.
            for c in range(moitie - 1, -1, -1):
                longueur = remplies[c]
                if longueur:
                    debut = (2 * (self.personnes - c) + t - 1) // unite
                    ici = suite[c + 1][debut : debut + longueur]
                    np.add(ici, suite[c][:longueur], out=ici)
                    remplies[c + 1] = max(remplies[c + 1], debut + longueur)
        return suite

    def _un_par_un(self, t: int, moitie: int, unite: int) -> Lignes:
        """Do the same count by count, for rows that are nearly empty."""
        total = self.personnes + t
        longueurs = [2 * c * (total - c) // unite + 1 for c in range(moitie + 1)]
        debuts = np.array([0, *accumulate(longueurs)])
        suite = np.zeros(debuts[-1])
        places = [np.flatnonzero(ligne) for ligne in self.lignes]
        tires = np.repeat(np.arange(len(places)), [len(place) for place in places])
        sommes = np.concatenate(places)
        choix = np.concatenate([ligne[p] for ligne, p in zip(self.lignes, places, strict=True)])
        for j in range(min(t, moitie) + 1):
            # Rows come in order: those that stay within half of the people come first.
            garde = int(np.searchsorted(tires, moitie - j, side="right"))
            c = tires[:garde]
            place = debuts[c + j] + sommes[:garde] + self._ajout(c, j, t, unite)
            suite[place] += float(math.comb(t, j)) * choix[:garde]
        return np.split(suite, debuts[1:-1])
