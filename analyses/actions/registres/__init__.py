"""Write in the registers: one row, or a whole file."""

from .importation import Bilan, ImportRefuse, importer_registre
from .lignes import enregistrer_ligne, retirer_ligne
from .programmes import ajouter_mesure, creer_programme, definir_indicateur, retirer_indicateur

__all__ = [
    "Bilan",
    "ImportRefuse",
    "ajouter_mesure",
    "creer_programme",
    "definir_indicateur",
    "enregistrer_ligne",
    "importer_registre",
    "retirer_indicateur",
    "retirer_ligne",
]
