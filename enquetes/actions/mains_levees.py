"""Count hands in a séance; correct a count without losing the first one."""

from collections.abc import Mapping

from django.db import transaction

from enquetes.champs import NATURES, champ
from enquetes.droits import exiger_sur_seance
from enquetes.models import EtatSeance, MainLevee, Seance
from enquetes.parcours.definition import Profil, Question
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte


def questions_a_main_levee(seance: Seance) -> list[Question]:
    """Return the questions that may be asked to a whole room: ordinary ones, with a closed list.

    A sensitive question is never asked before everybody; a free text has no hands to count.
    """
    if seance.collecte is None:
        return []
    return [
        question
        for question in seance.collecte.version.lue().questions()
        if question.profil == Profil.ORDINAIRE and champ(question.type).modalites(question)
    ]


@transaction.atomic
def compter_mains(
    *,
    seance: Seance,
    question: str,
    presents: int,
    comptes: Mapping[str, int],
    abstentions: int,
    par: Compte,
) -> MainLevee:
    """Store a count; the same again changes nothing, another one follows it.

    Results show the one that was there when the séance closed: a band that follows a correction
    would tell the count to whoever knows the correction.
    """
    seance = Seance.objects.select_for_update(of=("self",)).get(pk=seance.pk)
    exiger_sur_seance(par, seance)
    if seance.etat == EtatSeance.PREPARATION:
        raise EtatIncompatible("Ouvrez d’abord la séance.")
    posee = next((q for q in questions_a_main_levee(seance) if q.code == question), None)
    if posee is None:
        raise SaisieInvalide("Cette question ne se pose pas à main levée.")
    _exiger_coherence(posee, presents, comptes, abstentions)
    avant = MainLevee.objects.filter(seance=seance, question=question).order_by("rang").last()
    valeurs = {"presents": presents, "comptes": dict(comptes), "abstentions": abstentions}
    if avant is not None and all(getattr(avant, nom) == v for nom, v in valeurs.items()):
        return avant
    neuve = MainLevee.objects.create(
        seance=seance,
        question=question,
        rang=avant.rang + 1 if avant else 1,
        comptee_par=par,
        **valeurs,
    )
    if seance.etat == EtatSeance.CLOSE:
        MainLevee.objects.filter(pk=neuve.pk).figer()
    tracer(par=par, verbe="compter_mains", objet=neuve, question=question, rang=neuve.rang)
    return neuve


def valeurs_dites(
    question: Question, compte: MainLevee, avant: MainLevee | None = None
) -> list[tuple[str, int, int | None]]:
    """Return each value of a count: label, number, and what it was before when it changed."""

    def lues(une: MainLevee) -> list[tuple[str, int]]:
        mains = [
            (choix.texte.dans("fr").texte, une.comptes.get(choix.code, 0))
            for choix in champ(question.type).modalites(question)
        ]
        return [*mains, ("S’abstiennent", une.abstentions), ("Présents", une.presents)]

    if avant is None:
        return [(libelle, nombre, None) for libelle, nombre in lues(compte)]
    return [
        (libelle, nombre, etait if etait != nombre else None)
        for (libelle, nombre), (_, etait) in zip(lues(compte), lues(avant), strict=True)
    ]


def mains_dites(seance: Seance) -> list[tuple[str, MainLevee, list[tuple[str, int, int | None]]]]:
    """Return the last count of each question of a séance, in the questionnaire's order."""
    comptes = {une.question: une for une in MainLevee.de(seance)}
    return [
        (question.texte.dans("fr").texte, une, valeurs_dites(question, une))
        for question in questions_a_main_levee(seance)
        if (une := comptes.get(question.code))
    ]


def _exiger_coherence(
    question: Question, presents: int, comptes: Mapping[str, int], abstentions: int
) -> None:
    codes = {choix.code for choix in champ(question.type).modalites(question)}
    if set(comptes) - codes or any(nombre < 0 for nombre in (*comptes.values(), abstentions)):
        raise SaisieInvalide("Comptez seulement les réponses de la question.")
    if presents < 1:
        raise SaisieInvalide("Dites combien de personnes sont présentes.")
    if NATURES[question.type].multiple:
        trop = max([*comptes.values(), 0]) + abstentions > presents
    else:
        trop = sum(comptes.values()) + abstentions > presents
    if trop:
        raise SaisieInvalide(
            f"Il y a plus de mains que de personnes présentes ({presents}). Recomptez."
        )
