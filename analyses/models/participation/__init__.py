"""The registers of participation (ADR 0060): what territoires write down, besides answers."""

from .acteur import Acteur, Action
from .bilan import BLOCS, LONGUEUR_DE_BLOC, TexteDeBilan
from .collectif import PresenceCollective, RetourCollectif
from .composition import Composition, Tranche
from .contexte import Contexte
from .definition import IndicateurPropre, MesureSaisie
from .effectif import Ambassadeurs, Effectif
from .implication import Implication, Jalon, Proposition
from .instance import Instance, Reunion
from .programme import Programme
from .socle import LigneDeRegistre

MODELES: dict[str, type[LigneDeRegistre]] = {
    "acteurs": Acteur,
    "actions": Action,
    "instances": Instance,
    "reunions": Reunion,
    "implications": Implication,
    "propositions": Proposition,
    "jalons": Jalon,
    "effectifs": Effectif,
    "ambassadeurs": Ambassadeurs,
    "presences": PresenceCollective,
    "retours": RetourCollectif,
    "contexte": Contexte,
}
"""The model of each register, by its name in ``indicateurs.registres``."""

__all__ = [
    "BLOCS",
    "LONGUEUR_DE_BLOC",
    "MODELES",
    "Acteur",
    "Action",
    "Ambassadeurs",
    "Composition",
    "Contexte",
    "Effectif",
    "Implication",
    "IndicateurPropre",
    "Instance",
    "Jalon",
    "LigneDeRegistre",
    "MesureSaisie",
    "PresenceCollective",
    "Programme",
    "Proposition",
    "RetourCollectif",
    "Reunion",
    "TexteDeBilan",
    "Tranche",
]
