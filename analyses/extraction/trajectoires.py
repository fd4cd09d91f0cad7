"""Read what each card said at every wave that a report is about: what the joint audit attacks.

This never leaves ``analyses.actions``, which keeps it for the time of a protection.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from enquetes.actions.suivi.cartes import passation_de
from enquetes.champs import champ
from enquetes.models import Carte, Cohorte, EtatPassation, Passation, Vague
from enquetes.parcours.conditions import questions_citees

from .paires import milieu_de, nombre_de, vagues_de

Reponses = Mapping[str, Any]
DEGRES_AU_PLUS: Final = 15
EFFACEES: Final[Reponses] = {}
"""What stands for answers that were erased (told by identity): they were counted, and are gone."""


@dataclass(frozen=True, slots=True)
class Trajectoire:
    """One card: by wave where it answered, its answers, or ``EFFACEES``."""

    identifiant: str
    reponses: dict[int, Reponses]
    numero: int = 0


@dataclass(frozen=True, slots=True)
class Instrument:
    """What is asked, as whoever imagines other answers must know it."""

    degres: dict[str, tuple[int, ...]]
    """By question that has a scale: its degrees; from a half of a finer one, everything may become."""
    milieux: dict[str, float]
    """By question that has a scale, fine or not: its middle."""
    liens: dict[str, frozenset[str]]
    """By question that not everybody is asked: the questions that decide of it."""


def trajectoires(cohorte: Cohorte, rangs: Iterable[int]) -> list[Trajectoire]:
    """Return the cards that answered entrée, by random number, with the waves that are asked for.

    Errors: ``CleDetruite`` once the link is cut.
    """
    vagues = [vague for vague in vagues_de(cohorte) if vague.rang in {1, *rangs}]
    lues = {vague.rang: _reponses(vague) for vague in vagues}
    suivies = []
    for carte in Carte.objects.filter(cohorte=cohorte, sans_suite=False).order_by("pk"):
        carte.cohorte = cohorte
        pks = {vague.rang: passation_de(carte, vague) for vague in vagues}
        siennes = {rang: lues[rang][pk] for rang, pk in pks.items() if pk in lues[rang]}
        if 1 in siennes:
            suivies.append(Trajectoire(pks[1].hex, siennes, carte.numero))
    return sorted(suivies, key=lambda t: t.identifiant)


def _reponses(vague: Vague) -> dict[UUID, Reponses]:
    toutes = Passation.objects.filter(collecte=vague.collecte).order_by()
    lues: dict[UUID, Reponses] = dict(toutes.comptables().values_list("pk", "reponses"))
    effacees = toutes.filter(etat=EtatPassation.EFFACEE).values_list("pk", flat=True)
    return lues | dict.fromkeys(effacees, EFFACEES)


def instrument(cohorte: Cohorte) -> Instrument:
    """Return what entrée asks: what is compared is asked alike at the other waves."""
    definition = vagues_de(cohorte)[0].collecte.version.lue()
    liens = {
        question.code: frozenset(questions_citees(page.condition.arbre))
        for page in definition.pages
        if page.condition
        for question in page.questions
    }
    degres = {q.code: lus for q in definition.questions() if (lus := _degres(q))}
    mesurees = [q for q in definition.questions() if q.code in degres or _est_mesuree(q)]
    milieux = {q.code: milieu_de(q) for q in mesurees}
    return Instrument(degres, milieux, liens)


def _est_mesuree(question: Any) -> bool:
    return champ(question.type).nature.mesure


def _degres(question: Any) -> tuple[int, ...]:
    """Return the degrees of a scale; nothing of one so fine that each half has several of them."""
    if _est_mesuree(question):
        bas, haut = int(question.option("min", 0)), int(question.option("max", 14))
        fine = question.option("decimales", 0) or haut - bas >= DEGRES_AU_PLUS
        return () if fine else tuple(range(bas, haut + 1))
    lus = [nombre_de(choix.code) for choix in champ(question.type).modalites(question)]
    return tuple(sorted({int(lu) for lu in lus if lu is not None}))
