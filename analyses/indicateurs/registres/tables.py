"""What a formula may count: each register, with what is deduced from it, and the territoires."""

from typing import Final

from analyses.indicateurs import unites as u

from .donnees import REGISTRES
from .schema import Colonne, Nature, Table

_DEDUITES: Final[dict[str, tuple[Colonne, ...]]] = {
    "acteurs": (
        Colonne("recense", "figure au registre", Nature.OUI_NON),
        Colonne("rencontre", "a été rencontré", Nature.OUI_NON),
        Colonne(
            "participe",
            "a une date de participation, prend part à l’animation ou à au moins une action",
            Nature.OUI_NON,
        ),
    ),
    "actions": (
        Colonne("nb_acteurs", "nombre d’acteurs de l’action", Nature.ENTIER, unite=u.Acteur),
    ),
    "instances": (Colonne("sieges", "tous les sièges", Nature.ENTIER, unite=u.Siege),),
    "reunions": (
        Colonne("nb_soutiens", "nombre de soutiens proposés", Nature.ENTIER),
        Colonne(
            "sieges_personnes",
            "sièges des personnes concernées dans l’instance réunie",
            Nature.ENTIER,
            unite=u.Presence,
        ),
        Colonne(
            "sieges_personnes_occupes",
            "de ces sièges, ceux qui étaient occupés",
            Nature.ENTIER,
            unite=u.Presence,
        ),
    ),
    "implications": (
        Colonne("niveau_prouve", "niveau, ou 0 quand il n’y a pas de preuve", Nature.ENTIER),
    ),
    "propositions": (
        Colonne("delai", "jours entre la proposition et la réponse", Nature.ENTIER, unite=u.Jour),
    ),
    "effectifs": (Colonne("dernier", "le plus récent du territoire", Nature.OUI_NON),),
    "ambassadeurs": (Colonne("dernier", "le plus récent du territoire", Nature.OUI_NON),),
}

_REPONSES: Final = (
    Colonne("questionnaire", "code du questionnaire", Nature.TEXTE),
    Colonne("question", "code de la question", Nature.TEXTE),
    Colonne("code", "code de la réponse", Nature.TEXTE),
    Colonne("exprimee", "ni refus, ni silence", Nature.OUI_NON),
)
_ENQUETES: Final = (
    Colonne("close", "la collecte est close", Nature.OUI_NON),
    Colonne("delai_retour", "jours entre la clôture et le retour", Nature.ENTIER, unite=u.Jour),
)


def _table(nom: str) -> Table:
    r = REGISTRES[nom]
    colonnes = (*r.colonnes, *_DEDUITES.get(nom, ()))
    liens = frozenset({"actions"}) if nom == "acteurs" else frozenset()
    return Table(nom, r.unite, {k.nom: k for k in colonnes}, liens, r.personnes, r.aide)


TABLES: Final[dict[str, Table]] = {nom: _table(nom) for nom in REGISTRES} | {
    "territoires": Table(
        "territoires",
        u.Territoire,
        {},
        frozenset(REGISTRES) | {"enquetes"},
        aide="Les territoires du programme.",
    ),
    "enquetes": Table("enquetes", u.Enquete, {k.nom: k for k in _ENQUETES}, aide="Les collectes."),
    "reponses": Table(
        "reponses",
        u.Personne,
        {k.nom: k for k in _REPONSES},
        personnes=True,
        aide="Les réponses des personnes, comptées par relevé\u00a0: des effectifs, jamais une ligne.",
    ),
}
