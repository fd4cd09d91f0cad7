"""A measure as people read it: on a page, in a report, on a notice board."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from analyses.indicateurs.indicateur import Forme
from analyses.indicateurs.mesure import Mesure


@dataclass(frozen=True, slots=True)
class MesureDite:
    """One measure, in French."""

    mesure: Mesure

    @property
    def signe(self) -> str:
        """Return what follows a figure: the sign of percent, or nothing."""
        return "\u00a0%" if self.mesure.indicateur.forme == Forme.PART else ""

    @property
    def resultat(self) -> str:
        return "" if self.mesure.valeur is None else f"{_nombre(self.mesure.valeur)}{self.signe}"

    @property
    def base(self) -> str:
        """Return « 59 sur 80 présences », when both may be shown."""
        mesure, unite = self.mesure, self.mesure.indicateur.unite
        if mesure.k is None or mesure.n == 0:
            return ""
        if mesure.n is None:
            return unite.pluriel if mesure.k > 1 else unite.singulier
        mot = "pour" if mesure.indicateur.forme == Forme.RAPPORT else "sur"
        nom = unite.pluriel if mesure.n > 1 else unite.singulier
        return f"{_nombre(mesure.k)} {mot} {_nombre(mesure.n)} {nom}"

    @property
    def ecart(self) -> str:
        if self.mesure.ecart is None:
            return ""
        signe = "+" if self.mesure.ecart > 0 else "\u2212" if self.mesure.ecart < 0 else ""
        points = ""
        if self.mesure.indicateur.forme == Forme.PART:
            points = "\u00a0points" if abs(self.mesure.ecart) > 1 else "\u00a0point"
        return f"{signe}{_nombre(abs(self.mesure.ecart))}{points}"

    @property
    def objectif(self) -> str:
        objectif = self.mesure.indicateur.objectif
        return "" if objectif is None else f"{objectif}{self.signe}"

    @property
    def moyenne(self) -> str:
        """Return the mean of the territoires' shares, in a sentence."""
        if self.mesure.moyenne is None:
            return ""
        taux, combien = self.mesure.moyenne
        return f"Moyenne des taux de {combien} territoires\u00a0: {round(taux)}\u00a0%."

    @property
    def phrase(self) -> str:
        """Return the result in plain words: « 8 sur 10 territoires »; else why there is none."""
        if not self.resultat:
            return self.mesure.motif
        return (
            self.base
            if self.mesure.n is not None
            else f"{self.resultat} {self.mesure.indicateur.unite.pluriel}"
        )


Dite = TypeVar("Dite", bound=MesureDite)


def par_groupe(dites: Iterable[Dite]) -> dict[str, list[Dite]]:
    """Return the measures of each group, in the order in which groups are first met."""
    groupes: dict[str, list[Dite]] = {}
    for dite in dites:
        groupes.setdefault(dite.mesure.indicateur.groupe, []).append(dite)
    return groupes


def _nombre(valeur: float) -> str:
    """Return a number as French writes it."""
    return str(valeur).replace(".", ",")
