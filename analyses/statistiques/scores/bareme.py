"""What a scorer is: how many answers, between what and what, and what they make."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analyses.statistiques.refus import CalculImpossible

Categorie = int | str
Reponses = Sequence[int]


@dataclass(frozen=True, slots=True)
class Score:
    """A score, and its category where the scale publishes one."""

    score: int | float
    categorie: Categorie | None


@dataclass(frozen=True, slots=True)
class Bareme:
    """One scale. Every answer is needed: none of these scales is completed by guessing."""

    nom: str
    items: int
    maximum: int
    """Answers are whole numbers from ``minimum`` to this one."""
    calcul: Callable[[Reponses], Score]
    source: str
    minimum: int = 0
    ecrete: bool = False
    """Whether answers beyond ``maximum`` count as ``maximum`` (days added up over foods)."""


def coter(bareme: Bareme, reponses: Sequence[int | None]) -> Score:
    """Return the score of one person's answers, in the order of the scale.

    Errors: ``CalculImpossible`` if an answer is missing (``None``), there are too few or too many,
    or one is out of range.
    """
    if len(reponses) != bareme.items:
        raise CalculImpossible(
            f"L’échelle {bareme.nom} attend {bareme.items} réponses, {len(reponses)} reçues."
        )
    completes = [reponse for reponse in reponses if reponse is not None]
    if len(completes) < bareme.items:
        raise CalculImpossible(
            f"Il manque une réponse\u00a0: l’échelle {bareme.nom} ne se calcule qu’au complet."
        )
    if bareme.ecrete:
        completes = [min(reponse, bareme.maximum) for reponse in completes]
    if not all(bareme.minimum <= reponse <= bareme.maximum for reponse in completes):
        raise CalculImpossible(
            f"Une réponse sort de l’échelle {bareme.nom} ({bareme.minimum} à {bareme.maximum})."
        )
    return bareme.calcul(completes)


def palier(score: float, bornes: tuple[int, ...], noms: tuple[str, ...]) -> str:
    """Return the name of the band that holds the score; each bound belongs to the band below it."""
    return noms[bisect_left(bornes, score)]
