from .collecte import Acces, Collecte, EtatCollecte, Releve, Unite
from .passation import EffacementPrevu, EtatPassation, Mode, Passation
from .questionnaire import Questionnaire, VersionQuestionnaire

__all__ = [
    "Acces",
    "Collecte",
    "EffacementPrevu",
    "EtatCollecte",
    "EtatPassation",
    "Mode",
    "Passation",
    "Questionnaire",
    "Releve",
    "Unite",
    "VersionQuestionnaire",
]
