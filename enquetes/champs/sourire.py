"""Four faces, each with its word: 1 is the saddest."""

from enquetes.parcours.definition import Nature

from .base import ChampChoix, codes_de
from .textes import SOURIRES


class Sourire(ChampChoix):
    nature = Nature("sourire", choix="fixe", codes=codes_de(SOURIRES), numerique=True)
    fixes = SOURIRES


CHAMP = Sourire()
