"""What territoires write down, told once: columns of a file, fields of a form, words of a formula."""

from .donnees import REGISTRES, registre
from .schema import Colonne, Nature, Registre, Table
from .tables import TABLES

__all__ = ["REGISTRES", "TABLES", "Colonne", "Nature", "Registre", "Table", "registre"]
