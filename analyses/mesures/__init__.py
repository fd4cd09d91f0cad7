"""Indicators of the territoires that are in the database: registers and answers, counted, protected.

``lignes`` (registers as plain rows) and ``reponses`` (displayed tables as plain rows) → ``calcul``
(pure, in ``indicateurs``) → ``protection`` (figures about persons) → ``Mesure``.
"""

from .calcul import mesurer_tout
from .contexte import Repere, reperes_de
from .dire import MesureDite, par_groupe
from .entendus import Entendu, entendus
from .evolution import Evolution, evolutions
from .implication import LigneDeMoment, niveaux_par_moment
from .perimetre import Perimetre, perimetre_du_programme, perimetre_du_territoire

__all__ = [
    "Entendu",
    "Evolution",
    "LigneDeMoment",
    "MesureDite",
    "Perimetre",
    "Repere",
    "entendus",
    "evolutions",
    "mesurer_tout",
    "niveaux_par_moment",
    "par_groupe",
    "perimetre_du_programme",
    "perimetre_du_territoire",
    "reperes_de",
]
