from .collecte import Acces, Collecte, EtatCollecte, Releve, Unite
from .passation import EffacementPrevu, EtatPassation, Mode, Passation
from .questionnaire import Questionnaire, VersionQuestionnaire
from .rapport import Moment, Rapport
from .seance import EtatSeance, GenreSeance, Seance

__all__ = [
    "Acces",
    "Collecte",
    "EffacementPrevu",
    "EtatCollecte",
    "EtatPassation",
    "EtatSeance",
    "GenreSeance",
    "Mode",
    "Moment",
    "Passation",
    "Questionnaire",
    "Rapport",
    "Releve",
    "Seance",
    "Unite",
    "VersionQuestionnaire",
]
