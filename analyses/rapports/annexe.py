"""The numbers behind the sentences, for an evaluator: every one from what is displayed.

What is computed on each answer (a rank-biserial, the p-value of signed ranks) would give hidden counts
back: it is named, and said not to be given (ADR 0131).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, TypeAlias

from analyses.changements.lecture import Critere, Lecture
from analyses.changements.phrases import EPREUVES, MOINS, dire
from analyses.changements.verdict import Epreuve, Intervalle, Verdict
from voix.commun.francais import jour_en_mots

Valeur: TypeAlias = str | int | float | date | None

NON_DONNE: Final = "non donné"
HOLM: Final = {
    Verdict.NETTE: "moins de 0,01",
    Verdict.PROBABLE: "moins de 0,05",
    Verdict.FRAGILE: "moins de 0,05",
    Verdict.INCERTAIN: "0,05 ou plus",
    Verdict.MASQUE: "0,05 ou plus, dans le cas le moins favorable",
}
"""Adjusted p-values by classes only: one of them may be that of another outcome."""
LIMITES: Final = (
    "Tout vient des comptes montrés dans le rapport. Un compte donné par tranche donne un intervalle par tranche.",
    (
        "Le p donné est celui du test des signes, dans le cas le moins favorable que permettent les comptes "
        "montrés. Celui des rangs signés n’est pas donné, ni le rang bisérial\u00a0: calculés sur chaque réponse, ils "
        "laisseraient retrouver des comptes cachés. Après Holm, seule la classe est donnée."
    ),
    (
        "L’effet est le solde, en familles et en part de celles qui ont répondu les deux fois à la question (intervalle de "
        "Tango à 95\u00a0%, Newcombe pour les questions oui / non). Le changement typique est celui de Hodges et Lehmann, au demi-point, "
        "l’intervalle arrondi vers l’extérieur, à partir de 30 réponses et seulement si aucun compte n’est donné par tranche."
    ),
    "Les bornes sont celles de Manski\u00a0: toutes les familles sans réponse en moins bien, puis toutes en mieux.",
    (
        "Pas donné\u00a0: le retour vers la "
        "moyenne en chiffre (il demande une moyenne de référence et une fidélité\u00a0: «\u00a0python manage.py calculer\u00a0», "
        "fonction regression_moyenne)."
    ),
)
COMPTES: Final = {
    "critere": "Critère",
    "declare": "Déclaré",
    "sens": "Sens",
    "familles": "Deux fois",
    "repondu": "Répondu à la question",
    "plus": "En mieux, ou en plus",
    "stables": "Stables",
    "moins": "En moins bien, ou en moins",
    "sans_reponse": "Sans réponse",
}
EFFETS: Final = {
    "solde_bas": "Solde, familles",
    "tango_bas": "Tango, bas",
    "tango_haut": "Tango, haut",
    "newcombe_bas": "Newcombe bas",
    "newcombe_haut": "Newcombe haut",
    "hodges_lehmann": "Typique",
    "hl_bas": "Typique, bas",
    "hl_haut": "Typique, haut",
    "borne_bas": "Borne, bas",
    "borne_haut": "Borne, haut",
}
TESTS: Final = {
    "mesure": "Mesure",
    "test": "Test de la conclusion",
    "p_signes": "p, test des signes",
    "apres_holm": "p après Holm",
    "rang_biserial": "Rang bisérial",
    "conclusion": "Conclusion",
}
COLONNES: Final = COMPTES | EFFETS | TESTS
EN_PARTS: Final = frozenset(
    nom for nom in EFFETS if nom.startswith(("tango", "newcombe", "borne"))
)
"""In percent of those who answered."""
POINTS: Final = frozenset({"hodges_lehmann", "hl_bas", "hl_haut"})


def _colonnes_du_fichier() -> Iterator[tuple[str, str]]:
    """Iterate over the columns of the file, each with the name that says its unit."""
    for nom in COLONNES:
        if nom == "solde_bas":
            yield from (("solde_bas", "solde_bas_familles"), ("solde_haut", "solde_haut_familles"))
        elif nom in EN_PARTS:
            yield nom, f"{nom}_pourcent"
        else:
            yield nom, f"{nom}_points" if nom in POINTS else nom


FICHIER: Final = dict(_colonnes_du_fichier())
PRESENCE: Final = ("vague", "ont_repondu", "familles_suivies", "part_pourcent")


def limites(declares_le: date) -> tuple[str, ...]:
    """Return the day when what is judged was declared, then how to read the numbers."""
    jour = jour_en_mots(declares_le)
    return (
        f"Critères déclarés le {jour}. Depuis la première réponse à la sortie, ou le premier rapport, ils ne changent plus.",
        *LIMITES,
    )


def rangees(lecture: Lecture, declares_le: date) -> Iterator[list[Valeur]]:
    """Iterate over one row an outcome, then who answered, then how to read it all.

    A number is a number, its unit in the name of its column.
    """
    for ligne in lignes(lecture):
        yield [ligne[nom] for nom in FICHIER]
    yield []
    yield list(PRESENCE)
    yield from presence(lecture)
    yield []
    for phrase in limites(declares_le):
        yield [phrase]


def lignes(lecture: Lecture) -> list[dict[str, Valeur]]:
    """Return one row an outcome, declared ones first, by the names of ``FICHIER``."""
    return [_ligne(critere, lecture) for critere in (*lecture.declares, *lecture.autres)]


def presence(lecture: Lecture) -> list[list[Valeur]]:
    """Return how many answered each wave, then both, among the families followed."""
    tous = [*lecture.par_vague, ("les deux fois", lecture.nombre)]
    suivies = lecture.inscrites
    return [[nom, k, suivies, round(100 * k / suivies) if suivies else None] for nom, k in tous]


def en_mots(ligne: Mapping[str, Valeur]) -> dict[str, str]:
    """Return the same row for paper: real minus signs, decimal commas, and units beside numbers."""
    dits = {nom: _ecrit(valeur) for nom, valeur in ligne.items()}
    for nom in EN_PARTS:
        dits[nom] += "\u00a0%" if dits[nom] else ""
    if dits["solde_bas"] != dits["solde_haut"]:
        dits["solde_bas"] += f" à {dits['solde_haut']}"
    return dits


def _ecrit(valeur: Valeur) -> str:
    if isinstance(valeur, str) or valeur is None:
        return valeur or ""
    texte = f"{valeur:g}" if isinstance(valeur, float) else f"{valeur}"
    return texte.replace(".", ",").replace("-", MOINS)


def _ligne(critere: Critere, lecture: Lecture) -> dict[str, Valeur]:
    n = lecture.nombre
    connus = [_compte(connu, n) for connu in critere.connus] or ["masqué"] * 4
    plus, stables, moins, sans = connus
    return {
        "critere": critere.libelle,
        "declare": "oui" if critere.declaree else "non",
        "sens": critere.sens or "aucun",
        "familles": n,
        "repondu": _compte(critere.repondu, n) if critere.connus else "masqué",
        "plus": plus,
        "stables": stables,
        "moins": moins,
        "sans_reponse": sans,
        **_effets(critere),
        **_tests(critere),
    }


def _compte(connu: Intervalle, n: int) -> Valeur:
    """Return a number where it is known, the words of its band elsewhere."""
    return connu[0] if connu[0] == connu[1] else dire(connu, n)


def _effets(critere: Critere) -> dict[str, Valeur]:
    dits: dict[str, Valeur] = dict.fromkeys((*EFFETS, "solde_haut"))
    if critere.nette is not None:
        dits["solde_bas"], dits["solde_haut"], *tango = critere.nette
        dits["tango_bas"], dits["tango_haut"] = map(_part, tango)
    if critere.newcombe is not None:
        dits["newcombe_bas"], dits["newcombe_haut"] = map(_part, critere.newcombe)
    dits |= zip(("hodges_lehmann", "hl_bas", "hl_haut"), critere.taille, strict=False)
    if critere.bornes is not None:
        dits["borne_bas"], dits["borne_haut"] = map(_part, critere.bornes)
    return dits


def _tests(critere: Critere) -> dict[str, Valeur]:
    dits: dict[str, Valeur] = dict.fromkeys(TESTS)
    dits |= {"mesure": critere.mesure, "conclusion": critere.mot}
    if critere.epreuve_nom:
        dits["test"] = EPREUVES[Epreuve(critere.epreuve_nom)]
        dits["p_signes"] = "trop peu de changements"
        if critere.p_signes is not None:
            dits["p_signes"] = _p(critere.p_signes)
        dits["apres_holm"] = HOLM.get(Verdict(critere.conclusion), NON_DONNE)
        dits["rang_biserial"] = NON_DONNE
    return dits


_P_ECRIT: Final = 0.0001
"""Least p-value that four decimals write."""


def _p(p: float) -> Valeur:
    return "moins de 0,0001" if p < _P_ECRIT else round(p, 4)


def _part(part: float) -> float:
    return round(100 * part, 1)
