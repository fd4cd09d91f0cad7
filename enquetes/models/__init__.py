from .collecte import Acces, Collecte, EtatCollecte, Releve, Unite
from .passation import EtatPassation, Mode, Passation
from .questionnaire import Questionnaire, VersionQuestionnaire

__all__ = [
    "Acces",
    "Collecte",
    "EtatCollecte",
    "EtatPassation",
    "Mode",
    "Passation",
    "Questionnaire",
    "Releve",
    "Unite",
    "VersionQuestionnaire",
]
