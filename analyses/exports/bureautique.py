"""XLSX and SPSS, written by their libraries; the same tables make the same bytes here too."""

import re
import tempfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

from .classeur import feuilles, ranger
from .lignes import CHAMPS, Jeu, Valeur, lignes

_MOMENT: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NON_ECRIVABLES: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CREATION: Final = slice(92, 109)
"""Day and hour of writing in the header of an SPSS file."""
_MOIS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def xlsx(jeu: Jeu) -> bytes:
    """Return an Office Open XML workbook: texts are typed as texts, so that none is computed."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

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
        for rangee in (decrite.entete, *decrite.rangees):
            feuille.append([case(feuille, valeur) for valeur in rangee])
    tampon = BytesIO()
    classeur.save(tampon)
    return _sans_moment(tampon, jeu)


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
    """Return an SPSS file: labels of the columns, status as a value with its label."""
    import pandas as pd
    import pyreadstat

    tableau = pd.DataFrame(list(lignes(jeu.tableaux)), columns=[c.nom for c in CHAMPS])
    for champ in CHAMPS:
        if champ.type == "integer":
            tableau[champ.nom] = pd.to_numeric(tableau[champ.nom]).astype("float64")
        elif not champ.valeurs:
            tableau[champ.nom] = tableau[champ.nom].fillna("").astype(str)
    codes: dict[str, dict[int | float, str]] = {
        champ.nom: dict(enumerate(champ.valeurs, 1)) for champ in CHAMPS if champ.valeurs
    }
    for nom, valeurs in codes.items():
        rangs = {valeur: float(rang) for rang, valeur in valeurs.items()}
        tableau[nom] = tableau[nom].map(rangs).astype("float64")
    with tempfile.TemporaryDirectory() as dossier:
        chemin = Path(dossier) / "donnees.sav"
        pyreadstat.write_sav(
            tableau,
            str(chemin),
            file_label=jeu.nom[:64],
            column_labels={champ.nom: champ.titre for champ in CHAMPS},
            variable_value_labels=codes,
            variable_measure={
                c.nom: "scale" if c.type == "integer" else "nominal" for c in CHAMPS
            },
            variable_format={c.nom: "F8.0" for c in CHAMPS if c.type == "integer" or c.valeurs},
        )
        contenu = bytearray(chemin.read_bytes())
    contenu[_CREATION] = _jour(date.fromisoformat(jeu.arrete_le))
    return bytes(contenu)


def _jour(jour: date) -> bytes:
    return f"{jour.day:02d} {_MOIS[jour.month - 1]} {jour.year % 100:02d}00:00:00".encode()
