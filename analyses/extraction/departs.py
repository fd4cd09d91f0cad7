"""Who answered entrée and what became of them: where they started, and their age band.

This never leaves ``analyses.actions.departs``, which keeps it for the time of a protection.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analyses.confidentialite.composition import Classe
from analyses.confidentialite.traits import AGE
from enquetes.actions.suivi.cartes import passation_de
from enquetes.bibliotheque.ages import demande_l_age
from enquetes.models import Cohorte, Passation, Vague

from .paires import Question, milieu_de, moitie_de, score_de, suivies_de, vagues_de

AGES: Final[tuple[Classe, ...]] = AGE.plus_larges[0]
"""Three bands for every cohort: of five, a group of twenty who left would show almost nothing."""


@dataclass(frozen=True, slots=True)
class Departs:
    """Who answered entrée, in the order of random numbers: stayed or left, and where they started."""

    identifiants: tuple[str, ...]
    parties: tuple[bool, ...]
    moities: dict[str, tuple[int, ...]]
    """By outcome: 0 for the low half of the scale, 1 for the high one, 2 without an answer."""
    ages: tuple[int, ...]
    """Rank of the class of ``AGES``, then those who did not say it; empty where nobody was asked."""


def departs(cohorte: Cohorte, apres: Vague, questions: Sequence[Question]) -> Departs:
    """Return those who answered entrée, told apart by whether they answered the later wave too."""
    avant = vagues_de(cohorte)[0]
    definition = avant.collecte.version.lue()
    milieux = {q.code: milieu_de(definition.question(q.questions[0])) for q in questions}
    envoyees = Passation.objects.filter(collecte=apres.collecte).comptables().order_by()
    suites = set(envoyees.values_list("pk", flat=True))
    cartes = {}
    for carte in suivies_de(cohorte):
        cartes[passation_de(carte, avant)] = passation_de(carte, apres) not in suites
    entrees = Passation.objects.filter(collecte=avant.collecte).comptables().order_by()
    lues = [
        (pk.hex, cartes[pk], reponses)
        for pk, reponses in entrees.values_list("pk", "reponses")
        if pk in cartes
    ]
    lignes = sorted(lues, key=lambda ligne: ligne[0])
    return Departs(
        tuple(identifiant for identifiant, _, _ in lignes),
        tuple(partie for _, partie, _ in lignes),
        {
            q.code: tuple(
                moitie_de(score_de(q, reponses), milieux[q.code]) for *_, reponses in lignes
            )
            for q in questions
        },
        tuple(age_de(reponses) for *_, reponses in lignes) if demande_l_age(definition) else (),
    )


def age_de(reponses: Mapping[str, Any]) -> int:
    """Return the rank of an age among ``AGES``; one more for those who did not say it."""
    dit = reponses.get(AGE.question)
    return next((rang for rang, classe in enumerate(AGES) if dit in classe.codes), len(AGES))
