"""Read the shows of hands of a collecte: counts that a room made aloud, never persons."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from enquetes.champs import champ
from enquetes.models import Collecte, EtatSeance, MainLevee, Unite
from enquetes.parcours.definition import Question
from voix.commun.francais import jour_en_mots

CORRIGEE: Final = ", compte corrigé depuis"


@dataclass(frozen=True, slots=True)
class SalleComptee:
    """One question put to one room, as it was counted when the séance closed."""

    seance: str
    """Its number and its name, which tells no hour and no person."""
    libelle: str
    presents: int
    comptes: dict[str, int]
    abstentions: int


@dataclass(frozen=True, slots=True)
class QuestionComptee:
    """A question, and the rooms that answered it by raising hands."""

    question: str
    titre: str
    modalites: tuple[tuple[str, str], ...]
    multiple: bool
    profil: str
    salles: tuple[SalleComptee, ...]


def mains_de(collecte: Collecte) -> list[QuestionComptee]:
    """Return what the rooms of a collecte said by raising hands, once their séances are closed.

    In the questionnaire's order; nothing of organisations, whose rooms are not persons.
    """
    if collecte.unite != Unite.PERSONNE:
        return []
    lues = (
        MainLevee.objects.filter(
            montree=True, seance__collecte=collecte, seance__etat=EtatSeance.CLOSE
        )
        .annotate(corrigee=Exists(_corrections()))
        .select_related("seance")
        .order_by("seance__prevue_le", "seance")
    )
    par_question: dict[str, list[SalleComptee]] = {}
    for une in lues:
        jour = jour_en_mots(timezone.localdate(une.seance.prevue_le))
        corrigee: bool = une.corrigee  # type: ignore[attr-defined]  # annotated above
        salle = SalleComptee(
            str(une.seance_id),
            f"{une.seance.titre}, {jour}" + (CORRIGEE if corrigee else ""),
            une.presents,
            une.comptes,
            une.abstentions,
        )
        par_question.setdefault(une.question, []).append(salle)
    return [
        _comptee(collecte, question, par_question[question.code])
        for question in collecte.version.lue().questions()
        if question.code in par_question
    ]


def _corrections() -> QuerySet[MainLevee]:
    """Return the counts that came after one; that there are some is said, and nothing of them."""
    return MainLevee.objects.filter(
        seance=OuterRef("seance"), question=OuterRef("question"), rang__gt=OuterRef("rang")
    )


def _comptee(
    collecte: Collecte, question: Question, salles: list[SalleComptee]
) -> QuestionComptee:
    type_ = champ(question.type)
    sensible = "sensible" in {question.profil.value, collecte.profil}
    return QuestionComptee(
        question.code,
        question.texte.dans("fr").texte,
        tuple((choix.code, choix.texte.dans("fr").texte) for choix in type_.modalites(question)),
        type_.nature.multiple,
        "SENSIBLE" if sensible else "ORDINAIRE",
        tuple(salles),
    )
