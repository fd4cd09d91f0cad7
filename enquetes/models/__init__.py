from .abus import Ecart, Feuille, Signe
from .boite import Appareil, Enveloppe, EtatEnveloppe, Motif
from .collecte import Acces, Collecte, Entree, EtatCollecte, Unite
from .effacement import CodeEfface
from .feuille import FeuilleSaisie
from .main_levee import MainLevee
from .passation import EffacementPrevu, EtatPassation, Mode, Passation
from .questionnaire import Questionnaire, VersionQuestionnaire
from .rapport import Accord, GenreLieu, Moment, Rapport
from .releve import Releve
from .seance import EtatSeance, GenreSeance, Seance
from .suivi import Carte, Cohorte, Critere, EtatCarte, Rang, Sens, Vague
from .tour import TourPartage

__all__ = [
    "Acces",
    "Accord",
    "Appareil",
    "Carte",
    "CodeEfface",
    "Cohorte",
    "Collecte",
    "Critere",
    "Ecart",
    "EffacementPrevu",
    "Entree",
    "Enveloppe",
    "EtatCarte",
    "EtatCollecte",
    "EtatEnveloppe",
    "EtatPassation",
    "EtatSeance",
    "Feuille",
    "FeuilleSaisie",
    "GenreLieu",
    "GenreSeance",
    "MainLevee",
    "Mode",
    "Moment",
    "Motif",
    "Passation",
    "Questionnaire",
    "Rang",
    "Rapport",
    "Releve",
    "Seance",
    "Sens",
    "Signe",
    "TourPartage",
    "Unite",
    "Vague",
    "VersionQuestionnaire",
]
