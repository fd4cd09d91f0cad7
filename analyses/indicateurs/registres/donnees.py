"""The registers, as data (domaine §1.1 and §3). Their order is that of the pages."""

from typing import Final

from analyses.indicateurs import unites as u

from . import choix as c
from .regles import acteur_coherent, annee_plausible, au_plus, jalon_prouve, pas_avant, va_avec
from .schema import Colonne, Nature, Registre

_NOM_STRUCTURE = "Le nom de la structure, jamais celui d’une personne."

ACTEURS: Final = Registre(
    nom="acteurs",
    titre="Acteurs",
    une_ligne="un acteur",
    aide="Les structures du territoire\u00a0: recensées, rencontrées, participantes.",
    unite=u.Acteur,
    cle=("nom",),
    colonnes=(
        Colonne("nom", "Nom", Nature.TEXTE, obligatoire=True, aide=_NOM_STRUCTURE, exemple="Épicerie du Marché", maximum=150),
        Colonne("type", "Type", Nature.CHOIX, obligatoire=True, choix=c.TYPES_ACTEUR, exemple="epicerie"),
        Colonne("antenne", "Antenne locale d’un réseau national", Nature.OUI_NON, aide="Par exemple une antenne de banque alimentaire.", exemple="non"),
        Colonne("recense_le", "Recensé le", Nature.DATE, exemple="2023-02-01"),
        Colonne("rencontre_le", "Rencontré le", Nature.DATE, exemple="2023-03-15"),
        Colonne("participe_le", "Participe depuis le", Nature.DATE, exemple="2023-05-10"),
        Colonne("anime", "Prend part à l’animation", Nature.OUI_NON, exemple="non"),
        Colonne("raison", "Pourquoi il ne participe pas", Nature.CHOIX, choix=c.RAISONS),
        Colonne("raison_autre", "Quelle autre raison", Nature.TEXTE, maximum=200),
    ),
    regles=(
        acteur_coherent,
        va_avec("raison", "raison_autre", "Dites quelle autre raison.", "autre"),
        va_avec("raison", "rencontre_le", "Une raison se dit lors d’une rencontre\u00a0: écrivez-en le jour."),
        pas_avant("rencontre_le", "recense_le", "La rencontre vient avant le recensement."),
        pas_avant("participe_le", "rencontre_le", "La participation vient avant la rencontre."),
    ),
)  # fmt: skip

ACTIONS: Final = Registre(
    nom="actions",
    titre="Actions",
    une_ligne="une action",
    aide="Ce que le réseau fait, avec qui, pour quel objectif.",
    unite=u.Action,
    cle=("intitule",),
    colonnes=(
        Colonne("intitule", "Intitulé", Nature.TEXTE, obligatoire=True, exemple="Paniers de légumes du jeudi", maximum=200),
        Colonne("objectif", "Objectif", Nature.CHOIX, obligatoire=True, choix=c.OBJECTIFS, exemple="approvisionnement"),
        Colonne("nouvelle", "Action nouvelle", Nature.OUI_NON, aide="Elle n’existait pas avant le projet.", exemple="oui"),
        Colonne("commencee_le", "Commencée le", Nature.DATE, obligatoire=True, exemple="2023-06-01"),
        Colonne("finie_le", "Finie le", Nature.DATE, a_venir=True),
        Colonne("acteurs", "Acteurs", Nature.LIENS, cible="acteurs", aide="Noms du registre des acteurs.", exemple="Épicerie du Marché"),
    ),
    regles=(pas_avant("finie_le", "commencee_le", "La fin vient avant le début."),),
)  # fmt: skip

