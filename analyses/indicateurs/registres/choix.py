"""The closed lists of the registers, each with its source."""

from typing import Final

Choix = tuple[tuple[str, str], ...]

TYPES_ACTEUR: Final[Choix] = (
    ("association", "association locale"),
    ("epicerie", "épicerie sociale ou solidaire"),
    ("reseau", "tête de réseau national ou son antenne"),
    ("ccas", "CCAS ou CIAS"),
    ("centre_social", "centre social"),
    ("collectivite", "collectivité"),
    ("producteur", "producteur ou distributeur"),
    ("insertion", "structure d’insertion"),
    ("sante", "acteur de santé"),
    ("autre", "autre"),
)
RAISONS: Final[Choix] = (
    ("contraintes_internes", "contraintes internes"),
    ("objectifs_divergents", "objectifs différents"),
    ("manque_moyens", "manque de moyens"),
    ("manque_temps", "manque de temps des bénévoles"),
    ("manque_competences", "manque de compétences"),
    ("pas_legitime", "ne se sent pas légitime"),
    ("concurrence", "concurrence entre structures"),
    ("autorite_publique", "désaccord avec l’autorité publique"),
    ("decision_reseau", "décision du réseau national"),
    ("changement_equipe", "changement dans l’équipe"),
    ("autre", "autre raison"),
)
"""Sources: bilan 001:325-331 and 004:402-428, then « autre »."""
OBJECTIFS: Final[Choix] = (
    ("approvisionnement", "produits sains, durables et de proximité pour l’aide alimentaire"),
    ("savoir_faire", "information et savoir-faire en nutrition et en cuisine"),
    ("participation", "démarches participatives et volontaires"),
    ("ancrage_pat", "lutte contre la précarité alimentaire dans le PAT"),
    ("autre", "autre objectif"),
)
"""The four operational goals of the AMI (001:207-210), then « autre »."""
MOMENTS: Final[Choix] = (
    ("diagnostic", "diagnostic"),
    ("reunion", "réunion"),
    ("conception", "conception des actions"),
    ("animation", "animation des actions"),
    ("bilan", "bilan"),
)
"""The four of I8 (001:299), and « bilan », an addition of Voix that I8 does not count."""
NIVEAUX: Final[Choix] = (
    ("0", "pas associés"),
    ("1", "informés"),
    ("2", "consultés"),
    ("3", "avis discutés, réponse donnée"),
    ("4", "construits ensemble"),
    ("5", "décident ou portent"),
)
"""The scale of Voix (domaine §3.1)."""
TYPES_INSTANCE: Final[Choix] = (
    ("comite_pilotage", "comité de pilotage"),
    ("comite_usagers", "comité d’usagers"),
    ("groupe_travail", "groupe de travail"),
    ("autre", "autre"),
)
COLLEGES: Final[Choix] = (
    ("elus", "élus"),
    ("techniciens", "techniciens et services"),
    ("associations", "associations"),
    ("personnes", "personnes concernées"),
)
"""Mixed steering committee: 002:45 and 003:824."""
SOUTIENS: Final[Choix] = (
    ("transport", "transport"),
    ("garde", "garde d’enfants"),
    ("horaire", "horaire choisi avec les personnes"),
    ("defraiement", "défraiement"),
    ("traduction", "traduction ou FALC"),
    ("repas", "repas"),
)
"""The six supports of P17."""
DECISIONS: Final[Choix] = (
    ("adoptee", "adoptée"),
    ("adoptee_en_partie", "adoptée en partie"),
    ("a_l_etude", "à l’étude"),
    ("refusee", "refusée"),
)
JALONS: Final[Choix] = (
    ("probleme", "problématique commune"),
    ("formalisation", "réseau formalisé (nom, charte, document)"),
    ("sortie_aide", "chemin de sortie de l’aide alimentaire"),
    ("continuation", "solution pour continuer"),
)
"""I9, I10, I12 and I13."""
MISES_EN_OEUVRE: Final[Choix] = (("oui", "oui"), ("en_partie", "en partie"), ("non", "non"))
