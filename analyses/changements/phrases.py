"""Said in plain French (domaine §4.3): counts first, never a cause, never a p-value."""

from collections.abc import Mapping
from datetime import date
from math import ceil, floor
from typing import Any, Final

from voix.commun.francais import jour_en_mots

from .couples import CASES
from .verdict import CONCLUENT, Epreuve, Intervalle, Verdict, cote_de

MOINS: Final = "\u2212"
PLURIEL: Final = 2
PETIT: Final = 30
RETENTION_BORNES: Final = 80
RETENTION_ALERTE: Final = 60
VERDICTS: Final = {
    Verdict.NETTE: (
        "Évolution nette%s\u00a0: un écart aussi marqué arriverait moins de 1 fois sur 100 "
        "par le seul hasard."
    ),
    Verdict.PROBABLE: (
        "Évolution probable%s\u00a0: un écart aussi marqué arriverait moins de 5 fois sur 100 "
        "par le seul hasard."
    ),
    Verdict.INCERTAIN: (
        "Ces réponses ne permettent pas de conclure. Cela ne veut pas dire qu’il n’y a pas d’effet."
    ),
    Verdict.FRAGILE: (
        "Signal fragile\u00a0: le test voit un écart, mais l’intervalle ne le confirme pas. Ne concluez pas."
    ),
    Verdict.MASQUE: (
        "Les comptes montrés ne permettent pas de conclure. Ils sont donnés par tranches pour protéger "
        "les familles\u00a0: avec les comptes exacts, la conclusion serait peut-être autre. Cela ne veut "
        "pas dire qu’il n’y a pas d’effet."
    ),
    Verdict.TU: (
        "La conclusion n’est pas dite\u00a0: les comptes sont cachés pour protéger les familles."
    ),
}
MOTS: Final = {
    Verdict.NETTE: "nette",
    Verdict.PROBABLE: "probable",
    Verdict.INCERTAIN: "pas de conclusion",
    Verdict.FRAGILE: "signal fragile",
    Verdict.MASQUE: "pas de conclusion sur les comptes montrés",
    Verdict.TU: "non dite",
}
EPREUVES: Final = {
    Epreuve.RANGS: "rangs signés de Wilcoxon (exact), sur tous les écarts",
    Epreuve.MCNEMAR: "McNemar (exact)",
    Epreuve.SIGNES: (
        "signes (exact), sur les comptes montrés, dans le cas le moins favorable qu’ils permettent"
    ),
}
INTERVALLE_SEUL: Final = (
    "L’intervalle de ce critère, pris seul, ne contient pas zéro\u00a0; le test, qui tient compte de tous "
    "les critères, ne conclut pas. C’est un signal fragile\u00a0: ne le présentez pas comme un résultat."
)
RETENU: Final = (
    "Ces chiffres sont retenus\u00a0: rapprochés des autres chiffres de ce suivi, ils pourraient laisser "
    "deviner ce qu’ont répondu quelques familles."
)
RIEN_A_MONTRER: Final = (
    "Aucun compte de ce critère ne peut être montré sans exposer quelques familles."
)
TOLERANCE: Final = 1e-9
"""Rounding outwards must not widen a whole number because of binary noise."""


SOLDES: Final = {
    True: ("Une fois retirés les reculs, le gain", "Une fois retirés les progrès, le recul"),
    False: (
        "Une fois retirées les baisses, la hausse",
        "Une fois retirées les hausses, la baisse",
    ),
}
"""What is told of a net share, by whether one way is better: up, then down."""
SENS_DITS: Final = {True: ("en mieux", "en moins bien"), False: ("en plus", "en moins")}
ENVERS: Final = {True: ("un recul", "un progrès"), False: ("une baisse", "une hausse")}
"""What a negative number is, where the sentence speaks of what goes up, then of what goes down."""


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


def phrase_verdict(c: Mapping[str, Any]) -> str:
    """Return the conclusion, and which way it goes where there is one."""
    if not c["verdict"]:
        return ""
    verdict = Verdict(c["verdict"])
    if verdict not in CONCLUENT:
        return VERDICTS[verdict]
    vers = cote_de(c["nette"][1]) if c.get("nette") else 0
    return VERDICTS[verdict] % (f", {SENS_DITS[est_orientee(c)][vers < 0]}" if vers else "")


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
    atteints, sur, ensuite, sur_ensuite = moyennes
    dits = [f"{x:.1f}".replace(".", ",") for x in (atteints, ensuite)]
    return (
        f"En moyenne, {dits[0]} repères atteints sur {sur:.0f} évaluables environ à l’entrée, {dits[1]} sur "
        f"{sur_ensuite:.0f} la seconde fois."
    )


