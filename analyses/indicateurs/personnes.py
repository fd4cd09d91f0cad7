"""Formulas that count persons: the few that may be written, and what each reads.

Counts of persons of a register are nested: accompanied, of whom engaged, of whom regular. They
make one table with one cell a person can be in; it is protected once, and every formula adds cells
of it. So nothing that two formulas say of each other can be narrower than the table itself. What
would not be a sum of these cells (a free filter, a threshold, a median, a known base) is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .formule.arbre import (
    AuMoins,
    Comparaison,
    Condition,
    Formule,
    Mesure,
    Non,
    Tous,
    Un,
    Verbe,
)
from .unites import Personne

NIVEAUX: Final[Mapping[str, tuple[str, ...]]] = {
    "effectifs": ("accompagnees", "engagees", "regulieres"),
    "ambassadeurs": ("recrutes", "formes", "actifs"),
}
"""Counts of persons of each register, each a part of the one before."""
LE_FOND_D_ABORD: Final = frozenset({"ambassadeurs"})
"""Registers whose narrowest count is the one asked for (P12): it is told before wider ones."""
_TETES: Final = {("reunions", "presents_personnes")}
"""Heads at one meeting: whether somebody came may be asked, never how many."""
_QUELQU_UN: Final = {(">", (0,)), (">=", (1,)), ("=", (0,)), ("<", (1,)), ("≠", (0,))}
_DERNIER: Final = Comparaison("dernier", "=", ("oui",))


def parle_de_personnes(mesure: Mesure) -> bool:
    """Return whether a measure counts persons."""
    return mesure.unite is Personne


def refus(formule: Formule, *, divisible: bool) -> str:
    """Return why this formula could give a number of persons back, in French; else nothing.

    ``divisible``: its value is a share, not « so many for each ».
    """
    for mesure in formule.mesures:
        if mot := _refus_des_conditions(mesure.condition, mesure.table) or _refus_de_mesure(
            mesure
        ):
            return mot
    bas, haut = formule.denominateur, formule.numerateur
    if bas is None or not any(parle_de_personnes(m) for m in formule.mesures):
        return ""
    if not divisible or not all(parle_de_personnes(m) for m in formule.mesures):
        return (
            "Un nombre de personnes ne se divise que par d’autres personnes du même registre, en "
            "«\u00a0part\u00a0»\u00a0: divisé par un nombre connu, il se retrouverait."
        )
    if haut.table != bas.table:
        mots = " et ".join(f"«\u00a0{t}\u00a0»" for t in sorted({haut.table, bas.table}))
        return (
            f"Ici, on divise {mots}. Une réponse, un ambassadeur et une personne accompagnée ne se "
            "comptent pas sur la même base\u00a0: gardez la même table des deux côtés."
        )
    if haut.table == "reponses" and question_lue(haut) != question_lue(bas):
        return _UNE_QUESTION
    return ""


_UNE_QUESTION: Final = (
    "Des réponses se comptent à une seule question, la même des deux côtés. Écrivez\u00a0: "
    'nombre(reponses avec questionnaire = "…" et question = "…" et …).'
)


def _refus_de_mesure(mesure: Mesure) -> str:
    if (mesure.table, mesure.colonne) in _TETES:
        return (
            "Les présents se lisent dans le registre, réunion par réunion, dans l’équipe. Un indicateur, "
            "lui, s’affiche et se publie\u00a0: d’un jour à l’autre, leur somme dirait qui était là. "
            f"Comptez les réunions où quelqu’un est venu, nombre(reunions avec {mesure.colonne} >= 1), "
            "ou les sièges occupés, somme(reunions.sieges_personnes_occupes)."
        )
    if mesure.table == "reponses":
        if mesure.verbe != Verbe.NOMBRE:
            return "Des réponses se comptent avec nombre(reponses avec …), rien d’autre."
        return "" if question_lue(mesure) else _UNE_QUESTION
    if mesure.table not in NIVEAUX or (
        mesure.verbe != Verbe.NOMBRE and mesure.colonne not in NIVEAUX[mesure.table]
    ):
        return ""
    return _refus_de_somme(mesure)


def _refus_de_somme(mesure: Mesure) -> str:
    table, niveaux = mesure.table, NIVEAUX[mesure.table]
    if mesure.verbe != Verbe.SOMME:
        return (
            "Des personnes se comptent avec «\u00a0somme\u00a0», rien d’autre\u00a0: écrivez par exemple "
            f"somme({table}.{niveaux[1]} avec dernier)."
        )
    parties = _parties(mesure.condition)
    if _DERNIER not in parties:
        return (
            "Ajoutez «\u00a0avec dernier\u00a0»\u00a0: d’une période à l’autre, ce sont souvent les mêmes "
            "personnes, et une différence entre périodes en montrerait quelques-unes."
        )
    for partie in parties:
        if partie == _DERNIER:
            continue
        simple = isinstance(partie, Comparaison) and partie.operateur == "renseigné"
        if not simple or getattr(partie, "colonne", "") not in niveaux:
            vus = ", ".join(f"«\u00a0{nom}\u00a0»" for nom in _colonnes(partie))
            permis = " ou ".join(f"{nom} renseigné" for nom in niveaux)
            return (
                f"Des personnes ne se filtrent pas sur {vus}\u00a0: la différence avec un autre "
                f"indicateur en montrerait quelques-unes. Permis\u00a0: dernier, {permis}, avec «\u00a0et\u00a0»."
            )
    return ""


def _refus_des_conditions(condition: Condition | None, table: str) -> str:
    for la_table, comparaison in _comparaisons(condition, table):
        colonne = comparaison.colonne
        tete = (la_table, colonne) in _TETES
        if comparaison.operateur == "renseigné" or not (
            tete or colonne in NIVEAUX.get(la_table, ())
        ):
            continue
        if tete and (comparaison.operateur, comparaison.valeurs) in _QUELQU_UN:
            continue
        conseil = f"{colonne} >= 1" if tete else f"{colonne} renseigné"
        return (
            f"«\u00a0{colonne}\u00a0» est un nombre de personnes\u00a0: il ne se compare pas, car en "
            f"changeant le seuil on le retrouverait. Écrivez «\u00a0{conseil}\u00a0»."
        )
    return ""


def _comparaisons(condition: Condition | None, table: str) -> Iterator[tuple[str, Comparaison]]:
    """Iterate over the comparisons of a condition, each with its table."""
    if isinstance(condition, Comparaison):
        yield table, condition
    elif isinstance(condition, AuMoins):
        yield from _comparaisons(condition.condition, condition.table)
    elif isinstance(condition, Non):
        yield from _comparaisons(condition.partie, table)
    elif isinstance(condition, Tous | Un):
        for partie in condition.parties:
            yield from _comparaisons(partie, table)


def _parties(condition: Condition | None) -> tuple[Condition, ...]:
    """Return what must hold together: « a et (b et c) » is a, b, c."""
    if condition is None:
        return ()
    if not isinstance(condition, Tous):
        return (condition,)
    return tuple(p for partie in condition.parties for p in _parties(partie))


def _colonnes(condition: Condition) -> list[str]:
    return sorted({c.colonne for _, c in _comparaisons(condition, "")}) or ["cette condition"]


def question_lue(mesure: Mesure) -> tuple[str, str] | None:
    """Return the one questionnaire and question whose answers a measure counts."""
    lues: dict[str, list[str]] = {"questionnaire": [], "question": []}
    for partie in _parties(mesure.condition):
        if isinstance(partie, Comparaison) and partie.colonne in lues:
            if partie.operateur not in {"=", "dans"} or len(partie.valeurs) != 1:
                return None
            lues[partie.colonne].append(str(partie.valeurs[0]))
    if any(len(valeurs) != 1 for valeurs in lues.values()):
        return None
    ailleurs = sum(c.colonne in lues for _, c in _comparaisons(mesure.condition, "reponses"))
    return (lues["questionnaire"][0], lues["question"][0]) if ailleurs == len(lues) else None


def codes_lus(mesure: Mesure) -> frozenset[str]:
    """Return the codes of answers that a measure names."""
    return frozenset(
        str(valeur)
        for _, comparaison in _comparaisons(mesure.condition, "reponses")
        if comparaison.colonne == "code"
        for valeur in comparaison.valeurs
    )


@dataclass(frozen=True, slots=True, order=True)
class Case:
    """Where one person of a register is.

    ``dits``: how many of the nested counts its row has; ``rang``: the last of them that holds the
    person. Engaged but not regular, where both are written: (3, 2).
    """

    dits: int
    rang: int


def cases(table: str, ligne: Mapping[str, Any]) -> dict[Case, int]:
    """Return how many persons a row has in each case."""
    valeurs: list[int] = []
    for nom in NIVEAUX[table]:
        valeur = ligne.get(nom)
        if valeur is None:
            break
        valeurs.append(valeur)
    suivantes: Sequence[int] = (*valeurs[1:], 0)
    dits = len(valeurs)
    return {
        Case(dits, rang): max(0, ici - apres)
        for rang, (ici, apres) in enumerate(zip(valeurs, suivantes, strict=False), start=1)
    }


def cases_lues(mesure: Mesure, presentes: Sequence[Case]) -> frozenset[Case]:
    """Return which cases a measure adds."""
    niveaux = NIVEAUX[mesure.table]
    rang = niveaux.index(mesure.colonne) + 1
    dits = [
        niveaux.index(partie.colonne) + 1
        for partie in _parties(mesure.condition)
        if isinstance(partie, Comparaison) and partie.operateur == "renseigné"
    ]
    exiges = max(rang, *dits) if dits else rang
    return frozenset(c for c in presentes if c.rang >= rang and c.dits >= exiges)