INSTANCES: Final = Registre(
    nom="instances",
    titre="Instances",
    une_ligne="une instance",
    aide="Les comités, avec leurs sièges par collège.",
    unite=u.Instance,
    cle=("nom",),
    colonnes=(
        Colonne("nom", "Nom", Nature.TEXTE, obligatoire=True, exemple="Comité de pilotage", maximum=150),
        Colonne("type", "Type", Nature.CHOIX, obligatoire=True, choix=c.TYPES_INSTANCE, exemple="comite_pilotage"),
        Colonne("creee_le", "Créée le", Nature.DATE, exemple="2023-03-01"),
        *(
            Colonne(f"sieges_{code}", f"Sièges\u00a0: {libelle}", Nature.ENTIER, unite=u.Siege, exemple="3", maximum=200)
            for code, libelle in c.COLLEGES
        ),
    ),
)  # fmt: skip

REUNIONS: Final = Registre(
    nom="reunions",
    titre="Réunions",
    une_ligne="une réunion",
    aide="Qui était là, par collège, et ce qui a été proposé pour pouvoir venir.",
    unite=u.Reunion,
    cle=("le", "intitule"),
    colonnes=(
        Colonne("le", "Tenue le", Nature.DATE, obligatoire=True, exemple="2023-04-12"),
        Colonne("intitule", "Intitulé", Nature.TEXTE, obligatoire=True, exemple="Comité de pilotage no 1", maximum=150),
        Colonne("instance", "Instance", Nature.LIEN, cible="instances", exemple="Comité de pilotage"),
        Colonne("moment", "Moment du projet", Nature.CHOIX, choix=c.MOMENTS, exemple="diagnostic"),
        *(
            Colonne(f"presents_{code}", f"Présents\u00a0: {libelle}", Nature.ENTIER, unite=u.Presence, exemple="2", maximum=2000)
            for code, libelle in c.COLLEGES
        ),
        Colonne("soutiens", "Proposé pour pouvoir venir", Nature.LISTE, choix=c.SOUTIENS, exemple="transport|repas"),
    ),
)  # fmt: skip

IMPLICATIONS: Final = Registre(
    nom="implications",
    titre="Implication des personnes",
    une_ligne="une implication",
    aide="À quel moment, jusqu’à quel niveau, avec quelle preuve datée. Sans preuve, le niveau ne compte pas.",
    unite=u.Moment,
    cle=("moment", "le"),
    colonnes=(
        Colonne("moment", "Moment du projet", Nature.CHOIX, obligatoire=True, choix=c.MOMENTS, exemple="diagnostic"),
        Colonne("le", "Le", Nature.DATE, obligatoire=True, exemple="2023-05-20"),
        Colonne("niveau", "Niveau", Nature.CHOIX, obligatoire=True, choix=c.NIVEAUX, exemple="2"),
        Colonne("preuve", "Preuve", Nature.TEXTE, aide="Le nom du document\u00a0: compte rendu, affiche, questionnaire.", exemple="Compte rendu du 20 mai", maximum=200),
    ),
)  # fmt: skip

PROPOSITIONS: Final = Registre(
    nom="propositions",
    titre="Propositions",
    une_ligne="une proposition",
    aide="Ce que les personnes concernées ont demandé, et la réponse qui leur est faite.",
    unite=u.Proposition,
    cle=("reference",),
    colonnes=(
        Colonne("reference", "Référence", Nature.TEXTE, obligatoire=True, aide="Un numéro court, pour la retrouver.", exemple="P-01", maximum=32),
        Colonne("recue_le", "Reçue le", Nature.DATE, obligatoire=True, exemple="2023-06-15"),
        Colonne("texte", "Proposition", Nature.TEXTE, obligatoire=True, aide="Sans nom de personne.", exemple="Ouvrir aussi le soir", maximum=500),
        Colonne("repondue_le", "Réponse donnée le", Nature.DATE, exemple="2023-07-20"),
        Colonne("decision", "Décision", Nature.CHOIX, choix=c.DECISIONS, exemple="adoptee"),
        Colonne("suite", "Réponse", Nature.TEXTE, exemple="Ouvert le jeudi jusqu’à 19 h", maximum=500),
    ),
    regles=(
        va_avec("decision", "repondue_le", "Écrivez le jour où la réponse a été donnée."),
        va_avec("repondue_le", "decision", "Choisissez la décision qui a été donnée."),
        pas_avant("repondue_le", "recue_le", "La réponse vient avant la proposition."),
    ),
)  # fmt: skip

