"""The dumbbells say in words what they draw, of the same families."""

from typing import Any

from analyses.changements.lecture import Critere
from analyses.figures.halteres import halteres

JAMAIS_LU: Any = None
"""The table of an outcome is printed beside the drawing, and never read by it."""


def critere(repondu):
    return Critere(
        code="a3",
        libelle="Légumes secs",
        declaree=True,
        sens="hausse",
        orientee=True,
        mesure="",
        tableau=JAMAIS_LU,
        phrases=(),
        verdict="",
        mot="",
        nette=(7, 7, 0.1, 0.4),
        repondu=repondu,
    )


def test_the_words_are_of_those_who_answered_both_times():
    assert "7 familles sur 60, " in halteres((critere((60, 60)),), 60).texte
    texte = halteres((critere((30, 30)),), 60).texte
    assert "7 familles sur 30 qui ont répondu les deux fois" in texte
    assert "sur 60" not in texte
    assert "7 familles sur les 28 à 30 qui" in halteres((critere((28, 30)),), 60).texte
