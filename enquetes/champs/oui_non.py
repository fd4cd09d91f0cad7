"""Yes, no, don’t know, not concerned."""

from enquetes.parcours.definition import Nature

from .base import ChampChoix, codes_de
from .textes import OUI_NON


class OuiNon(ChampChoix):
    nature = Nature("oui_non", choix="fixe", codes=codes_de(OUI_NON))
    fixes = OUI_NON


CHAMP = OuiNon()