JALONS: Final = Registre(
    nom="jalons",
    titre="Jalons",
    une_ligne="un jalon",
    aide="Oui ou non, avec le document qui le montre.",
    unite=u.Jalon,
    cle=("type",),
    colonnes=(
        Colonne("type", "Jalon", Nature.CHOIX, obligatoire=True, choix=c.JALONS, exemple="formalisation"),
        Colonne("atteint", "Atteint", Nature.OUI_NON, obligatoire=True, exemple="oui"),
        Colonne("le", "Le", Nature.DATE, exemple="2023-10-03"),
        Colonne("preuve", "Document", Nature.TEXTE, aide="Son nom, ou l’adresse où le lire.", exemple="Charte du réseau", maximum=200),
        Colonne("texte", "En une phrase", Nature.TEXTE, maximum=500),
    ),
    regles=(jalon_prouve,),
)  # fmt: skip

EFFECTIFS: Final = Registre(
    nom="effectifs",
    titre="Personnes accompagnées",
    une_ligne="un effectif",
    aide="Combien de personnes accompagnées, et combien ont pris part. Des nombres, jamais de noms.",
    unite=u.Personne,
    cle=("du",),
    personnes=True,
    colonnes=(
        Colonne("du", "Du", Nature.DATE, obligatoire=True, exemple="2024-01-01"),
        Colonne("au", "Au", Nature.DATE, obligatoire=True, exemple="2024-12-31", a_venir=True),
        Colonne("accompagnees", "Personnes accompagnées", Nature.ENTIER, obligatoire=True, unite=u.Personne, exemple="600", maximum=1_000_000),
        Colonne("engagees", "Personnes différentes qui ont pris part", Nature.ENTIER, unite=u.Personne, exemple="120", maximum=1_000_000),
        Colonne("regulieres", "Dont venues 3 fois ou plus", Nature.ENTIER, unite=u.Personne, exemple="45", maximum=1_000_000),
        Colonne("origine", "D’où vient ce nombre", Nature.TEXTE, obligatoire=True, exemple="Logiciel de la structure", maximum=200),
    ),
    regles=(
        pas_avant("au", "du", "La fin vient avant le début."),
        au_plus("engagees", "accompagnees", "Plus de personnes engagées que de personnes accompagnées"),
        au_plus("regulieres", "engagees", "Plus de personnes régulières que de personnes engagées"),
        va_avec("regulieres", "engagees", "Écrivez combien de personnes ont pris part."),
    ),
)  # fmt: skip

AMBASSADEURS: Final = Registre(
    nom="ambassadeurs",
    titre="Ambassadeurs",
    une_ligne="un compte d’ambassadeurs",
    aide="Combien sont recrutés, formés, actifs. Des nombres, jamais de noms.",
    unite=u.Personne,
    cle=("arrete_le",),
    personnes=True,
    colonnes=(
        Colonne("arrete_le", "Compté le", Nature.DATE, obligatoire=True, exemple="2024-06-30"),
        Colonne("recrutes", "Recrutés", Nature.ENTIER, obligatoire=True, unite=u.Personne, exemple="8", maximum=10_000),
        Colonne("formes", "Formés", Nature.ENTIER, obligatoire=True, unite=u.Personne, exemple="6", maximum=10_000),
        Colonne("actifs", "Actifs ces 6 derniers mois", Nature.ENTIER, obligatoire=True, unite=u.Personne, exemple="4", maximum=10_000),
        Colonne("evenements", "Événements organisés", Nature.ENTIER, unite=u.Action, exemple="3", maximum=10_000),
    ),
    regles=(
        au_plus("formes", "recrutes", "Plus de personnes formées que de personnes recrutées"),
        au_plus("actifs", "formes", "Plus de personnes actives que de personnes formées"),
    ),
)  # fmt: skip

