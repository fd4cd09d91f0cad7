"""Said in plain French (domaine §4.3): counts first, never a cause, never a p-value."""

from collections.abc import Mapping
from typing import Any, Final

from .verdict import Intervalle, Verdict

MOINS: Final = "\u2212"
PLURIEL: Final = 2
PETIT: Final = 30
RETENTION_BORNES: Final = 80
RETENTION_ALERTE: Final = 60
VERDICTS: Final = {
    Verdict.NETTE: (
        "Évolution nette\u00a0: un écart aussi marqué arriverait moins de 1 fois sur 100 "
        "par le seul hasard."
    ),
    Verdict.PROBABLE: (
        "Évolution probable\u00a0: un écart aussi marqué arriverait moins de 5 fois sur 100 "
        "par le seul hasard."
    ),
    Verdict.INCERTAIN: (
        "Ces réponses ne permettent pas de conclure. Cela ne veut pas dire qu’il n’y a pas d’effet."
    ),
    Verdict.TU: (
        "La conclusion n’est pas dite\u00a0: les comptes sont cachés pour protéger les familles."
    ),
}
MOTS: Final = {
    Verdict.NETTE: "nette",
    Verdict.PROBABLE: "probable",
    Verdict.INCERTAIN: "pas de conclusion",
    Verdict.TU: "non dite",
}


SOLDES: Final = {
    True: ("Une fois retirés les reculs, le gain", "Une fois retirés les progrès, le recul"),
    False: (
        "Une fois retirées les baisses, la hausse",
        "Une fois retirées les hausses, la baisse",
    ),
}
"""What is told of a net share, by whether one way is better: up, then down."""


def dire(intervalle: Intervalle, n: int) -> str:
    """Return a count as it is known: « 24 », « moins de 5 », « entre 12 et 16 »."""
    bas, haut = intervalle
    if bas == haut:
        return f"{bas}"
    if bas <= 0 and haut >= n:
        return "un nombre caché de familles"
    if bas == 0:
        return f"moins de {haut + 1}"
    if haut == n:
        return f"plus de {bas - 1}"
    return f"entre {bas} et {haut}"


def est_orientee(c: Mapping[str, Any]) -> bool:
    """Return whether one way is better (ADR 0129); reports made before say it of what was declared."""
    return bool(c.get("orientee", c.get("declaree", True) or not c.get("questions")))


def phrase_partage(c: dict[str, Any]) -> str:
    """Return the split of one outcome."""
    n = c["n"]
    plus, stables, moins = (dire(c[case], n) for case in ("progressent", "stables", "reculent"))
    partage = f"{plus} progressent, {stables} sont stables, {moins} reculent"
    if not est_orientee(c):
        partage = (
            f"la réponse augmente pour {plus}, reste stable pour {stables}, diminue pour {moins}"
        )
    phrase = f"Sur {n} familles qui ont répondu les deux fois, {partage}"
    if c["manquent"] != (0, 0):
        phrase += f"\u00a0; {dire(c['manquent'], n)} n’ont pas répondu à cette question"
    return phrase + "."


def phrase_oui_non(c: dict[str, Any]) -> str:
    """Return how many said « oui » each time, among those who answered both times."""
    couples = c.get("couples")
    if not couples:
        return ""
    n = c["n"]
    complets = n - couples["manquent"][1], n - couples["manquent"][0]
    debut, ensuite = (
        tuple(couples["oui_oui"][i] + couples[autre][i] for i in (0, 1))
        for autre in ("oui_non", "non_oui")
    )
    return (
        f"Répondent oui\u00a0: {dire(debut, n)} familles à l’entrée, {dire(ensuite, n)} la seconde "
        f"fois, sur {dire(complets, n)} qui ont répondu les deux fois à cette question."
    )


def phrase_moyennes(c: dict[str, Any]) -> str:
    """Return the mean number of benchmarks reached and of those that answers allow to read."""
    moyennes = c.get("moyennes")
    if not moyennes:
        return ""
    atteints, sur, ensuite, sur_ensuite = (f"{x:.1f}".replace(".", ",") for x in moyennes)
    return (
        f"En moyenne, {atteints} repères atteints sur {sur} évaluables à l’entrée, {ensuite} sur "
        f"{sur_ensuite} la seconde fois."
    )


