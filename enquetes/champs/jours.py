"""Days of the last week, 0 to 7."""

from enquetes.parcours.definition import Nature

from .base import ChampChoix, codes_de
from .textes import JOURS


class Jours(ChampChoix):
    nature = Nature("jours", choix="fixe", codes=codes_de(JOURS), numerique=True)
    fixes = JOURS


CHAMP = Jours()
