"""The formats a person may choose, in the order in which they are offered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from . import bureautique, classeur, paquet, parquet, texte
from .jeu import Jeu

VITE: Final = 1_000_000
"""Most cells of a file that is written at some microseconds a cell."""
LENT: Final = 60_000
"""The same, at some fifty microseconds a cell: three seconds."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its address, its words, how it is written."""

    code: str
    titre: str
    pour: str
    extension: str
    type: str
    ecrire: Callable[[Jeu], bytes]
    lectures: int = 1
    """How many times it reads the rows: what its progress is counted on."""
    cellules_max: int = VITE
    """Most cells that are written while somebody waits."""

    def fichier(self, nom: str, *, fictif: bool) -> str:
        """Return the file's name; what is fictitious says so before anything else."""
        return f"{'fictif-' if fictif else ''}{nom}{self.extension}"

    def est_long(self, cellules: int) -> bool:
        """Return whether writing so many cells is too long to be waited for."""
        return cellules > self.cellules_max


FORMATS: Final = (
    Format(
        "ods",
        "Classeur ODS",
        "LibreOffice et les autres tableurs\u00a0: données, dictionnaire, modalités, méthode.",
        ".ods",
        "application/vnd.oasis.opendocument.spreadsheet",
        classeur.ods,
        cellules_max=LENT,
    ),
    Format(
        "xlsx",
        "Classeur XLSX",
        "Excel\u00a0: les mêmes quatre feuilles.",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bureautique.xlsx,
        cellules_max=LENT,
    ),
    Format(
        "tableur",
        "CSV «\u00a0tableur\u00a0»",
        "S’ouvre d’un double-clic dans un tableur en français.",
        "-tableur.csv",
        "text/csv; charset=utf-8",
        texte.csv_tableur,
    ),
    Format(
        "donnees-ouvertes",
        "CSV «\u00a0données ouvertes\u00a0»",
        "Pour un portail de données ou un programme.",
        "-donnees-ouvertes.csv",
        "text/csv; charset=utf-8",
        texte.csv_ouvert,
    ),
    Format(
        "spss",
        "SPSS",
        "Un logiciel de statistiques\u00a0: les colonnes et le statut y ont leur nom.",
        ".sav",
        "application/x-spss-sav",
        bureautique.spss,
        cellules_max=LENT,
    ),
    Format(
        "parquet",
        "Parquet",
        "R, Python, DuckDB\u00a0: des colonnes typées, lues très vite.",
        ".parquet",
        "application/vnd.apache.parquet",
        parquet.parquet,
    ),
    Format(
        "json",
        "JSON",
        "Les mêmes chiffres, pour un programme informatique.",
        ".json",
        "application/json",
        paquet.en_json,
    ),
    Format(
        "schema",
        "Schéma (Table Schema)",
        "Décrit le fichier «\u00a0données ouvertes\u00a0».",
        "-schema.json",
        "application/json",
        paquet.schema,
    ),
    Format(
        "paquet",
        "Tout, dans un paquet de données (Frictionless)",
        "Les deux CSV, le Parquet, le JSON, le schéma et la méthode, dans une archive.",
        ".zip",
        "application/zip",
        paquet.paquet,
        lectures=3,
        cellules_max=LENT,
    ),
)
PAR_CODE: Final = {format_.code: format_ for format_ in FORMATS}