def repondu_de(c: Mapping[str, Any]) -> Intervalle:
    """Return how many answered both times, as displayed; old reports counted everybody."""
    bas, haut = c.get("repondu") or (c["n"], c["n"])
    return bas, haut


def dehors(bas: float, haut: float, n: int) -> Intervalle:
    """Return two shares as whole numbers of ``n``, rounded outwards: never narrower than computed.

    >>> dehors(0.252, 0.741, 50), dehors(-0.02, 0.5, 50)
    ((12, 38), (-1, 25))
    """
    return floor(bas * n + TOLERANCE), ceil(haut * n - TOLERANCE)


def phrase_nette(c: dict[str, Any]) -> str:
    """Return the net gain and what it would be with other families of the same kind."""
    if c["nette"] is None:
        return ""
    (bas, haut), (moins, plus) = c["nette"]
    repondu = repondu_de(c)
    descend = haut < 0
    if descend:
        bas, haut, moins, plus = -haut, -bas, -plus, -moins
    debut = f"{SOLDES[est_orientee(c)][descend]} concerne {familles_dites(bas, haut)}"
    bornes = bornes_dites(moins, plus, repondu)
    negatif = _negatif(c, descend=descend) if moins < 0 else ""
    petit = " Petit effectif\u00a0: ces chiffres sont fragiles." if repondu[0] < PETIT else ""
    sur = sur_qui(repondu, c["n"])
    ailleurs = "si l’on refaisait l’enquête avec d’autres familles semblables"
    return f"{debut} {sur} ({bornes} {ailleurs}).{negatif}{petit}"


def _negatif(c: Mapping[str, Any], *, descend: bool) -> str:
    return f" Un chiffre négatif est {ENVERS[est_orientee(c)][descend]}."


def sur_qui(repondu: Intervalle, n: int) -> str:
    """Return of whom a net gain is told: of those who answered both times, said so when some did not."""
    if repondu == (n, n):
        return f"sur {n}"
    combien = _de_a(*repondu).replace("entre", "les").replace(" et ", " à ")
    return f"sur {combien} qui ont répondu les deux fois à cette question"


def bornes_dites(bas: float, haut: float, repondu: Intervalle) -> str:
    """Return an interval of shares in families: of those who answered, or of a hundred."""
    if repondu[0] == repondu[1]:
        return _de_a(*dehors(bas, haut, repondu[0]))
    return f"{familles_dites(*dehors(bas, haut, 100))} sur 100"


def familles_dites(bas: int, haut: int) -> str:
    """Return a number of families with its sign and its plural.

    >>> familles_dites(-1, -1), familles_dites(-2, 0), familles_dites(1, 1), familles_dites(3, 3)
    ('\u22121 famille', 'entre \u22122 et 0 familles', '1 famille', '3 familles')
    """
    return f"{_de_a(bas, haut)} {'familles' if max(abs(bas), abs(haut)) >= PLURIEL else 'famille'}"


def _de_a(bas: int, haut: int) -> str:
    if bas == haut:
        return f"{bas}".replace("-", MOINS)
    return f"entre {bas} et {haut}".replace("-", MOINS)


def taille_dite(c: Mapping[str, Any]) -> tuple[float, ...]:
    """Return the typical change where every count is told; old reports wrote it beside bands too."""
    tus = any(bas != haut for bas, haut in (c[case] for case in CASES if case in c))
    return () if tus else tuple(c.get("taille") or ())


def phrase_taille(c: dict[str, Any]) -> str:
    """Return the typical change, in points and which way, where the group is large enough."""
    taille = taille_dite(c)
    if not taille:
        return ""
    if not any(taille):
        return f"Changement typique\u00a0: moins d’un demi-point{_sur_l_echelle(c)}."
    milieu, bas, haut = taille
    descend = milieu < 0
    if descend:
        milieu, bas, haut = -milieu, -haut, -bas
    negatif = _negatif(c, descend=descend) if bas < 0 else ""
    combien = "moins d’un demi-point"
    if milieu:
        points = "point" if milieu < PLURIEL else "points"
        combien = f"{_points(milieu)} {points} {SENS_DITS[est_orientee(c)][descend]}"
    return (
        f"Changement typique\u00a0: {combien}{_sur_l_echelle(c)} "
        f"(entre {_points(bas)} et {_points(haut)}).{negatif}"
    )


