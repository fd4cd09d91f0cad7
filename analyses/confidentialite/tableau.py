"""The only type that a screen, a figure, an export, a report or a command may take."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any, Final

from voix.commun.nombres import arrondi

from .chiffres import AUCUN, SANS_ORDRE, Chiffres, Ordre, en_json
from .comptage import TOTAL

FORMAT: Final = "voix-sdc-table/1"
BASE_POURCENT: Final = 10
"""Fewest persons for a percentage (domaine §4.2)."""
_SCEAU: Final = object()
"""Held by this package only: nobody else can build a protected table."""


class Statut:
    """What a cell says."""

    PUBLIE: Final = "published"
    MASQUE: Final = "suppressed"
    INTERVALLE: Final = "interval"
    ZERO_STRUCTUREL: Final = "structural_zero"


@dataclass(frozen=True, slots=True)
class Cellule:
    """A whole-number interval; every surface reads nothing else."""

    bas: int
    haut: int
    statut: str = Statut.PUBLIE

    @property
    def valeur(self) -> int | None:
        """Return the exact count when it is shown."""
        return self.bas if self.statut == Statut.PUBLIE else None


@dataclass(frozen=True, slots=True)
class Colonne:
    """An answer, in the order of the questionnaire."""

    code: str
    libelle: str


@dataclass(frozen=True, slots=True)
class Modalite:
    """A group of a dimension; ``parent`` is the group that contains it, none for the whole."""

    code: str
    libelle: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to group, as it is shown: merged groups are in it, their members are not."""

    nom: str
    titre: str
    modalites: tuple[Modalite, ...]
    """The whole first, then its parts, level after level."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A group that is large enough to be shown, or the total."""

    code: str
    libelle: str
    taille: int
    cellules: tuple[Cellule, ...]
    parent: str = ""
    ou: tuple[str, ...] = ()
    """In a published table: the group's code in each dimension."""
    chiffres: Chiffres = AUCUN

    def pourcent(self, cellule: Cellule) -> int | None:
        """Return the share in whole percent, where the base allows one (domaine §4.2: 10)."""
        if cellule.valeur is None or self.taille < BASE_POURCENT:
            return None
        return arrondi(cellule.valeur, self.taille)

    def dire(self, cellule: Cellule) -> str:
        """Return what is known of a count, in French: « moins de 5 », « entre 5 et 12 »."""
        if cellule.statut == Statut.MASQUE:
            return "masqué"
        return dire(cellule.bas, cellule.haut, self.taille)

    def dire_la_part(self, cellule: Cellule) -> str:
        """Return the share in whole percent, never narrower than what is known of the count."""
        if cellule.statut == Statut.MASQUE or self.taille < BASE_POURCENT:
            return ""
        if cellule.valeur is not None:
            return f"{self.pourcent(cellule)}\u00a0%"
        return _part_encadree(cellule.bas, cellule.haut, self.taille)


def _part_encadree(bas: int, haut: int, taille: int) -> str:
    """Return what a count between two others is of its base: « moins de » and « plus de » are strict.

    Some are not 0 %, and not everybody is not 100 %: neither is said as an end.
    """
    if bas == 0:
        return f"moins de {ceil(100 * (haut + 1) / taille)}\u00a0%"
    if haut == taille:
        return f"plus de {floor(100 * (bas - 1) / taille)}\u00a0%"
    if 100 * bas < taille:
        return f"moins de {100 * haut // taille + 1}\u00a0%"
    if 100 * (taille - haut) < taille:
        return f"plus de {ceil(100 * bas / taille) - 1}\u00a0%"
    return f"entre {floor(100 * bas / taille)} et {ceil(100 * haut / taille)}\u00a0%"


def bornes_dites(bas: int, haut: int, taille: int) -> tuple[str, int, int]:
    """Return how an interval is said (``exact``, ``moins``, ``plus``, ``entre``) and its figures."""
    if bas == haut:
        return "exact", bas, bas
    if bas == 0:
        return "moins", haut + 1, haut + 1
    if haut == taille:
        return "plus", bas - 1, bas - 1
    return "entre", bas, haut


_MOTS: Final = {
    "exact": "{0}",
    "moins": "moins de {0}",
    "plus": "plus de {0}",
    "entre": "entre {0} et {1}",
}


def dire(bas: int, haut: int, taille: int) -> str:
    """Return an interval of a count in French."""
    comment, *figures = bornes_dites(bas, haut, taille)
    return _MOTS[comment].format(*figures)


