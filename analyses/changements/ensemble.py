"""Several cohorts told together, from what is already displayed of each and from nothing else.

A total counted on the answers would give, minus one cohort's report, the other's hidden counts. Sums
of displayed intervals give nothing that whoever reads the reports could not add up alone (ADR 0078).
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from .couples import CASES
from .phrases import est_orientee
from .verdict import Intervalle, Partage, part_nette

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
    partage = Partage(nombre, *(_intervalle(connus[case]) for case in CASES)).resserre()
    nette = part_nette(partage)
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
        "repondu": list(partage.repondu),
        "nette": [list(nette[0]), list(nette[1])] if nette else None,
        "taille": None,
    }


def _intervalle(bornes: list[int]) -> Intervalle:
    return bornes[0], bornes[1]
