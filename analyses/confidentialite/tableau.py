"""The only type that a screen, a figure, an export, a report or a command may take."""

from dataclasses import dataclass, field
from typing import Any, Final

from .comptage import TOTAL

FORMAT: Final = "voix-sdc-table/1"
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
class Ligne:
    """A group that is large enough to be shown, or the total."""

    code: str
    libelle: str
    taille: int
    cellules: tuple[Cellule, ...]
    parent: str = ""

    def pourcent(self, cellule: Cellule) -> int | None:
        """Return the share in whole percent, where the base allows one (domaine §4.2: 10)."""
        if cellule.valeur is None or self.taille < 10:  # noqa: PLR2004  (source above)
            return None
        return round(100 * cellule.valeur / self.taille)


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
        if self.groupes_nom:
            groupes = [
                {"code": ligne.code, "label": ligne.libelle}
                | ({"parent": ligne.parent} if ligne.parent else {})
                for ligne in self.lignes
            ]
            dimensions.insert(0, {"name": self.groupes_nom, "role": "group", "codes": groupes})
        return {
            "format": FORMAT,
            "id": self.question + (f"-{self.groupes_nom}" if self.groupes_nom else ""),
            "question": self.question,
            "where": {nom: list(valeurs) for nom, valeurs in self.ou},
            "as_of": self.arrete_le,
            "threshold": self.seuil,
            "dimensions": dimensions,
            "cells": [cellule for ligne in self.lignes for cellule in self._cellules(ligne)],
            "statistics": [],
        }

    def _cellules(self, ligne: Ligne) -> list[dict[str, Any]]:
        ici = {self.groupes_nom: ligne.code} if self.groupes_nom else {}
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
