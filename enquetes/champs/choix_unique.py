"""One answer among those that the author wrote."""

from enquetes.parcours.definition import Nature

from .base import ChampChoix


class ChoixUnique(ChampChoix):
    nature = Nature("choix_unique", choix="auteur")


CHAMP = ChoixUnique()
