"""Yes, no, don’t know, not concerned."""

from enquetes.parcours.definition import Nature

from .base import ChampChoix
from .textes import OUI_NON


class OuiNon(ChampChoix):
    nature = Nature("oui_non", choix="fixe", numerique=False)
    fixes = OUI_NON


CHAMP = OuiNon()
