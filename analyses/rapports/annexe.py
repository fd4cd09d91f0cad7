"""The numbers behind the sentences, for an evaluator: every one from what is displayed.

What is computed on each answer (a rank-biserial, the p-value of signed ranks) would give hidden counts
back: it is named, and said not to be given (ADR 0131).
"""

from datetime import date
from typing import Final

from analyses.changements.lecture import Critere, Lecture
from analyses.changements.phrases import EPREUVES, MOINS, dire
from analyses.changements.verdict import Epreuve, Verdict
from voix.commun.francais import jour_en_mots

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
        "Pas donnés\u00a0: les tranches d’âge de celles qui sont parties, le retour vers la "
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
    "solde": "Solde",
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


def limites(declares_le: date) -> tuple[str, ...]:
    """Return the day when what is judged was declared, then how to read the numbers."""
    jour = jour_en_mots(declares_le)
    return (
        f"Critères déclarés le {jour}. Depuis la première réponse à la sortie, ou le premier rapport, ils ne changent plus.",
        *LIMITES,
    )


def lignes(lecture: Lecture) -> list[dict[str, str]]:
    """Return one row an outcome, declared ones first, by the names of ``COLONNES``."""
    return [_ligne(critere, lecture) for critere in (*lecture.declares, *lecture.autres)]


def presence(lecture: Lecture) -> list[list[str]]:
    """Return how many answered each wave, then both, among the families followed."""
    tous = [*lecture.par_vague, ("les deux fois", lecture.nombre)]
    return [
        [nom, str(k), str(lecture.inscrites), _pourcent(k, lecture.inscrites)] for nom, k in tous
    ]


PRESENCE: Final = ("vague", "ont repondu", "familles suivies", "part")


def _ligne(critere: Critere, lecture: Lecture) -> dict[str, str]:
    n = lecture.nombre
    connus = [dire(connu, n) for connu in critere.connus] or ["masqué"] * 4
    plus, stables, moins, sans = connus
    return {
        "critere": critere.libelle,
        "declare": "oui" if critere.declaree else "non",
        "sens": critere.sens or "aucun",
        "familles": str(n),
        "repondu": dire(critere.repondu, n) if critere.connus else "masqué",
        "plus": plus,
        "stables": stables,
        "moins": moins,
        "sans_reponse": sans,
        **_effets(critere),
        **_tests(critere),
    }


def _effets(critere: Critere) -> dict[str, str]:
    dits = dict.fromkeys(EFFETS, "")
    if critere.nette is not None:
        bas, haut, *tango = critere.nette
        dits["solde"] = _signe(f"{bas}" if bas == haut else f"{bas} à {haut}")
        dits["tango_bas"], dits["tango_haut"] = map(_part, tango)
    if critere.newcombe is not None:
        dits["newcombe_bas"], dits["newcombe_haut"] = map(_part, critere.newcombe)
    for nom, valeur in zip(("hodges_lehmann", "hl_bas", "hl_haut"), critere.taille, strict=False):
        dits[nom] = _signe(f"{valeur:g}")
    if critere.bornes is not None:
        dits["borne_bas"], dits["borne_haut"] = map(_part, critere.bornes)
    return dits


def _tests(critere: Critere) -> dict[str, str]:
    dits = dict.fromkeys(TESTS, "") | {"mesure": critere.mesure, "conclusion": critere.mot}
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


def _p(p: float) -> str:
    return "moins de 0,0001" if p < _P_ECRIT else f"{p:.4f}".replace(".", ",")


def _part(part: float) -> str:
    return _signe(f"{100 * part:.1f}\u00a0%")


def _pourcent(k: int, n: int) -> str:
    return f"{100 * k / n:.0f}\u00a0%" if n else ""


def _signe(texte: str) -> str:
    return texte.replace(".", ",").replace("-", MOINS)
