"""Four faces, each with its word: 1 is the saddest."""

from enquetes.parcours.definition import Nature

from .base import ChampChoix
from .textes import SOURIRES


class Sourire(ChampChoix):
    nature = Nature("sourire", choix="fixe", numerique=True)
    fixes = SOURIRES


CHAMP = Sourire()
