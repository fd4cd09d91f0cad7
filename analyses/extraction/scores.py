"""Scores of a wave: benchmarks of the module ALIM, and published scales asked in full."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from analyses.statistiques.refus import CalculImpossible
from enquetes.bibliotheque.echelles import Gabarit, echelle_de, etiquette, valeurs
from enquetes.bibliotheque.scores import ECHELLE, REPERES, Score, scores_possibles
from enquetes.parcours.definition import Definition

Reponses = Mapping[str, Any]
Niveau = tuple[int, int]
"""Benchmarks reached, and benchmarks that could be evaluated."""
PART_EVALUABLE: Final = 0.8
"""Share of the eight benchmarks that both waves must allow to evaluate, as for own scales."""


@dataclass(frozen=True, slots=True)
class ScoreSuivi:
    """A score that both waves allow."""

    code: str
    libelle: str
    mesure: str
    """What it is: the scale and its source, or « module Voix, non comparable »."""
    baisse: bool
    lues: tuple[str, ...]
    """Codes of the questions it is made of."""
    ecart: Callable[[Reponses, Reponses], float | None]
    """Second minus first; nothing when one of the two cannot be had."""
    niveau: Callable[[Reponses], Niveau] | None = None


def scores_de(entree: Definition, apres: Definition) -> list[ScoreSuivi]:
    """Return the scores that both questionnaires allow, if any."""
    return [_suivi(score, entree) for score in scores_possibles(entree, apres)]


def _suivi(score: Score, entree: Definition) -> ScoreSuivi:
    gabarit = echelle_de(entree)
    return ScoreSuivi(
        score.code,
        score.libelle,
        mesure_de(entree),
        baisse=score.baisse,
        lues=score.lues,
        ecart=_ecart_reperes if gabarit is None else _ecart_de(gabarit),
        niveau=_niveau if gabarit is None else None,
    )


def mesure_de(definition: Definition) -> str:
    """Return how the report names what was asked: a published scale, or a module that is not one."""
    return etiquette(definition)


def _ecart_de(gabarit: Gabarit) -> Callable[[Reponses, Reponses], float | None]:
    def ecart(avant: Reponses, apres: Reponses) -> float | None:
        premier, second = _coter(gabarit, avant), _coter(gabarit, apres)
        return None if premier is None or second is None else second - premier

    return ecart


def _coter(gabarit: Gabarit, reponses: Reponses) -> float | None:
    from analyses.statistiques.scores.bareme import coter
    from analyses.statistiques.scores.registre import BAREMES

    try:
        return coter(BAREMES[gabarit.code], valeurs(gabarit, reponses)).score
    except CalculImpossible:
        return None  # an answer is missing: none of these scales is completed by guessing


def _ecart_reperes(avant: Reponses, apres: Reponses) -> float | None:
    """Compare the benchmarks evaluated both times: one that appears or disappears is no change."""
    from analyses.statistiques.scores.reperes import reperes

    premiers, seconds = reperes(avant).reperes, reperes(apres).reperes
    lus = [
        (premier, second)
        for nom, premier in premiers.items()
        if premier is not None and (second := seconds[nom]) is not None
    ]
    if len(lus) < PART_EVALUABLE * len(premiers):
        return None
    return sum(second - premier for premier, second in lus)


def _niveau(reponses: Reponses) -> Niveau:
    from analyses.statistiques.scores.reperes import reperes

    lus = reperes(reponses)
    return lus.atteints, lus.evaluables


__all__ = ["ECHELLE", "REPERES", "Niveau", "ScoreSuivi", "mesure_de", "scores_de"]
