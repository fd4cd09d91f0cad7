from .compte import Compte
from .habilitation import Habilitation
from .structure import Structure, TypeStructure
from .territoire import Niveau, Territoire
from .trace import Trace

__all__ = ["Compte", "Habilitation", "Niveau", "Structure", "Territoire", "Trace", "TypeStructure"]
