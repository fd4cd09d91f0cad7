"""Figures of §4.5, from displayed intervals or under rules of their own.

Percentages, means of a scale and medians say no more than a distribution that the auditor accepted.
Amounts have no distribution: their means are released under the rules of this module only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

import numpy as np

from .modele import Entiers, Reels
from .parametres import PETIT_GROUPE, Parametres

CROISEMENT_MIN: Final = 30
"""Fewest persons of a group in which two sensitive questions are crossed."""
_DOMINANCE: Final = 0.10
_CENTILES: Final = (5.0, 95.0)


@dataclass(frozen=True, slots=True)
class Pourcentage:
    """A share in whole percent, as an interval: ``bas == haut`` when the count is shown."""

    bas: int
    haut: int
    texte: str


def pourcentage(bas: int, haut: int, n: int) -> Pourcentage | None:
    """Return the share that a displayed interval of counts gives; ``None`` without a base.

    Never decimals: with n known, they would give the count back where it is hidden. Ends are
    rounded outwards, so that the truth is inside.
    """
    if n <= 0:
        return None
    if bas == haut:
        entier = floor(100 * bas / n + 0.5)
        return Pourcentage(entier, entier, f"{entier}\u00a0%")
    dessous, dessus = floor(100 * bas / n), ceil(100 * haut / n)
    if bas <= 0 and haut >= n:
        return Pourcentage(0, 100, "non diffusable")
    if bas <= 0:
        return Pourcentage(0, dessus, f"moins de {min(100, floor(100 * haut / n) + 1)}\u00a0%")
    if haut >= n:
        return Pourcentage(dessous, 100, f"plus de {max(0, ceil(100 * bas / n) - 1)}\u00a0%")
    return Pourcentage(dessous, dessus, f"entre {dessous} et {dessus}\u00a0%")


@dataclass(frozen=True, slots=True)
class Statistique:
    """One displayed figure, or why there is none (French)."""

    valeur: float | None
    decimales: int
    n: int
    motif: str = ""

    @property
    def marge(self) -> tuple[float, float]:
        """Return the interval of means that are shown so: what an attacker writes."""
        if self.valeur is None:
            return (-np.inf, np.inf)
        pas = 0.25 if self.decimales == 0 or self.n < PETIT_GROUPE else 0.05
        return (self.valeur - pas, self.valeur + pas)


TROP_PEU: Final = "Effectif insuffisant."
TROP_CONCENTRE: Final = "Réponses trop semblables pour donner une moyenne sans exposer personne."
DEJA_DISTRIBUTION: Final = "La répartition des réponses est déjà donnée pour ce groupe."
DOMINANT: Final = "Un petit nombre de personnes pèse trop dans le total."


def moyenne(
    comptes: Sequence[int],
    valeurs: Sequence[float | None],
    p: Parametres,
    *,
    distribution_montree: bool,
) -> Statistique:
    """Return the mean of a scale in one group, as it may be shown.

    ``comptes``: true count of each answer; ``valeurs``: its value, ``None`` without one. At least m
    answers above the minimum and m below the maximum; half points under 30 persons, where a mean
    is shown only if the distribution is not. From 30 on, the mean must still join the audit
    (``modele.Moyenne`` with ``marge``) when the distribution is shown too.
    """
    n = int(sum(comptes))
    decimales = 1
    paires = [(float(v), int(c)) for v, c in zip(valeurs, comptes, strict=True) if v is not None]
    donnees = sum(c for _, c in paires)
    if n < p.n_min or donnees < p.n_min:
        return Statistique(None, decimales, n, TROP_PEU)
    if n < PETIT_GROUPE and distribution_montree:
        return Statistique(None, decimales, n, DEJA_DISTRIBUTION)
    bas, haut = min(v for v, _ in paires), max(v for v, _ in paires)
    au_dessus = sum(c for v, c in paires if v > bas)
    au_dessous = sum(c for v, c in paires if v < haut)
    if au_dessus < p.m or au_dessous < p.m:
        return Statistique(None, decimales, n, TROP_CONCENTRE)
    vraie = sum(v * c for v, c in paires) / donnees
    pas = 2 if n < PETIT_GROUPE else 10
    return Statistique(floor(vraie * pas + 0.5) / pas, decimales, n)


def bornes_de_campagne(montants: Reels) -> tuple[float, float]:
    """Return the 5th and 95th centiles of all amounts of a campaign: never shown themselves."""
    connus = montants[~np.isnan(montants)]
    if not connus.size:
        return (0.0, 0.0)
    bas, haut = np.percentile(connus, _CENTILES)
    return float(bas), float(haut)


def moyenne_de_montants(
    montants: Reels, bornes: tuple[float, float], p: Parametres
) -> Statistique:
    """Return the mean amount of a group, winsorised, in whole units.

    p% rule: the total minus the two largest must be at least 10 % of the largest, before and after
    winsorising. ``montants``: one a person, NaN for no answer.
    """
    connus = montants[~np.isnan(montants)]
    if connus.size < p.n_min:
        return Statistique(None, 0, int(montants.size), TROP_PEU)
    ecretes = np.clip(connus, *bornes)
    if _domine(connus) or _domine(ecretes):
        return Statistique(None, 0, int(montants.size), DOMINANT)
    return Statistique(float(floor(ecretes.mean() + 0.5)), 0, int(montants.size))


def _domine(montants: Reels) -> bool:
    tries = np.sort(np.abs(montants))[::-1]
    return bool(tries[2:].sum() < _DOMINANCE * tries[0])


def classe_mediane(comptes: Sequence[int], p: Parametres) -> int | None:
    """Return the rank of the class that holds the median, if at least m persons are in it.

    ``comptes``: true counts of ordered classes, without « sans réponse ». Nothing is told when the
    median falls between two classes.
    """
    n = int(sum(comptes))
    if n < p.n_min:
        return None
    cumul: Entiers = np.cumsum(np.asarray(comptes, dtype=np.int64))
    basse = int(np.searchsorted(cumul, (n + 1) // 2))
    haute = int(np.searchsorted(cumul, n // 2 + 1))
    return basse if basse == haute and comptes[basse] >= p.m else None


JAMAIS: Final = ("minimum", "maximum", "mode", "quantile", "ecart_type", "intervalle_de_confiance")
"""Figures that rebuild answers: refused in groups of fewer than 30, the first four always."""


def permise(figure: str, n: int) -> bool:
    """Return whether a kind of figure may be computed at all for a group of n persons."""
    if figure not in JAMAIS:
        return True
    return n >= PETIT_GROUPE and figure in ("ecart_type", "intervalle_de_confiance")


def appariable(nb_paires: int, p: Parametres) -> bool:
    """Return whether before and after may be compared: enough persons answered both waves."""
    return nb_paires >= p.n_min


def croiser(premieres: Entiers, secondes: Entiers, nb_secondes: int) -> Entiers:
    """Return the joint answer of each person: one table with the pair as response (§4.5).

    Used for two sensitive questions (with ``CROISEMENT_MIN`` as ``n_min``) and for before/after.
    """
    if (secondes < 0).any() or (secondes >= nb_secondes).any() or (premieres < 0).any():
        raise ValueError("ranks of answers expected")
    return np.asarray(premieres * nb_secondes + secondes)
