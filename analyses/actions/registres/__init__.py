"""Write in the registers: one row, or a whole file."""

from .bilans import ecrire_bilan
from .compositions import Ecrite, ecrire_composition, retirer_composition
from .defauts import defauts_groupes
from .importation import Bilan, ImportRefuse, importer_registre
from .lignes import enregistrer_ligne, retirer_ligne
from .programmes import ajouter_mesure, creer_programme, definir_indicateur, retirer_indicateur

__all__ = [
    "Bilan",
    "Ecrite",
    "ImportRefuse",
    "ajouter_mesure",
    "creer_programme",
    "defauts_groupes",
    "definir_indicateur",
    "ecrire_bilan",
    "ecrire_composition",
    "enregistrer_ligne",
    "importer_registre",
    "retirer_composition",
    "retirer_indicateur",
    "retirer_ligne",
]
