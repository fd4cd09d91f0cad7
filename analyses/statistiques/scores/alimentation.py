"""Food insecurity and diversity: FIES, HFIAS, HDDS, FCS, rCSI, the single question."""

from typing import Final

from .bareme import Reponses, Score, palier

FCS_POIDS: Final = (2, 3, 1, 1, 4, 4, 0.5, 0.5)
"""Staples, pulses, vegetables, fruit, meat-fish-eggs, dairy, sugar, oil."""
RCSI_POIDS: Final = (1, 2, 1, 3, 1)
"""Less preferred food, borrowing, smaller portions, adults restricting themselves, fewer meals."""
_PARFOIS: Final = 2
_SOUVENT: Final = 3


def fies(reponses: Reponses) -> Score:
    """Return the raw score, 0 to 8, and its band.

    Bands are a descriptive convention: a prevalence needs the Rasch model (FAO, Voices of the
    Hungry), so that they bear no word such as « modérée » or « sévère ».
    """
    score = sum(reponses)
    return Score(score, palier(score, (0, 3, 6), ("0", "1-3", "4-6", "7-8")))


def hfias(reponses: Reponses) -> Score:
    """Return the score, 0 to 27, and the category, 1 (secure) to 4 (severe).

    ``reponses``: frequency of each of the nine, 0 (never) to 3 (often). FANTA, Indicator Guide
    version 3 (2007). The worst condition that holds decides: they are read from the worst.
    """
    q1, q2, q3, q4, q5, q6, q7, q8, q9 = reponses
    if _SOUVENT in (q5, q6) or q7 or q8 or q9:
        categorie = 4
    elif q3 >= _PARFOIS or q4 >= _PARFOIS or q5 or q6:
        categorie = 3
    elif q1 >= _PARFOIS or q2 or q3 or q4:
        categorie = 2
    else:
        categorie = 1
    return Score(sum(reponses), categorie)


def hdds(reponses: Reponses) -> Score:
    """Return how many of the 12 food groups were eaten; there is no official cut-off."""
    return Score(sum(reponses), None)


def fcs(reponses: Reponses) -> Score:
    """Return the food consumption score, 0 to 112, and its group at 21 and 35 (WFP)."""
    score = sum(poids * jours for poids, jours in zip(FCS_POIDS, reponses, strict=True))
    return Score(score, palier(score, (21, 35), ("pauvre", "limite", "acceptable")))


def rcsi(reponses: Reponses) -> Score:
    """Return the reduced coping strategies index, 0 to 56 (WFP); no universal cut-off."""
    return Score(sum(p * jours for p, jours in zip(RCSI_POIDS, reponses, strict=True)), None)


def suffisance(reponses: Reponses) -> Score:
    """Return the state, 1 (enough of what is wanted) to 4 (often not enough).

    The last two states are insufficient (USDA question, used by CRÉDOC).
    """
    return Score(reponses[0], palier(reponses[0], (2,), ("suffisant", "insuffisant")))
