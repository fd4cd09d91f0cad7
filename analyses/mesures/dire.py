"""A measure as people read it: on a page, in a report, on a notice board."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from analyses.indicateurs.indicateur import Forme, Suivi
from analyses.indicateurs.mesure import Mesure

MOINS: Final = "\u2212"
PLEIN: Final = 100


def nombre_dit(valeur: float) -> str:
    """Return a number as French writes it: « 1,9 », and a true minus."""
    return str(valeur).replace(".", ",").replace("-", MOINS)


def fourchette(bornes: tuple[int, int], *, plancher: int = 0) -> str:
    """Return between which percents a share lies; ``plancher`` is the least that it can be.

    A bound that says nothing is not said: « 12 % au plus », and never « entre 0 et 12 % ».
    """
    bas, haut = bornes
    if bas == haut:
        return f"{nombre_dit(bas)}\u00a0%"
    if bas <= plancher:
        return f"{nombre_dit(haut)}\u00a0% au plus"
    if haut >= PLEIN:
        return f"{nombre_dit(bas)}\u00a0% ou plus"
    return f"entre {nombre_dit(bas)} et {nombre_dit(haut)}\u00a0%"


def motif_de(bornes: tuple[int, int], *, plancher: int = 0) -> str:
    """Return why a range is told instead of a figure."""
    dite = fourchette(bornes, plancher=plancher)
    return f"{dite[0].upper()}{dite[1:]}\u00a0: le chiffre exact est masqué pour protéger les personnes."


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
        return (
            "" if self.mesure.valeur is None else f"{nombre_dit(self.mesure.valeur)}{self.signe}"
        )

    @property
    def combien(self) -> str:
        """Return « 59 sur 80 », when both may be shown."""
        k, n = self.mesure.k, self.mesure.n
        if k is None or not n:
            return ""
        mot = "pour" if self.mesure.indicateur.forme == Forme.RAPPORT else "sur"
        return f"{nombre_dit(k)} {mot} {nombre_dit(n)}"

    @property
    def base(self) -> str:
        """Return « 59 sur 80 présences », when both may be shown; of a count, what is counted."""
        mesure, unite = self.mesure, self.mesure.indicateur.unite
        if mesure.k is None or mesure.n == 0:
            return ""
        dernier = mesure.k if mesure.n is None else mesure.n
        nom = unite.pluriel if dernier > 1 else unite.singulier
        return f"{self.combien} {nom}".lstrip()

    @property
    def ecart(self) -> str:
        if self.mesure.ecart is None:
            return ""
        signe = "+" if self.mesure.ecart > 0 else MOINS if self.mesure.ecart < 0 else ""
        points = ""
        if self.mesure.indicateur.forme == Forme.PART:
            points = "\u00a0points" if abs(self.mesure.ecart) > 1 else "\u00a0point"
        return f"{signe}{nombre_dit(abs(self.mesure.ecart))}{points}"

    @property
    def objectif(self) -> str:
        objectif = self.mesure.indicateur.objectif
        return "" if objectif is None else f"{objectif}{self.signe}"

    @property
    def intervalle(self) -> str:
        """Return the interval of a share, in words; nothing when there is none."""
        bornes = self.mesure.intervalle
        plancher = -PLEIN if self.mesure.indicateur.suivi == Suivi.EVOLUTION else 0
        return "" if bornes is None else fourchette(bornes, plancher=plancher)

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
