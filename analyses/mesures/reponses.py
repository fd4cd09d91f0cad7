"""Answers of persons, as the displayed tables give them: a hidden count stays unknown."""

from collections.abc import Iterable, Iterator
from math import ceil, floor
from typing import Any, Final

from django.utils import timezone

from analyses.confidentialite.tableau import TableauProtege
from analyses.cube import cube_de
from analyses.cube import tableau as tableau_de_personnes
from analyses.extraction.lecture import colonnes_de, releves_de, source
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
from analyses.indicateurs.formule.calcul import (
    PLUSIEURS,
    POIDS,
    TERRITOIRE,
    Donnees,
    Plusieurs,
    preparer,
)
from analyses.indicateurs.indicateur import Indicateur
from analyses.models import Publication
from analyses.tableaux import tableau as tableau_d_organisations

from .unites import Rattachement

Ligne = dict[str, Any]


def lire_reponses(
    formules: Iterable[Formule], rattachement: Rattachement, collectes: Iterable[Any]
) -> list[Ligne]:
    """Return one row for each answer of the questions that formulas name, in each collecte."""
    questions = {question for f in formules for question in questions_citees(f)}
    lignes: list[Ligne] = []
    for collecte in collectes:
        code, unite = collecte.version.questionnaire.code, rattachement[collecte.territoire_id]
        for question in sorted(q for c, q in questions if c == code):
            for protege, montre in _tableaux(collecte, question):
                siennes = list(_lignes(unite, code, question, protege))
                siennes = siennes if montre else [_cachee(ligne) for ligne in siennes]
                if protege.multiple:
                    siennes = _liees((collecte.pk, len(lignes)), siennes)
                lignes += siennes
    return lignes


def lire_enquetes(rattachement: Rattachement, collectes: Iterable[Any]) -> list[Ligne]:
    """Return one row for each collecte: whether it is closed, and after how many days its return."""
    return [
        {
            TERRITOIRE: rattachement[collecte.territoire_id],
            "close": collecte.close_le is not None,
            "delai_retour": _delai(collecte),
        }
        for collecte in collectes
    ]


def _delai(collecte: Any) -> int | None:
    """Return the days between the end and the return; none before both are there."""
    if collecte.close_le is None or collecte.rendue_le is None:
        return None
    jours = (collecte.rendue_le - timezone.localdate(collecte.close_le)).days
    return max(0, int(jours))


def _tableaux(collecte: Any, question: str) -> Iterator[tuple[TableauProtege, bool]]:
    """Iterate over the displayed tables of a question that share no answer, and whether all read them.

    Of persons, the latest closing: it counts the answers of those before. Of organisations, each
    relevé. An indicator goes on a notice board: what is for an inner circle is hidden (ADR 0136).
    """
    if not colonne_existe(collecte, question):
        return
    releves = releves_de(collecte)
    if releves and not source(collecte, releves[0]).personnes:
        for releve in releves:
            yield tableau_d_organisations(source(collecte, releve), question), True
        return
    publications = Publication.clotures(collecte.pk).select_related("plan", "collecte__version")
    derniere = publications.order_by("-numero").first()
    if derniere is not None:
        cube = cube_de(derniere)
        if any(colonne.question == question for colonne in cube.colonnes):
            yield tableau_de_personnes(cube, question), derniere.est_publique(question)


def colonne_existe(collecte: Any, question: str) -> bool:
    """Return whether a collecte asks this question, in a form that is counted."""
    return any(colonne.question == question for colonne in colonnes_de(collecte))


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
            TAILLE: total.taille if total else 0,
            BORNES: (total.cellules[rang].bas, total.cellules[rang].haut) if total else (0, 0),
        }


def _cachee(ligne: Ligne) -> Ligne:
    """Return a row that says that answers are there, and not how many."""
    return ligne | {POIDS: None, BORNES: (0, ligne[TAILLE])}


def _liees(cle: tuple[int, int], lignes: list[Ligne]) -> list[Ligne]:
    """Return the rows of a question with several answers: they know of each other."""
    exprimes = frozenset(ligne["code"] for ligne in lignes if ligne["exprimee"])
    muettes = [ligne[POIDS] for ligne in lignes if not ligne["exprimee"]]
    tous = None if all(ligne[POIDS] is None for ligne in lignes) else lignes[0][TAILLE]
    exprimees = None if tous is None or None in muettes else tous - sum(muettes)
    codes = frozenset(ligne["code"] for ligne in lignes)
    question = Plusieurs(cle, codes, exprimes, tous, exprimees)
    return [ligne | {PLUSIEURS: question} for ligne in lignes]


TAILLE: Final = "_taille"
BORNES: Final = "_bornes"
"""Key of a row: the least and the most that the displayed table lets a count be."""


def encadrer(indicateur: Indicateur, donnees: Donnees) -> tuple[int, int] | None:
    """Return between which whole percents a share of answers lies, from displayed intervals only.

    Nothing when the intervals leave more than ``LARGEUR_MAX`` points, or when a person may give
    several answers: they do not add up.
    """
    bas, haut = indicateur.lue.denominateur, indicateur.lue.numerateur
    if bas is None or {bas.table, haut.table} != {"reponses"}:
        return None
    du_bas, du_haut = (preparer(m.condition, "reponses") for m in (bas, haut))
    dedans, dehors = [0, 0], [0, 0]
    for ligne in donnees.lignes("reponses"):
        if du_bas(ligne, donnees):
            if PLUSIEURS in ligne:
                return None
            somme = dedans if du_haut(ligne, donnees) else dehors
            somme[0] += ligne[BORNES][0]
            somme[1] += ligne[BORNES][1]
    if not dedans[0] + dehors[1] or not dedans[1] + dehors[0]:
        return None
    moins = floor(100 * dedans[0] / (dedans[0] + dehors[1]))
    plus = ceil(100 * dedans[1] / (dedans[1] + dehors[0]))
    return (moins, plus) if plus - moins <= LARGEUR_MAX else None


LARGEUR_MAX: Final = 40
"""Points. Wider, the range says nothing that a reader can use."""


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