PRESENCES: Final = Registre(
    nom="presences",
    titre="Présence aux temps collectifs",
    une_ligne="une présence",
    aide="Pour chaque temps collectif du programme, si le territoire y était.",
    unite=u.Presence,
    cle=("numero",),
    du_programme=True,
    colonnes=(
        Colonne("numero", "Temps collectif no", Nature.ENTIER, obligatoire=True, exemple="1", maximum=200),
        Colonne("tenu_le", "Tenu le", Nature.DATE, obligatoire=True, exemple="2023-01-19"),
        Colonne("present", "Présent", Nature.OUI_NON, obligatoire=True, aide="Oui dès qu’une personne du territoire était là.", exemple="oui"),
        Colonne("poste_pourvu", "Poste de chargé de mission pourvu ce jour-là", Nature.OUI_NON, exemple="oui"),
    ),
)  # fmt: skip

RETOURS: Final = Registre(
    nom="retours",
    titre="Retours après les temps collectifs",
    une_ligne="un retour",
    aide="Une ligne par questionnaire rendu au nom du territoire, sans nom de personne.",
    unite=u.Reponse,
    cle=("numero", "repondant"),
    du_programme=True,
    colonnes=(
        Colonne("numero", "Temps collectif no", Nature.ENTIER, obligatoire=True, exemple="1", maximum=200),
        Colonne("repondant", "Questionnaire no", Nature.ENTIER, obligatoire=True, aide="1 pour le premier rendu, 2 pour le suivant.", exemple="1", maximum=200),
        Colonne("appris", "A appris quelque chose", Nature.OUI_NON, exemple="oui"),
        Colonne("mise_en_oeuvre", "A mis en œuvre", Nature.CHOIX, choix=c.MISES_EN_OEUVRE, exemple="en_partie"),
    ),
)  # fmt: skip

CONTEXTE: Final = Registre(
    nom="contexte",
    titre="Contexte",
    une_ligne="un repère",
    aide="Des chiffres lus ailleurs\u00a0: pauvreté, chômage, revenus. Jamais sans année ni source.",
    unite=u.Repere,
    cle=("intitule", "annee"),
    colonnes=(
        Colonne("intitule", "Repère", Nature.TEXTE, obligatoire=True, exemple="Taux de pauvreté", maximum=150),
        Colonne("valeur", "Valeur", Nature.TEXTE, obligatoire=True, aide="Comme elle est écrite, avec son unité.", exemple="17,2 %", maximum=30),
        Colonne("annee", "Année", Nature.ENTIER, obligatoire=True, aide="L’année du chiffre, pas celle du document.", exemple="2021", maximum=2100),
        Colonne("perimetre", "De quel endroit", Nature.TEXTE, obligatoire=True, aide="Le périmètre exact\u00a0: commune, EPCI, département, région.", exemple="Région Hauts-de-France", maximum=150),
        Colonne("origine", "Source", Nature.TEXTE, obligatoire=True, exemple="Insee, Filosofi", maximum=200),
    ),
    regles=(annee_plausible,),
)  # fmt: skip

REGISTRES: Final[dict[str, Registre]] = {
    r.nom: r
    for r in (
        ACTEURS,
        ACTIONS,
        INSTANCES,
        REUNIONS,
        IMPLICATIONS,
        PROPOSITIONS,
        JALONS,
        EFFECTIFS,
        AMBASSADEURS,
        PRESENCES,
        RETOURS,
        CONTEXTE,
    )
}


def registre(nom: str) -> Registre:
    """Return the register of that name; ``KeyError`` when there is none."""
    return REGISTRES[nom]
