"""XLSX and SPSS, written by their libraries; the same tables make the same bytes here too."""

import re
import tempfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

from .classeur import feuilles, ranger
from .jeu import Champ, Jeu, Valeur

_MOMENT: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NON_ECRIVABLES: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CREATION: Final = slice(92, 109)
"""Day and hour of writing in the header of an SPSS file."""
_MOIS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def xlsx(jeu: Jeu) -> bytes:
    """Return an Office Open XML workbook: texts are typed as texts, so that none is computed."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    def case(feuille: Any, valeur: Valeur) -> Any:
        if not isinstance(valeur, str):
            return valeur
        cellule = WriteOnlyCell(feuille, value=_NON_ECRIVABLES.sub("", valeur))
        # The library takes « =… » for a formula and « #N/A » for an error.
        cellule.data_type = "s"
        return cellule

    classeur = Workbook(write_only=True)
    for decrite in feuilles(jeu):
        feuille = classeur.create_sheet(decrite.nom)
        feuille.freeze_panes = "A2"
        premieres = [decrite.entete, *islice(decrite.rangees, LUES_POUR_LA_LARGEUR)]
        for rang, largeur in enumerate(_largeurs(premieres), 1):
            feuille.column_dimensions[get_column_letter(rang)].width = largeur
        for rangee in chain(premieres, decrite.rangees):
            feuille.append([case(feuille, valeur) for valeur in rangee])
    tampon = BytesIO()
    classeur.save(tampon)
    return _sans_moment(tampon, jeu)


LUES_POUR_LA_LARGEUR: Final = 100
"""Rows that say how wide a column is; reading them all would keep a long file in memory."""


def _largeurs(rangees: Sequence[Sequence[Valeur]]) -> list[int]:
    """Return a width for each column, in signs: enough for its words, at most sixty."""
    return [
        min(60, max(10, *(len(str(valeur or "")) + 2 for valeur in colonne)))
        for colonne in zip_longest(*rangees)
    ]


def _sans_moment(tampon: BytesIO, jeu: Jeu) -> bytes:
    """Write the archive again with the day of the tables instead of the moment of writing."""
    jour = f"{jeu.arrete_le}T00:00:00Z".encode()
    sortie = BytesIO()
    with ZipFile(tampon) as lue, ZipFile(sortie, "w") as archive:
        for nom in lue.namelist():
            contenu = lue.read(nom)
            if nom == "docProps/core.xml":
                contenu = _MOMENT.sub(jour, contenu)
            ranger(archive, nom, contenu)
    return sortie.getvalue()


def spss(jeu: Jeu) -> bytes:
    """Return an SPSS file: labels of the columns, closed lists as values with their labels."""
    import pandas as pd
    import pyreadstat

    tableau = pd.DataFrame(list(jeu.lignes()), columns=[c.nom for c in jeu.champs])
    for champ in jeu.champs:
        tableau[champ.nom] = _colonne_spss(champ, tableau[champ.nom])
    with tempfile.TemporaryDirectory() as dossier:
        chemin = Path(dossier) / "donnees.sav"
        pyreadstat.write_sav(
            tableau,
            str(chemin),
            file_label=jeu.nom[:64],
            column_labels={champ.nom: champ.titre for champ in jeu.champs},
            variable_value_labels={
                champ.nom: dict(enumerate(champ.valeurs, 1))
                for champ in jeu.champs
                if champ.valeurs
            },
            variable_measure={
                c.nom: "scale" if c.type in _NOMBRES else "nominal" for c in jeu.champs
            },
            variable_format={
                c.nom: "F8.1" if c.type == "number" else "F8.0"
                for c in jeu.champs
                if c.type in _NOMBRES or c.valeurs
            },
        )
        contenu = bytearray(chemin.read_bytes())
    contenu[_CREATION] = _jour(date.fromisoformat(jeu.arrete_le))
    return bytes(contenu)


_NOMBRES: Final = frozenset({"integer", "number"})


def _colonne_spss(champ: Champ, colonne: Any) -> Any:
    """Return a column as SPSS has it: numbers, codes of a closed list, or texts."""
    import pandas as pd

    if champ.type in _NOMBRES:
        return pd.to_numeric(colonne).astype("float64")
    if champ.valeurs:
        rangs = {valeur: float(rang) for rang, valeur in enumerate(champ.valeurs, 1)}
        return colonne.map(rangs).astype("float64")
    return colonne.fillna("").astype(str)


def _jour(jour: date) -> bytes:
    return f"{jour.day:02d} {_MOIS[jour.month - 1]} {jour.year % 100:02d}00:00:00".encode()
