"""CSV in two named profiles: one for a spreadsheet, one for open data. Never a compromise."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Final, Literal

from .jeu import Jeu, Valeur

_DANGEREUX: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A spreadsheet takes a cell that begins so for a formula; full-width signs too."""


@dataclass(frozen=True, slots=True)
class Profil:
    """How a CSV file is written."""

    nom: str
    separateur: str
    encodage: str
    francais: bool
    """For a French spreadsheet: decimal comma, day first, and nothing that it would compute."""
    citation: Literal[0, 1]


TABLEUR: Final = Profil("tableur", ";", "utf-8-sig", francais=True, citation=csv.QUOTE_MINIMAL)
OUVERTES: Final = Profil("donnees-ouvertes", ",", "utf-8", francais=False, citation=csv.QUOTE_ALL)


def neutraliser(valeur: Valeur) -> Valeur:
    """Return a text that no spreadsheet computes: an apostrophe before what looks like a formula."""
    if isinstance(valeur, str) and valeur.startswith(_DANGEREUX):
        return f"'{valeur}"
    return valeur


def _a_la_francaise(valeur: Valeur) -> Valeur:
    if isinstance(valeur, float):
        return str(valeur).replace(".", ",")
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    return neutraliser(valeur)


def ecrire_csv(
    entete: Sequence[str], rangees: Iterable[Sequence[Valeur]], profil: Profil
) -> bytes:
    """Return a CSV file; lines end as the standard says, whatever the profile."""
    tampon = StringIO(newline="")
    ecrivain = csv.writer(
        tampon, delimiter=profil.separateur, quoting=profil.citation, lineterminator="\r\n"
    )
    ecrivain.writerow(entete)
    for rangee in rangees:
        ecrivain.writerow(map(_a_la_francaise, rangee) if profil.francais else rangee)
    return tampon.getvalue().encode(profil.encodage)


def csv_tableur(jeu: Jeu) -> bytes:
    """Return what opens by a double click in a French spreadsheet; titles are for a person."""
    return ecrire_csv([champ.titre for champ in jeu.champs], jeu.lignes(), TABLEUR)


def csv_ouvert(jeu: Jeu) -> bytes:
    """Return what programs read, named as the schema says."""
    return ecrire_csv([champ.nom for champ in jeu.champs], jeu.lignes(), OUVERTES)
