from .boite import Appareil, Enveloppe, EtatEnveloppe, Motif
from .collecte import Acces, Collecte, EtatCollecte, Releve, Unite
from .main_levee import MainLevee
from .passation import EffacementPrevu, EtatPassation, Mode, Passation
from .questionnaire import Questionnaire, VersionQuestionnaire
from .rapport import Moment, Rapport
from .seance import EtatSeance, GenreSeance, Seance

__all__ = [
    "Acces",
    "Appareil",
    "Collecte",
    "EffacementPrevu",
    "Enveloppe",
    "EtatCollecte",
    "EtatEnveloppe",
    "EtatPassation",
    "EtatSeance",
    "GenreSeance",
    "MainLevee",
    "Mode",
    "Moment",
    "Motif",
    "Passation",
    "Questionnaire",
    "Rapport",
    "Releve",
    "Seance",
    "Unite",
    "VersionQuestionnaire",
]
