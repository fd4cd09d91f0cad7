"""What is printed of a contrast, as énoncés; and a report without some of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from analyses.confidentialite.moteur.conjoint import Enonce

from .couples import CASES, OUI_NON
from .exposition import groupe
from .mondes import PARTIES, Cle

Contenu = dict[str, Any]
GROUPES: Final = {"TOTAL": "v1", "restees": "3", "parties": PARTIES}


ENVERS: Final = dict(zip(CASES, ("reculent", "stables", "progressent", "manquent"), strict=True))


class Retrait(NamedTuple):
    """Something that a report does not print."""

    quoi: str
    """``departs``, ``couples`` (told as a split instead) or ``critere`` (all of it)."""
    code: str


def enonces(
    contenu: Contenu,
    rang: int,
    questions: Sequence[str],
    places: Mapping[Cle, int],
    *,
    baisse: bool,
) -> Iterator[Enonce]:
    """Iterate over what a report prints of one outcome, told by the questions it is made of.

    ``baisse``: which way ``places`` are told. A report printed before the direction was declared, or
    declared again, says the same counts the other way round.
    """
    for critere in contenu["criteres"]:
        if list(critere["questions"] or [critere["code"]]) == list(questions):
            envers = critere["baisse"] != baisse
            cotes = {c: places["c", rang, ENVERS[c] if envers else c] for c in CASES}
            yield from _du_critere(critere, rang, cotes, places)
            for depart in contenu.get("departs", ()):
                if depart["code"] == critere["code"]:
                    yield from _du_depart(depart, places)
            for exposition in contenu.get("expositions", ()):
                yield from _de_l_exposition(exposition, critere["code"], cotes[CASES[0]])


def _du_critere(
    critere: dict[str, Any], rang: int, cotes: Mapping[str, int], places: Mapping[Cle, int]
) -> Iterator[Enonce]:
    if critere["montre"]:
        for case in CASES:
            yield Enonce(cotes[case], str(rang), *critere["connus"][case])
    if critere.get("couples"):
        for case in OUI_NON[:4]:
            yield Enonce(places["p", (1, rang), case], str(rang), *critere["couples"][case])


def _du_depart(depart: dict[str, Any], places: Mapping[Cle, int]) -> Iterator[Enonce]:
    for ligne in depart["lignes"]:
        for case, bas, haut, _ in ligne["cases"]:
            yield Enonce(places["d", 1, case], GROUPES[ligne["groupe"]], bas, haut)


def coupes(contenus: Iterable[Contenu], questions: Sequence[str]) -> set[str]:
    """Return the counts of which halves are printed for one outcome."""
    return {
        exposition["quoi"]
        for contenu in contenus
        for critere in contenu["criteres"]
        if list(critere["questions"] or [critere["code"]]) == list(questions)
        for exposition in contenu.get("expositions", ())
        if any(c["code"] == critere["code"] for c in exposition["criteres"])
    }


def _de_l_exposition(exposition: dict[str, Any], code: str, place: int) -> Iterator[Enonce]:
    for critere in exposition["criteres"]:
        for ligne in critere["lignes"] if critere["code"] == code else ():
            moitie = groupe(exposition["quoi"], ligne["groupe"])
            yield Enonce(place, moitie, ligne["bas"], ligne["haut"])


def retraits_possibles(contenu: Contenu, code: str) -> list[Retrait]:
    """Return what can be withdrawn of one outcome, what is least missed first."""
    critere = next(c for c in contenu["criteres"] if c["code"] == code)
    if not critere["montre"]:
        return []
    departs = [Retrait("departs", d["code"]) for d in contenu.get("departs", ())]
    couples = [Retrait("couples", code)] if critere.get("couples") else []
    return [*(d for d in departs if d.code == code), *couples, Retrait("critere", code)]


def sans(contenu: Contenu, retraits: Sequence[Retrait]) -> Contenu:
    """Return a report without what is withdrawn; what was given is left as it is."""
    quoi: dict[str, set[str]] = {}
    for retrait in retraits:
        quoi.setdefault(retrait.code, set()).add(retrait.quoi)
    criteres = [_critere_sans(c, quoi.get(c["code"], set())) for c in contenu["criteres"]]
    departs = [
        d for d in contenu.get("departs", ()) if not quoi.get(d["code"], set()) - {"couples"}
    ]
    return {**contenu, "criteres": criteres, "departs": departs}


GARDEES: Final = (
    "code",
    "questions",
    "lues",
    "mesure",
    "libelle",
    "declaree",
    "baisse",
    "orientee",
    "binaire",
    "n",
    "verdict",
)
"""All that is left of an outcome that is not shown."""


def _critere_sans(critere: dict[str, Any], quoi: set[str]) -> dict[str, Any]:
    if "critere" in quoi:
        return {cle: critere[cle] for cle in GARDEES if cle in critere} | {
            "montre": False,
            "retenu": True,
        }
    if "couples" not in quoi:
        return critere
    connus = critere["connus"]
    cases = {c: [*connus[c], "exact" if len(set(connus[c])) == 1 else "milieu"] for c in CASES}
    return {**critere, "couples": None, "cases": cases}


DITS: Final = {
    "departs": "d’où partaient les familles qui sont parties",
    "couples": "le détail oui / non\u00a0; le partage reste montré",
    "critere": "tous les chiffres",
}


def dire_les_retraits(contenu: Contenu, retraits: Sequence[Retrait]) -> list[dict[str, str]]:
    """Return what was withdrawn, in the order of the report, in words."""
    ordre = {c["code"]: (rang, c["libelle"]) for rang, c in enumerate(contenu["criteres"])}
    entiers = {r.code for r in retraits if r.quoi == "critere"}
    return [
        {"code": r.code, "libelle": ordre[r.code][1], "quoi": DITS[r.quoi]}
        for r in sorted(retraits, key=lambda r: (ordre[r.code][0], r.quoi))
        if r.quoi == "critere" or r.code not in entiers
    ]
