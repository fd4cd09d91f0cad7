"""Scores that a follow-up can be judged on: a published scale asked in full, the benchmarks of ALIM.

What a score is made of is known here; how it is counted is the affair of ``analyses`` (ADR 0090).
"""

from dataclasses import dataclass
from typing import Final

from enquetes.parcours.definition import Definition

from .echelles import Gabarit, echelle_de
from .mot_pour_mot import fournies, posee

MARQUE: Final = "@"
"""Before the code of a score, where the codes of questions are written: no question has it."""
ECHELLE: Final = "echelle"
REPERES: Final = "reperes"
PLUS_C_EST_MIEUX: Final = frozenset({"who5", "hdds", "fcs"})
"""Scales whose score goes up when things get better; the others count difficulties."""
ENTREE_SEULEMENT: Final = frozenset({"epices"})
"""Asked at entrée to know who comes, never a measure of change (domaine §2.1)."""


@dataclass(frozen=True, slots=True)
class Score:
    """A score that two waves allow."""

    code: str
    libelle: str
    baisse: bool
    """Whether less is better: the scale says so, nobody chooses."""
    lues: tuple[str, ...]
    """Codes of the questions it is made of."""

    @property
    def marque(self) -> str:
        """Return how it is written where the codes of questions are."""
        return MARQUE + self.code


def scores_possibles(entree: Definition, apres: Definition) -> list[Score]:
    """Return the scores that both questionnaires allow, if any."""
    echelle = echelle_de(entree)
    if echelle is not None and echelle == echelle_de(apres):
        return [] if echelle.code in ENTREE_SEULEMENT else [_echelle(echelle)]
    if demande_alim(entree) and demande_alim(apres):
        libelle = "Repères alimentaires atteints, parmi ceux que les réponses permettent de lire"
        lues = tuple(sorted(code for code, _, _ in fournies("alim")))
        return [Score(REPERES, libelle, baisse=False, lues=lues)]
    return []


def _echelle(gabarit: Gabarit) -> Score:
    posees = tuple(question.code for question in gabarit.questions)
    lues = (*posees, *(f"{code}_f" for code in posees if gabarit.reponse == "frequence"))
    baisse = gabarit.code not in PLUS_C_EST_MIEUX
    return Score(ECHELLE, f"Score {gabarit.nom}", baisse=baisse, lues=lues)


def demande_alim(definition: Definition) -> bool:
    """Return whether the questions of ALIM are asked word for word: their codes prove nothing."""
    return fournies("alim") <= {posee(question) for question in definition.questions()}
