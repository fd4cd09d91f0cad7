"""Who opens each address of the project: a page that is not here fails ``test_matrice``."""

from typing import Any

from tests.retours import ADRESSES
from voix.comptes.roles import Role

COORDINATION = frozenset({Role.COORDINATION})
ANIMATION = frozenset({Role.COORDINATION, Role.AMBASSADEUR, Role.DIETETIQUE})
SUIVI = frozenset({Role.COORDINATION, Role.DIETETIQUE})
RESULTATS = frozenset({Role.COORDINATION, Role.EVALUATION, Role.REFERENT})
REGISTRES = frozenset({Role.COORDINATION, Role.EVALUATION})
REFERENT = frozenset({Role.REFERENT})
TOUS = frozenset(Role)
RELECTURE = TOUS - {Role.EVALUATION, Role.REFERENT}
PUBLIC, CONNECTE = "public", "connecté"

GENERALES: dict[str, Any] = {
    **dict.fromkeys(
        ["pages:accueil", "pages:aide", "pages:accessibilite", "pages:mentions"], PUBLIC
    ),
    **dict.fromkeys(
        ["pages:vie_privee", "pages:trouver_aide", "enquetes:effacer", "enquetes:lien_inconnu"],
        PUBLIC,
    ),
    **dict.fromkeys(
        ["enquetes:bienvenue", "enquetes:dates", "enquetes:merci", "enquetes:abandonner"], PUBLIC
    ),
    **dict.fromkeys(
        ["enquetes:etape", "enquetes:rejoindre", "enquetes:envois", "enquetes:heure"], PUBLIC
    ),
    **dict.fromkeys(
        [
            f"enquetes:{nom}"
            for nom in [
                "service_worker",
                "ressource",
                "hors_ligne_langue",
                "preparer_appareil",
                "hors_ligne",
                "relais",
                "mains_hors_ligne",
                "rapport_hors_ligne",
                "animation_hors_ligne",
                "feuille",
                "kiosque",
                "kiosque_question",
                "kiosque_merci",
                "kiosque_preparer",
                "kiosque_animation",
                "kiosque_inconnu",
            ]
        ],
        PUBLIC,
    ),
    "analyses:mur_de_la_salle": PUBLIC,
    "analyses:retour": PUBLIC,
    "analyses:retours": COORDINATION,
    "enquetes:carte": PUBLIC,
    "enquetes:carte_ouverte": PUBLIC,
    "analyses:changements": TOUS - {Role.AMBASSADEUR},
    **dict.fromkeys(["enquetes:cohortes", "enquetes:nouvelle_cohorte"], SUIVI),
    **dict.fromkeys(["comptes:espace", "comptes:jetons", "comptes:creer_jeton"], CONNECTE),
    **dict.fromkeys(
        ["comptes:adresses", "comptes:confirmer", "comptes:choisir_mot_de_passe"], CONNECTE
    ),
    **dict.fromkeys(["api:openapi-json", "api:inconnue"], PUBLIC),
    **dict.fromkeys(["api:accueil", "api:api-root"], CONNECTE),
    **dict.fromkeys(["pages:guides", "pages:guide", "pages:image_de_guide"], CONNECTE),
    **dict.fromkeys(["api:collectes", "api:publications"], RESULTATS),
    **dict.fromkeys(["api:definitions", "api:programmes", "api:territoires"], REGISTRES),
    **dict.fromkeys(["comptes:equipe", "comptes:inviter", "comptes:structure"], COORDINATION),
    **dict.fromkeys(["enquetes:questionnaires", "enquetes:ecrire_questionnaire"], COORDINATION),
    **dict.fromkeys(["enquetes:exemple_questionnaire"], COORDINATION),
    **dict.fromkeys(["enquetes:echelles", "enquetes:echelle"], COORDINATION),
    **dict.fromkeys(
        ["enquetes:importer_questionnaire", "enquetes:questionnaire", "enquetes:retirer_version"],
        COORDINATION,
    ),
    "enquetes:feuille_papier": COORDINATION,
    **dict.fromkeys(["enquetes:apercu_page", "enquetes:nouvelle_collecte"], COORDINATION),
    "enquetes:collectes": TOUS,
    "enquetes:quarantaine": COORDINATION,
    **dict.fromkeys(["enquetes:seances", "enquetes:nouvelle_seance"], ANIMATION),
    "analyses:liste": RESULTATS,
    "analyses:a_relire": RELECTURE,
    **dict.fromkeys(
        [
            f"analyses:{nom}"
            for nom in [
                "indicateurs",
                "definitions",
                "verifier",
                "ajouter_indicateur",
                "registres",
                "registre",
            ]
        ],
        REGISTRES,
    ),
    **dict.fromkeys(
        [
            f"analyses:{nom}"
            for nom in [
                "ajouter_programme",
                "ou_composer",
                "modele_registre",
                "importer_registre",
                "ajouter_ligne",
            ]
        ],
        COORDINATION,
    ),
}
"""Who opens a page that is not about something of one territoire."""

