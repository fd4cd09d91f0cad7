"""Nothing of a report is written before all that the cohort has printed, read together, is safe."""

from collections.abc import Mapping, Sequence
from typing import Any

from analyses.changements.imprime import (
    Contenu,
    Retrait,
    coupes,
    dire_les_retraits,
    enonces,
    retraits_possibles,
    sans,
)
from analyses.changements.mondes import Dossier, Suivi, partages
from analyses.extraction.paires import Cohorte, Question
from analyses.extraction.trajectoires import Instrument, instrument, trajectoires
from analyses.models import Changement


def dossier_de(cohorte: Cohorte, rang: int, faits: Mapping[int, Changement]) -> Dossier:
    """Return the cohort as the audit of this report must see it: all waves told, halves printed."""
    rangs = sorted({*faits, rang})
    plus = [fait.moities or {} for fait in faits.values()]
    dossier = Dossier(trajectoires(cohorte, rangs), rangs, instrument(cohorte), rang)
    lues = {quoi: siens for moities in plus for quoi, siens in moities.items()}
    return dossier.coupe(lues, lues)


def accorder(
    dossier: Dossier,
    questions: Sequence[Question],
    contenu: Contenu,
    deja: Mapping[int, Contenu],
) -> Contenu:
    """Return the report without what, beside the rest, would tell a count that must stay hidden.

    ``deja``: the reports of the same cohort that are already printed, by wave.
    """
    retraits = partager(questions, dossier.instrument, contenu, deja)
    for question in questions:
        possibles = retraits_possibles(sans(contenu, retraits), question.code)
        if possibles:
            retraits += retirer(question, dossier, sans(contenu, retraits), deja, possibles)
    return {**sans(contenu, retraits), "retraits": dire_les_retraits(contenu, retraits)}


def partager(
    questions: Sequence[Question],
    pose: Instrument,
    contenu: Contenu,
    deja: Mapping[int, Contenu],
) -> list[Retrait]:
    """Withdraw an outcome that shares a question with another that is printed, now or before.

    A score and the questions it is made of give each other away. Declared outcomes come first, then
    scores, then questions; the same outcome at another wave is no other: the audit reads them together.
    """
    lues = partages(questions, pose)
    prises = [
        (tuple(c["questions"] or [c["code"]]), _lues_par(c, questions, pose))
        for autre in deja.values()
        for c in autre["criteres"]
        if c["montre"]
    ]
    montres = {c["code"] for c in contenu["criteres"] if c["montre"]}
    retraits = []
    for question in sorted(questions, key=lambda q: (not q.declaree, q.score is None)):
        cle = question.questions or (question.code,)
        if question.code not in montres:
            continue
        if any(autre != cle and codes & lues[question.code] for autre, codes in prises):
            retraits.append(Retrait("critere", question.code))
        else:
            prises.append((cle, lues[question.code]))
    return retraits


def _lues_par(
    critere: Mapping[str, Any], questions: Sequence[Question], pose: Instrument
) -> frozenset[str]:
    """Return what a printed outcome tells something of: all there is, for a score that nobody names."""
    codes = critere.get("lues") or critere["questions"]
    for question in questions if not codes else ():
        if question.code == critere["code"]:
            codes = question.lues
    if not codes:
        return frozenset(code for question in questions for code in question.lues)
    return frozenset(codes).union(*(pose.liens.get(code, ()) for code in codes))


def retirer(
    question: Question,
    dossier: Dossier,
    contenu: Contenu,
    deja: Mapping[int, Contenu],
    possibles: list[Retrait],
) -> list[Retrait]:
    """Return what must be withdrawn of one outcome: what is least missed first."""
    from analyses.confidentialite.moteur.conjoint import Auditeur

    cle = question.questions or (question.code,)
    suivi = Suivi(question, dossier.coupe(dossier.plus, coupes(deja.values(), cle)))
    auditeur = Auditeur(suivi.monde())
    baisse = question.baisse
    fixes = [e for r, c in deja.items() for e in enonces(c, r, cle, suivi.places, baisse=baisse)]

    def fuit(retraits: Sequence[Retrait]) -> bool:
        reste = sans(contenu, retraits)
        neufs = enonces(reste, dossier.nouveau, cle, suivi.places, baisse=baisse)
        return bool(auditeur.examiner([*fixes, *neufs], limite=1))

    retraits: list[Retrait] = []
    for retrait in possibles:
        if not fuit(retraits):
            break
        retraits.append(retrait)
    for retrait in retraits[:-1]:
        if not fuit([r for r in retraits if r != retrait]):
            retraits.remove(retrait)
    return retraits
