"""Times, 0 to « 4 ou plus »."""

from enquetes.parcours.definition import Nature

from .base import ChampChoix, codes_de
from .textes import FOIS


class Fois(ChampChoix):
    nature = Nature("fois", choix="fixe", codes=codes_de(FOIS), numerique=True)
    fixes = FOIS


CHAMP = Fois()