D_UN_TERRITOIRE: dict[str, frozenset[Role]] = {
    **dict.fromkeys(
        ["comptes:role", "comptes:lieu", "comptes:retirer", "comptes:double_verification"],
        COORDINATION,
    ),
    "comptes:revoquer_jeton": COORDINATION,  # the token is this coordination's own
    **dict.fromkeys(["api:collecte", "api:tableaux", "api:tableau", "api:questions"], RESULTATS),
    **dict.fromkeys(
        ["api:programme", "api:mesures_du_programme", "api:mesures_du_territoire"], REGISTRES
    ),
    **dict.fromkeys(["enquetes:collecte", "enquetes:lien", "enquetes:apercu_accueil"], TOUS),
    **dict.fromkeys(
        [
            f"enquetes:{nom}"
            for nom in [
                "modifier_collecte",
                "ouvrir_collecte",
                "mettre_en_pause",
                "clore_collecte",
                "reprendre_collecte",
                "abandonner_collecte",
                "arreter_releve",
                "prolonger_collecte",
                "affiches",
                "affiches_pdf",
                "ajouter_liens",
                "affiche",
                "affiche_pdf",
                "qr",
                "feuilles",
                "a_verifier",
                "lever_ecart",
                "fermer_lien",
                "rouvrir_lien",
                # A séance is its facilitator's and its territoire's coordination's.
                "seance",
                "ouvrir_seance",
                "clore_seance",
                "attendre_reponses",
                "deplacer_seance",
                "annuler_seance",
                "rapport",
                "partie_rapport",
                "affiche_de_seance",
                "affiche_de_seance_pdf",
                "preparer_seance",
                "revoquer_appareil",
                "importer_scelle",
                "mains_levees",
                "feuille_de_seance",
                "feuilles_papier",
                "detruire_feuilles",
                "saisir_feuille",
                "tirer_feuilles",
                "saisir_encore",
                "retirer_feuille",
                "resoudre_ecarts",
                "main_levee",
                "enveloppe",
            ]
        ],
        COORDINATION,
    ),
    **dict.fromkeys(["analyses:mur", *ADRESSES], COORDINATION),
    **dict.fromkeys(
        [
            f"enquetes:{nom}"
            for nom in [
                "cohorte",
                "prochaine_liste",
                "presences",
                "criteres",
                "dates_de_suivi",
                "couper_lien",
                "rappels",
                "feuille_de_vague",
                "tablette",
                "importer_tablette",
                "imprimer_cartes",
                "rupture",
                "carte_suivie",
                "depart",
                "remplacer_carte",
                "effacer_carte",
            ]
        ],
        SUIVI,
    ),
    **dict.fromkeys(
        [
            f"analyses:{nom}"
            for nom in [
                "contrastes",
                "changement",
                "changement_pdf",
                "arreter_changement",
                "annexe",
                "ensemble",
            ]
        ],
        TOUS - {Role.AMBASSADEUR},
    ),
    **dict.fromkeys(
        ["analyses:resultats", "analyses:question", "analyses:textes", "analyses:mains"], RESULTATS
    ),
    **dict.fromkeys(["analyses:fichiers", "analyses:fichier", "analyses:preparation"], RESULTATS),
    **dict.fromkeys(
        ["analyses:preparer_textes", "analyses:liberer_textes", "analyses:pris_en_charge"],
        COORDINATION,
    ),
    **dict.fromkeys(["analyses:relire", "analyses:attester"], RELECTURE),
    **dict.fromkeys(["analyses:texte", "analyses:changer_texte", "analyses:danger"], RELECTURE),
    "analyses:refuser_texte": RELECTURE,
    **dict.fromkeys(["analyses:plan", "analyses:preparer"], RESULTATS),
    **dict.fromkeys(["analyses:publier", "analyses:ecarter"], COORDINATION),
    "analyses:demandes": RESULTATS,
    **dict.fromkeys(["analyses:decider", "analyses:profils"], REFERENT),
    **dict.fromkeys(
        ["analyses:programme", "analyses:territoire", "analyses:ajouter_chiffre"], REGISTRES
    ),
    **dict.fromkeys(["analyses:evolution_programme", "analyses:evolution_territoire"], REGISTRES),
    **dict.fromkeys(["analyses:diversite_programme", "analyses:diversite_territoire"], REGISTRES),
    **dict.fromkeys(["analyses:composer", "analyses:decomposer"], COORDINATION),
    **dict.fromkeys(
        [
            f"analyses:{quoi}_{lieu}"
            for quoi in ("bilan", "bilan_pdf", "bilan_word", "en_clair", "fichiers", "fichier")
            for lieu in ("programme", "territoire")
        ],
        REGISTRES,
    ),
    "analyses:retirer_indicateur": REGISTRES,
    **dict.fromkeys(["analyses:modifier_ligne", "analyses:retirer_ligne"], COORDINATION),
}
"""Who opens a page about something: in its territoire, and nobody from another one."""
