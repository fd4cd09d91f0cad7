"""Indicators of the territoires that are in the database: registers and answers, counted, protected.

``lignes`` (registers as plain rows) and ``reponses`` (displayed tables as plain rows) → ``calcul``
(pure, in ``indicateurs``) → ``protection`` (figures about persons) → ``Mesure``.
"""

from .calcul import mesurer_tout
from .contexte import Repere, reperes_de
from .dire import MesureDite, par_groupe
from .diversite import Comparaison, Diversite, diversites
from .entendus import Entendu, entendus
from .evolution import Evolution, evolutions
from .implication import LigneDeMoment, niveaux_par_moment
from .parts import Part, Verdict
from .perimetre import Perimetre, perimetre_du_programme, perimetre_du_territoire

__all__ = [
    "Comparaison",
    "Diversite",
    "Entendu",
    "Evolution",
    "LigneDeMoment",
    "MesureDite",
    "Part",
    "Perimetre",
    "Repere",
    "Verdict",
    "diversites",
    "entendus",
    "evolutions",
    "mesurer_tout",
    "niveaux_par_moment",
    "par_groupe",
    "perimetre_du_programme",
    "perimetre_du_territoire",
    "reperes_de",
]
