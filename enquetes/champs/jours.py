"""Days of the last week, 0 to 7."""

from enquetes.parcours.definition import Nature

from .base import ChampChoix
from .textes import JOURS


class Jours(ChampChoix):
    nature = Nature("jours", choix="fixe", numerique=True)
    fixes = JOURS


CHAMP = Jours()
