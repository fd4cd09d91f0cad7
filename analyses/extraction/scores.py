"""Scores of a wave: benchmarks of the module ALIM, and published scales asked in full."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from analyses.statistiques.refus import CalculImpossible
from enquetes import bibliotheque
from enquetes.bibliotheque.echelles import Gabarit, echelle_de, etiquette, valeurs
from enquetes.parcours.definition import Definition

Reponses = Mapping[str, Any]
Niveau = tuple[int, int]
"""Benchmarks reached, and benchmarks that could be evaluated."""
REPERES: Final = "reperes"
ECHELLE: Final = "echelle"
PART_EVALUABLE: Final = 0.8
"""Share of the eight benchmarks that both waves must allow to evaluate, as for own scales."""
PLUS_C_EST_MIEUX: Final = frozenset({"who5", "hdds", "fcs"})
"""Scales whose score goes up when things get better; the others count difficulties."""


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
    echelle = echelle_de(entree)
    if echelle is not None and echelle == echelle_de(apres):
        return [_echelle(echelle, etiquette(entree))]
    if all(_demande_alim(definition) for definition in (entree, apres)):
        libelle = "Repères alimentaires atteints, parmi ceux que les réponses permettent de lire"
        return [
            ScoreSuivi(
                REPERES,
                libelle,
                mesure_de(entree),
                baisse=False,
                lues=tuple(sorted(code for code, _, _ in _questions_d_alim())),
                ecart=_ecart_reperes,
                niveau=_niveau,
            )
        ]
    return []


def mesure_de(definition: Definition) -> str:
    """Return how the report names what was asked: a published scale, or a module that is not one."""
    return etiquette(definition)


def _echelle(gabarit: Gabarit, mesure: str) -> ScoreSuivi:
    def ecart(avant: Reponses, apres: Reponses) -> float | None:
        premier, second = _coter(gabarit, avant), _coter(gabarit, apres)
        return None if premier is None or second is None else second - premier

    baisse = gabarit.code not in PLUS_C_EST_MIEUX
    posees = tuple(question.code for question in gabarit.questions)
    lues = (*posees, *(f"{code}_f" for code in posees if gabarit.reponse == "frequence"))
    return ScoreSuivi(
        ECHELLE, f"Score {gabarit.nom}", mesure, baisse=baisse, lues=lues, ecart=ecart
    )


def _coter(gabarit: Gabarit, reponses: Reponses) -> float | None:
    from analyses.statistiques.scores.bareme import coter
    from analyses.statistiques.scores.registre import BAREMES

    try:
        return coter(BAREMES[gabarit.code], valeurs(gabarit, reponses)).score
    except CalculImpossible:
        return None  # an answer is missing: none of these scales is completed by guessing


def _demande_alim(definition: Definition) -> bool:
    """Return whether the questions of ALIM are asked word for word: their codes prove nothing."""
    posees = {(q.code, q.type, q.texte.dans("fr").texte) for q in definition.questions()}
    return _questions_d_alim() <= posees


@cache
def _questions_d_alim() -> frozenset[tuple[str, str, str]]:
    return frozenset(
        (question["code"], question["type"], question["texte"]["fr"])
        for page in bibliotheque.lire("alim")["pages"]
        for question in page["questions"]
    )


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
