from .cliche import Empreinte
from .plan import PlanAnalyse
from .registre import Cellule, Population, Publication, Refus, Regroupement

__all__ = [
    "Cellule",
    "Empreinte",
    "PlanAnalyse",
    "Population",
    "Publication",
    "Refus",
    "Regroupement",
]
