"""How sure one feels, 1 to 5."""

from enquetes.parcours.definition import Nature

from .base import ChampChoix, codes_de
from .textes import CONFIANCES


class Confiance(ChampChoix):
    nature = Nature("confiance", choix="fixe", codes=codes_de(CONFIANCES), numerique=True)
    fixes = CONFIANCES


CHAMP = Confiance()
