"""Several cohorts told together, from what is already displayed of each and from nothing else.

A total counted on the answers would give, minus one cohort's report, the other's hidden counts. Sums
of displayed intervals give nothing that whoever reads the reports could not add up alone (ADR 0078).
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from .couples import CASES
from .phrases import est_orientee
from .verdict import Intervalle

Cle = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Rapport:
    """One written report: what was asked (both versions), and what was displayed."""

    instrument: Hashable
    """Two cohorts are added up only where the same words were asked both times."""
    contenu: dict[str, Any]
    nombre: int


def reunir(rapports: Iterable[Rapport]) -> list[dict[str, Any]]:
    """Return the outcomes that two reports at least display, added up; the order of the first one.

    Nothing is judged: these sums were declared by nobody.
    """
    vus: dict[Cle, list[tuple[dict[str, Any], Rapport]]] = {}
    for rapport in rapports:
        for critere in rapport.contenu["criteres"]:
            if critere["montre"]:
                vus.setdefault(_cle(critere, rapport), []).append((critere, rapport))
    return [_somme(lignes) for lignes in vus.values() if len(lignes) > 1]


def _cle(critere: dict[str, Any], rapport: Rapport) -> Cle:
    questions = tuple(critere.get("questions", ())) or (critere["code"],)
    return rapport.instrument, questions, critere["baisse"]


def _somme(lignes: list[tuple[dict[str, Any], Rapport]]) -> dict[str, Any]:
    premier = lignes[0][0]
    nombre = sum(rapport.nombre for _, rapport in lignes)
    connus = {
        case: [sum(critere["connus"][case][i] for critere, _ in lignes) for i in (0, 1)]
        for case in CASES
    }
    bas, haut, moins, plus = nette_large(
        nombre, _intervalle(connus["progressent"]), _intervalle(connus["reculent"])
    )
    return {
        "code": premier["code"],
        "libelle": premier["libelle"],
        "mesure": premier.get("mesure", ""),
        "baisse": premier["baisse"],
        "orientee": all(est_orientee(critere) for critere, _ in lignes),
        "binaire": premier["binaire"],
        "declaree": all(critere["declaree"] for critere, _ in lignes),
        "verdict": "",
        "montre": True,
        "n": nombre,
        "inscrites": sum(rapport.contenu["inscrites"] for _, rapport in lignes),
        "cohortes": len(lignes),
        "connus": connus,
        "nette": [[bas, haut], [moins, plus]],
        "taille": None,
    }


def _intervalle(bornes: list[int]) -> Intervalle:
    return bornes[0], bornes[1]


def nette_large(
    nombre: int, progressent: Intervalle, reculent: Intervalle
) -> tuple[int, int, float, float]:
    """Return better minus worse, from its least to its greatest, and the bounds of Tango's interval.

    Both extremes are taken as possible, even where the two other counts would forbid them: wider than
    true, never narrower, and no enumeration of what ten cohorts allow.
    """
    from analyses.statistiques.paires import Paires, tango

    extremes = [
        (progressent[0], min(reculent[1], nombre - progressent[0])),
        (min(progressent[1], nombre - reculent[0]), reculent[0]),
    ]
    (pire, _), (_, mieux) = [
        tango(Paires(0, moins, plus, nombre - plus - moins)) for plus, moins in extremes
    ]
    bas, haut = (plus - moins for plus, moins in extremes)
    return bas, haut, pire, mieux