def _sur_l_echelle(c: Mapping[str, Any]) -> str:
    """Return out of how many points: « 1 point » says little by itself. A number may have no end."""
    etendue = c.get("etendue")
    if not etendue:
        return ""
    return f" sur une échelle de {_points(etendue[0])} à {_points(etendue[1])}"


def _points(valeur: float) -> str:
    entier = f"{valeur + 0:g}".replace(".", ",")
    return entier.replace("-", MOINS)


def bornes_possibles(c: Mapping[str, Any], inscrites: int) -> tuple[float, float] | None:
    """Return what share gets better among all: at least, and if all who did not answer did too.

    Missing answers, like those who left, could have been anything (domaine §4.2(6)).
    """
    n, (bas, haut) = c["n"], c["progressent"]
    manquent = c.get("manquent", (0, 0))
    autres = max(c["stables"][0] + c["reculent"][0], n - haut - manquent[1])
    if not inscrites or (inscrites <= n and manquent == (0, 0)) or (bas <= 0 and haut >= n):
        return None
    return bas / inscrites, (inscrites - autres) / inscrites


def phrase_bornes(c: dict[str, Any], inscrites: int) -> str:
    """Return what those who did not answer could change, without any assumption on them."""
    possibles = bornes_possibles(c, inscrites)
    if possibles is None:
        return ""
    bas, haut = dehors(*possibles, 100)
    n, repondu = c["n"], repondu_de(c)
    part = "la part qui progresse" if est_orientee(c) else "la part dont la réponse augmente"
    question = "" if repondu == (n, n) else f", {dire(repondu, n)} à cette question"
    return (
        f"{n} familles sur {inscrites} ont répondu les deux fois{question}. Selon ce qu’auraient dit "
        f"les autres, {part} va de {bas} à {haut}\u00a0%."
    )


def phrase_desaccord(c: Mapping[str, Any]) -> str:
    """Return what to think of an interval that leaves zero out where the test does not conclude."""
    mots = {"", Verdict.TU, Verdict.FRAGILE, *CONCLUENT}
    if c["verdict"] in mots or not c.get("nette") or not cote_de(c["nette"][1]):
        return ""
    return INTERVALLE_SEUL


def phrase_epreuve(c: Mapping[str, Any]) -> str:
    """Return which test the conclusion comes from."""
    return f"Test\u00a0: {EPREUVES[Epreuve(c['epreuve'])]}." if c.get("epreuve") else ""


def phrase_retention(repondu: int, inscrites: int) -> str:
    """Return how many cards answered, with the share where the base allows one."""
    if not inscrites:
        return ""
    part = f", soit {round(100 * repondu / inscrites)}\u00a0%" if inscrites >= 10 else ""  # noqa: PLR2004  (domaine §4.2)
    return f"{familles_dites(repondu, repondu)} sur {inscrites}{part}."


def phrase_recu(paniers: int, ateliers: int, inscrites: int) -> str:
    """Return what was given, in all, beside the number of families.

    >>> phrase_recu(1, 0, 1), phrase_recu(2, 3, 12)
    ('1 panier remis et 0 présence à un atelier, pour 1 famille.', '2 paniers remis et 3 présences à un atelier, pour 12 familles.')
    """
    un, deux = ("s" if nombre >= PLURIEL else "" for nombre in (paniers, ateliers))
    return (
        f"{paniers} panier{un} remis et {ateliers} présence{deux} à un atelier, "
        f"pour {familles_dites(inscrites, inscrites)}."
    )


def phrase_declaration(nombre: int, declares_le: date) -> str:
    """Return how many outcomes were declared, and the day: the lock holds from the first exit answer."""
    s = "s" if nombre >= PLURIEL else ""
    return (
        f"Nous avons regardé {nombre} critère{s}, déclaré{s} le {jour_en_mots(declares_le)}, avant les réponses à "
        "la sortie et avant tout rapport\u00a0; nous en tenons compte pour ne pas crier victoire par hasard."
    )


def jamais_servies(nombre: int) -> str:
    """Return what is said of cards that no family used."""
    if not nombre:
        return ""
    s, ont = ("s", "ont") if nombre >= PLURIEL else ("", "a")
    return (
        f"{nombre} carte{s} imprimée{s} n’{ont} jamais servi, hors du compte\u00a0: en réserve, ou données à "
        "des familles qui n’ont répondu à aucune vague."
    )


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
