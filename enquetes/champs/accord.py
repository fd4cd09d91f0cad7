"""How far one agrees, 1 to 4; no middle to hide in."""

from enquetes.parcours.definition import Nature

from .base import ChampChoix, codes_de
from .textes import ACCORDS


class Accord(ChampChoix):
    nature = Nature("accord", choix="fixe", codes=codes_de(ACCORDS), numerique=True)
    fixes = ACCORDS


CHAMP = Accord()