def phrase_nette(c: dict[str, Any]) -> str:
    """Return the net gain and what it would be with other families of the same kind."""
    n, nette = c["n"], c["nette"]
    if nette is None:
        return ""
    (bas, haut), (moins, plus) = nette
    petit = " Petit effectif\u00a0: ces chiffres sont fragiles." if n < PETIT else ""
    ailleurs = "si l’on refaisait l’enquête avec d’autres familles semblables"
    mieux, moins_bien = SOLDES[est_orientee(c)]
    if haut < 0:
        debut = f"{moins_bien} concerne {_familles(-haut, -bas)}"
        bornes = _de_a(round(-plus * n), round(-moins * n))
    else:
        debut = f"{mieux} concerne {_familles(bas, haut)}"
        bornes = _de_a(round(moins * n), round(plus * n))
    envers = "un recul" if est_orientee(c) else "une baisse"
    negatif = f" Un chiffre négatif est {envers}." if haut >= 0 and moins < 0 else ""
    return f"{debut} sur {n} ({bornes} {ailleurs}).{negatif}{petit}"


def _familles(bas: int, haut: int) -> str:
    return f"{_de_a(bas, haut)} {'familles' if max(abs(bas), abs(haut)) >= PLURIEL else 'famille'}"


def _de_a(bas: int, haut: int) -> str:
    if bas == haut:
        return f"{bas}".replace("-", MOINS)
    return f"entre {bas} et {haut}".replace("-", MOINS)


def phrase_taille(c: dict[str, Any]) -> str:
    """Return the typical change, in points, where the group is large enough."""
    taille = c["taille"]
    if taille is None:
        return ""
    if not any(taille):
        return "Changement typique\u00a0: moins d’un demi-point sur l’échelle."
    milieu, bas, haut = (_points(x) for x in taille)
    points = "point" if abs(taille[0]) < PLURIEL else "points"
    return f"Changement typique\u00a0: {milieu} {points} sur l’échelle (entre {bas} et {haut})."


def _points(valeur: float) -> str:
    entier = f"{valeur:g}".replace(".", ",")
    return entier.replace("-", MOINS)


def phrase_bornes(c: dict[str, Any], inscrites: int) -> str:
    """Return what those who left could change, without any assumption on them."""
    n, (bas, haut) = c["n"], c["progressent"]
    partis = inscrites - n
    if not inscrites or partis <= 0 or (bas <= 0 and haut >= n):
        return ""
    part = "la part qui progresse" if est_orientee(c) else "la part dont la réponse augmente"
    return (
        f"{n} familles sur {inscrites} ont répondu les deux fois. Selon ce qu’auraient dit les "
        f"{partis} autres, {part} va de {round(100 * bas / inscrites)} à "
        f"{round(100 * (haut + partis) / inscrites)}\u00a0%."
    )


def phrase_retention(repondu: int, inscrites: int) -> str:
    """Return how many cards answered, with the share where the base allows one."""
    if not inscrites:
        return ""
    part = f", soit {round(100 * repondu / inscrites)}\u00a0%" if inscrites >= 10 else ""  # noqa: PLR2004  (domaine §4.2)
    return f"{repondu} familles sur {inscrites}{part}."


_CAUSE: Final = (
    "On observe ces changements pendant le projet. Sans groupe comparé, on ne peut pas dire "
    "qu’ils viennent du projet."
)
_MOYENNE: Final = (
    "Quand les familles entrent dans une mauvaise passe, une partie du mieux serait venue de toute "
    "façon\u00a0: les situations extrêmes reviennent souvent vers la moyenne."
)
REGLES: Final = (
    _CAUSE,
    _MOYENNE,
    "Rien ne dit que les familles parties ressemblent à celles qui sont restées.",
    "Un changement ne concerne qu’un groupe\u00a0: rien ici ne se lit pour une famille.",
)
RETENUS: Final = (
    "Ces chiffres ne sont pas montrés. Rapprochés des autres chiffres de ce suivi, ils pourraient "
    "permettre de déduire ce qu’ont répondu quelques familles. Un score et les questions qui le "
    "composent ne sont jamais montrés ensemble."
)
"""Why some figures are withheld (ADR 0092)."""
