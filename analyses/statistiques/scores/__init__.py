"""Published scales: how answers make a score. Never their wording, which belongs to its owners."""

from .bareme import Bareme, Score, coter
from .registre import BAREMES
from .reperes import ReperesAtteints, reperes

__all__ = ["BAREMES", "Bareme", "ReperesAtteints", "Score", "coter", "reperes"]
