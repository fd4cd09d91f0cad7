"""How indicators moved: the same count, on the last day of each half-year.

Indicators about persons are left out: two counts of the same persons at two dates differ by a few.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from analyses.indicateurs.catalogue import catalogue
from analyses.indicateurs.formule.analyse import lire
from analyses.indicateurs.indicateur import Indicateur
from analyses.indicateurs.mesure import Mesure, mesurer

from .calcul import donnees_de
from .dates import DATEES
from .lignes import Lecteur
from .perimetre import Perimetre, lecteur_de

POINTS_MAX: Final = 6
"""Dates that a telephone can show side by side."""


@dataclass(frozen=True, slots=True)
class Evolution:
    """One indicator at several dates, the last being now."""

    indicateur: Indicateur
    points: tuple[tuple[date, Mesure], ...]


def evolutions(perimetre: Perimetre, aujourdhui: date) -> list[Evolution]:
    """Return the shares and ratios that have a day for everything they count."""
    suivis = [i for i in catalogue() if _se_suit(i)]
    lecteur = lecteur_de(perimetre)
    debut, fin = _periode(aujourdhui, lecteur)
    jours = semestres(debut, fin)
    a_chaque = [(jour, donnees_de(perimetre, suivis, jour, lecteur)) for jour in jours]
    return [
        Evolution(i, tuple((jour, mesurer(i, donnees)) for jour, donnees in a_chaque))
        for i in suivis
    ]


def _se_suit(indicateur: Indicateur) -> bool:
    if indicateur.absent or indicateur.personnes:
        return False
    lue = indicateur.lue
    if lue.denominateur is None:
        return False
    return lue.tables <= DATEES and all(lire(f).tables <= DATEES for _, f in indicateur.details)


def _periode(aujourdhui: date, lecteur: Lecteur) -> tuple[date | None, date]:
    """Return the first and the last day on which registers say that something happened."""
    connus = [jour for jour in lecteur.jours() if jour <= aujourdhui]
    return (min(connus), max(connus)) if connus else (None, aujourdhui)


def semestres(debut: date | None, fin: date) -> list[date]:
    """Return the last days of half-years between two days, then the last day itself.

    At most ``POINTS_MAX``, the latest ones.
    """
    jours = []
    if debut is not None:
        for annee in range(debut.year, fin.year + 1):
            jours += [date(annee, 6, 30), date(annee, 12, 31)]
    retenus = [jour for jour in jours if debut and debut <= jour < fin]
    return [*retenus, fin][-POINTS_MAX:]
