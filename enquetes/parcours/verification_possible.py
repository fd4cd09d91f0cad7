"""Whether anybody can ever see a page: a condition that no answers meet is an author's slip.

A page is looked for among the answers that people may really give: one code of a list, several that
go together, a number within its bounds; a question on a page that stays hidden has no answer.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from typing import Any, Final

from .conditions import Arbre, evaluer, questions_citees, tests_de
from .definition import Valeur
from .verification_base import Connue, Defaut, Lieu

CAS_AU_PLUS: Final = 20_000
"""Answers tried. Beyond, nothing is said: a doubt is no error of the author's."""
ENSEMBLE_AU_PLUS: Final = 8
"""Codes of one question of several answers that are tried together."""


def defauts_possible(arbre: Arbre, lieu: Lieu, connues: Mapping[str, Connue]) -> Iterator[Defaut]:
    """Say that a condition, well written otherwise, is met by no answers."""
    if not est_possible(arbre, connues):
        yield Defaut(
            lieu,
            "condition_impossible",
            "Personne ne verra cette page\u00a0: aucune réponse ne remplit sa condition.",
            "Relisez ce qu’elle compare. Une question à une seule réponse n’en a pas deux\u00a0: "
            "pour l’une ou l’autre, écrivez «\u00a0any\u00a0» au lieu de «\u00a0all\u00a0».",
        )


def est_possible(arbre: Arbre, connues: Mapping[str, Connue]) -> bool:
    """Return whether some answers make a condition true; ``True`` when there are too many to try."""
    lues = _remonter(arbre, connues)
    if any(connues[code].nature is None for code in lues):
        return True  # of a type that does not exist: it was told there
    arbres = [arbre, *(si for code in lues if (si := connues[code].si) is not None)]
    offertes = {code: list(_valeurs(code, connues[code], arbres)) for code in lues}
    return _essayer(arbre, [code for code in connues if code in lues], offertes, connues, {}, [0])


def _remonter(arbre: Arbre, connues: Mapping[str, Connue]) -> set[str]:
    """Return the questions that decide: those cited, and those that show their pages."""
    lues: set[str] = set()
    a_lire = list(questions_citees(arbre))
    while a_lire:
        code = a_lire.pop()
        if code not in lues:
            lues.add(code)
            a_lire += questions_citees(connues[code].si)
    return lues


def _essayer(
    arbre: Arbre,
    reste: list[str],
    offertes: Mapping[str, list[Valeur]],
    connues: Mapping[str, Connue],
    gardees: dict[str, Valeur],
    essais: list[int],
) -> bool:
    """Try every answer of the questions in the order of the pages; ``essais`` counts for all."""
    essais[0] += 1
    if essais[0] > CAS_AU_PLUS:
        return True
    if not reste:
        return evaluer(arbre, gardees)
    code, suite = reste[0], reste[1:]
    if _essayer(arbre, suite, offertes, connues, gardees, essais):  # no answer, or a refusal
        return True
    return evaluer(connues[code].si, gardees) and any(
        _essayer(arbre, suite, offertes, connues, gardees | {code: valeur}, essais)
        for valeur in offertes[code]
    )


def _valeurs(code: str, connue: Connue, arbres: list[Arbre]) -> Iterator[Valeur]:
    """Iterate over answers enough to tell apart all that the conditions compare."""
    cites = [test for arbre in arbres for test in tests_de(arbre) if test["q"] == code]
    if connue.nature and connue.nature.multiple:
        yield from _ensembles({test["has"] for test in cites if "has" in test}, connue.seuls)
    elif connue.codes:
        yield from connue.codes
    else:
        compares = [test[sens] for test in cites for sens in ("eq", "ge", "le") if sens in test]
        yield from nombres(compares, connue.bornes)


def _ensembles(cites: set[str], seuls: frozenset[str]) -> Iterator[Valeur]:
    ensemble = sorted(cites - seuls)
    yield from ([code] for code in sorted(cites & seuls))
    # Beyond, all of them and each without one: enough for « has this », « has that but not this ».
    for combien in range(1, len(ensemble) + 1):
        if len(ensemble) <= ENSEMBLE_AU_PLUS or combien in {1, len(ensemble) - 1, len(ensemble)}:
            yield from (list(choisis) for choisis in combinations(ensemble, combien))


def nombres(compares: Iterable[Any], bornes: tuple[float, float, int]) -> Iterator[Valeur]:
    """Iterate over the ends of what may be typed, and what stands at and around each literal.

    ``bornes``: least, greatest, and how many decimals.
    """
    mini, maxi, decimales = bornes
    pas = Decimal(1).scaleb(-decimales)
    rangs = set()
    for nombre in (mini, maxi, *compares):
        if isinstance(nombre, int | float) and math.isfinite(nombre):
            pres = math.floor(Decimal(str(nombre)) / pas)
            rangs |= {pres - 1, pres, pres + 1, pres + 2}
    for rang in sorted(rangs):
        nombre = rang * pas
        if Decimal(str(mini)) <= nombre <= Decimal(str(maxi)):
            yield int(nombre) if nombre == int(nombre) else float(nombre)