@dataclass(frozen=True, slots=True)
class TableauProtege:
    """One question in groups, safe to show as it is."""

    question: str
    titre: str
    colonnes: tuple[Colonne, ...]
    lignes: tuple[Ligne, ...]
    """The total first; empty when nothing can be shown."""
    seuil: int
    """Fewest persons of a group or a cell that is shown; 0 when nothing had to be hidden."""
    groupes_nom: str = ""
    groupes_titre: str = ""
    multiple: bool = False
    ou: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Which passations were counted."""
    arrete_le: str = ""
    regroupes: tuple[str, ...] = ()
    """Labels of the groups that were put together."""
    dimensions: tuple[Dimension, ...] = ()
    """Of a published table; a table of an earlier kind has ``groupes_nom`` alone."""
    ordre: Ordre = SANS_ORDRE
    sceau: Any = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.sceau is not _SCEAU:
            raise TypeError("Only analyses.confidentialite makes a TableauProtege.")

    @property
    def total(self) -> Ligne | None:
        """Return the row of everybody."""
        return next((ligne for ligne in self.lignes if ligne.code == TOTAL), None)

    @property
    def a_masque(self) -> bool:
        """Return whether something is hidden."""
        cellules = (cellule for ligne in self.lignes for cellule in ligne.cellules)
        return any(cellule.statut != Statut.PUBLIE for cellule in cellules)

    def groupes(self) -> tuple[Ligne, ...]:
        """Return the rows of groups, without the total."""
        return tuple(ligne for ligne in self.lignes if ligne.code != TOTAL)

    def en_json(self) -> dict[str, Any]:
        """Return the table in the format of confidentialité §9."""
        reponses: list[dict[str, Any]] = [{"code": TOTAL}]
        reponses += [
            {"code": colonne.code, "parent": TOTAL, "label": colonne.libelle}
            for colonne in self.colonnes
        ]
        dimension: dict[str, Any] = {"name": self.question, "role": "response", "codes": reponses}
        if self.multiple:
            reponses[0]["parts_add"] = False
        dimensions = [dimension]
        if self.dimensions:
            dimensions = [*map(_dimension_en_json, self.dimensions), dimension]
        elif self.groupes_nom:
            groupes = [
                {"code": ligne.code, "label": ligne.libelle}
                | ({"parent": ligne.parent} if ligne.parent else {})
                for ligne in self.lignes
            ]
            dimensions.insert(0, {"name": self.groupes_nom, "role": "group", "codes": groupes})
        return {
            "format": FORMAT,
            "id": "-".join([self.question, *self._noms_des_groupes()]),
            "question": self.question,
            "where": {nom: list(valeurs) for nom, valeurs in self.ou},
            "as_of": self.arrete_le,
            "threshold": self.seuil,
            "dimensions": dimensions,
            "cells": [cellule for ligne in self.lignes for cellule in self._cellules(ligne)],
            "statistics": [chiffre for ligne in self.lignes for chiffre in self._chiffres(ligne)],
        }

    def _noms_des_groupes(self) -> list[str]:
        if self.dimensions:
            return [dimension.nom for dimension in self.dimensions]
        return [self.groupes_nom] if self.groupes_nom else []

    def _ici(self, ligne: Ligne) -> dict[str, str]:
        codes = ligne.ou if self.dimensions else (ligne.code,)
        return dict(zip(self._noms_des_groupes(), codes, strict=False))

    def _chiffres(self, ligne: Ligne) -> list[dict[str, Any]]:
        return en_json(ligne.chiffres, self.ordre, self.question, self._ici(ligne), ligne.taille)

    @property
    def autres_chiffres(self) -> list[tuple[str, str, str]]:
        """Return the rows that have a mean or a median: label, mean, class of the median."""
        libelles = {colonne.code: colonne.libelle for colonne in self.colonnes}
        return [
            (
                ligne.libelle,
                ligne.chiffres.dire_la_moyenne(),
                " ou ".join(libelles[code] for code in ligne.chiffres.mediane),
            )
            for ligne in self.lignes
            if ligne.chiffres != AUCUN
        ]

    def _cellules(self, ligne: Ligne) -> list[dict[str, Any]]:
        ici = self._ici(ligne)
        rendues: list[dict[str, Any]] = [
            {"at": ici | {self.question: TOTAL}, "status": Statut.PUBLIE, "value": ligne.taille}
        ]
        for colonne, cellule in zip(self.colonnes, ligne.cellules, strict=True):
            rendue: dict[str, Any] = {
                "at": ici | {self.question: colonne.code},
                "status": cellule.statut,
            }
            if cellule.valeur is not None:
                rendue["value"] = cellule.valeur
            elif cellule.statut == Statut.INTERVALLE:
                rendue |= {"low": cellule.bas, "high": cellule.haut}
            rendues.append(rendue)
        return rendues


def en_arbre(lignes: Sequence[Ligne]) -> list[tuple[Ligne, bool]]:
    """Return each row after the one it is a part of, and whether it is a part: read, not added up."""
    codes = {ligne.code for ligne in lignes if ligne.code != TOTAL}
    rangees: list[tuple[Ligne, bool]] = []
    for ligne in lignes:
        if ligne.parent not in codes:
            rangees.append((ligne, False))
            rangees += [(autre, True) for autre in lignes if autre.parent == ligne.code != TOTAL]
    return rangees


def _dimension_en_json(dimension: Dimension) -> dict[str, Any]:
    codes = [
        {"code": m.code, "label": m.libelle} | ({"parent": m.parent} if m.parent else {})
        for m in dimension.modalites
    ]
    return {"name": dimension.nom, "role": "group", "codes": codes}
