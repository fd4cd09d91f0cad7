"""Count hands in a séance; correct a count without losing the first one."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction

from enquetes.actions.rapports import DITS_AU_PLUS, Rang
from enquetes.champs import NATURES, champ
from enquetes.champs.base import nettoyer
from enquetes.droits import exiger_sur_seance
from enquetes.models import EtatSeance, MainLevee, Seance
from enquetes.models.rapport import NB_MAX
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
    valeurs = {"presents": presents, "comptes": dict(comptes), "abstentions": abstentions}
    avant = MainLevee.histoire(seance, question).last()
    if avant is not None and _est_pareil(avant, valeurs):
        return avant
    n = MainLevee.nb_au_bureau(seance) + 1
    neuve = _ajouter(seance, question, avant, valeurs | {"comptee_par": par, "n": n})
    tracer(par=par, verbe="compter_mains", objet=neuve, question=question, rang=neuve.rang)
    return neuve


def _est_pareil(compte: MainLevee, valeurs: Mapping[str, Any]) -> bool:
    return all(getattr(compte, nom) == valeur for nom, valeur in valeurs.items())


def _ajouter(
    seance: Seance, question: str, avant: MainLevee | None, valeurs: Mapping[str, Any]
) -> MainLevee:
    rang = avant.rang + 1 if avant else 1
    neuve = MainLevee.objects.create(seance=seance, question=question, rang=rang, **valeurs)
    if seance.etat == EtatSeance.CLOSE:
        MainLevee.objects.filter(pk=neuve.pk).figer()
    return neuve


MAINS: Final = "mains."
"""What begins the name of a field of a count made without network."""


def nom_scelle(question: str, quoi: str) -> str:
    """Return how a device names one number of one question."""
    return f"{MAINS}{question}.{quoi}"


@transaction.atomic
def deposer_mains(*, seance: Seance, dits: Mapping[str, Any], par: str, rang: Rang) -> None:
    """File the counts made without network, as corrections of those that are there.

    One that its device counted again since, or somebody on the office's page, is left out; the trace keeps it.
    Errors: ``ValidationError`` when something is no count, ``SaisieInvalide`` when it does not add up.
    """
    seance = Seance.objects.select_for_update(of=("self",)).get(pk=seance.pk)
    restent, laissees = dict(dits), []
    for question in questions_a_main_levee(seance):
        valeurs = _lire_le_compte(question, restent)
        if valeurs is None:
            continue
        _exiger_coherence(question, **valeurs)
        histoire = list(MainLevee.histoire(seance, question.code))
        avant = histoire[-1] if histoire else None
        if not _est_recent(histoire, rang):
            laissees.append({"question": question.code, **valeurs})
        elif avant is None or not _est_pareil(avant, valeurs):
            d_ou = {"appareil": rang.appareil, "n": rang.n}
            _ajouter(seance, question.code, avant, valeurs | d_ou)
    if restent:
        raise ValidationError("Ce ne sont pas des mains levées.")
    tracer(par=par, verbe="deposer_mains", objet=seance, nombre=len(dits), laissees=laissees)


def _lire_le_compte(question: Question, dits: dict[str, Any]) -> dict[str, Any] | None:
    """Take the numbers of one question out of what was said; nothing when no hand was counted."""
    modalites = [choix.code for choix in champ(question.type).modalites(question)]
    lus = {
        quoi: _lire_un_nombre(dits.pop(nom_scelle(question.code, quoi), ""))
        for quoi in ("presents", "abstentions", *(f"c_{code}" for code in modalites))
    }
    presents, abstentions = lus.pop("presents"), lus.pop("abstentions")
    if abstentions is None and all(nombre is None for nombre in lus.values()):
        return None
    comptes = {code: lus[f"c_{code}"] or 0 for code in modalites}
    return {"presents": presents or 0, "comptes": comptes, "abstentions": abstentions or 0}


def _lire_un_nombre(dit: Any) -> int | None:
    if not isinstance(dit, str) or len(dit) > DITS_AU_PLUS:
        raise ValidationError("Ce n’est pas un nombre.")
    propre = nettoyer(dit)
    if not propre:
        return None
    if not propre.isdecimal() or len(propre) > len(str(NB_MAX)):
        raise ValidationError("Ce n’est pas un nombre.")
    return int(propre)


def _est_recent(histoire: Sequence[MainLevee], rang: Rang) -> bool:
    """Return whether nobody counted a question again since its device sealed it, or drew its page."""
    au_bureau = max((une.n for une in histoire if not une.appareil), default=0)
    siens = max((une.n for une in histoire if une.appareil == rang.appareil), default=0)
    return au_bureau <= rang.vu and siens < rang.n


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
