"""The mean of a scale (§4.5), as it may be asked for: ``chiffres`` has it attacked with all the rest.

Percentages and medians are read from displayed intervals (``confidentialite.chiffres``). A mean of
amounts, and the joint answer to two sensitive questions, are told nowhere (ADR 0101, 0102).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

import numpy as np

from .parametres import PETIT_GROUPE, Parametres


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
