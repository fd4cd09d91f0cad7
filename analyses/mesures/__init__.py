"""Indicators of the territoires that are in the database: registers and answers, counted, protected.

``lignes`` (registers as plain rows) and ``reponses`` (displayed tables as plain rows) → ``calcul``
(pure, in ``indicateurs``) → ``protection`` (figures about persons) → ``Mesure``.
"""

from .calcul import Perimetre, mesurer_tout, perimetre_du_programme, perimetre_du_territoire

__all__ = ["Perimetre", "mesurer_tout", "perimetre_du_programme", "perimetre_du_territoire"]
