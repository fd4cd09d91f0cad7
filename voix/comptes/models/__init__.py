from .compte import Compte
from .habilitation import Habilitation
from .jeton import DEBUT, DROITS_DES_PORTEES, JetonPersonnel, Portee
from .structure import Structure, TypeStructure
from .territoire import Niveau, Territoire
from .trace import Trace

__all__ = [
    "DEBUT",
    "DROITS_DES_PORTEES",
    "Compte",
    "Habilitation",
    "JetonPersonnel",
    "Niveau",
    "Portee",
    "Structure",
    "Territoire",
    "Trace",
    "TypeStructure",
]
