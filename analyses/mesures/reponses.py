"""Answers of persons, as the displayed tables give them: a hidden count stays unknown."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from analyses.confidentialite.tableau import TableauProtege
from analyses.extraction.lecture import collectes_sous, releves_de, source
from analyses.extraction.plan import LIBELLES
from analyses.indicateurs.formule.arbre import (
    AuMoins,
    Comparaison,
    Condition,
    Formule,
    Non,
    Tous,
    Un,
)
from analyses.indicateurs.formule.calcul import POIDS, TERRITOIRE
from analyses.tableaux import tableau
from voix.comptes.models import Territoire

Ligne = dict[str, Any]


def lire_reponses(formules: Iterable[Formule], territoires: Sequence[Territoire]) -> list[Ligne]:
    """Return one row for each answer of the questions that formulas name, in each relevé."""
    questions = {question for f in formules for question in questions_citees(f)}
    lignes: list[Ligne] = []
    for territoire in territoires:
        for collecte in collectes_sous(territoire):
            code = collecte.version.questionnaire.code
            for releve in releves_de(collecte):
                prise = source(collecte, releve)
                for question in sorted(q for c, q in questions if c == code):
                    if prise.colonne(question) is not None:
                        protege = tableau(prise, question)
                        lignes += _lignes(territoire.pk, code, question, protege)
    return lignes


def _lignes(
    territoire: int, questionnaire: str, question: str, protege: TableauProtege
) -> Iterator[Ligne]:
    total = protege.total
    for rang, colonne in enumerate(protege.colonnes):
        yield {
            TERRITOIRE: territoire,
            "questionnaire": questionnaire,
            "question": question,
            "code": colonne.code,
            "exprimee": colonne.code not in LIBELLES,
            POIDS: total.cellules[rang].valeur if total else None,
        }


def questions_citees(formule: Formule) -> set[tuple[str, str]]:
    """Return the questionnaires and questions that a formula names."""
    trouvees = set()
    for mesure in formule.mesures:
        if mesure.table == "reponses":
            egales = list(_egalites(mesure.condition))
            questionnaires = {v for colonne, v in egales if colonne == "questionnaire"}
            questions = {v for colonne, v in egales if colonne == "question"}
            trouvees |= {(c, q) for c in questionnaires for q in questions}
    return trouvees


def _egalites(condition: Condition | None) -> Iterator[tuple[str, str]]:
    if isinstance(condition, Comparaison):
        if condition.operateur in {"=", "dans"}:
            for valeur in condition.valeurs:
                yield condition.colonne, str(valeur)
    elif isinstance(condition, Tous | Un):
        for partie in condition.parties:
            yield from _egalites(partie)
    elif isinstance(condition, Non):
        yield from _egalites(condition.partie)
    elif isinstance(condition, AuMoins):
        yield from _egalites(condition.condition)
