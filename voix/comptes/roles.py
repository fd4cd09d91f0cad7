"""Rights are code: a role is a set of droits; the database stores only who holds which."""

from enum import StrEnum


class Droit(StrEnum):
    """One thing that an account may do in the territoires of its habilitation."""

    VOIR_COLLECTES = "voir_collectes"
    """See that a collecte exists, its link, and how many have answered."""
    OUVRIR_COLLECTE = "ouvrir_collecte"
    """Open, pause and close a collecte; print its poster."""
    IMPORTER_QUESTIONNAIRE = "importer_questionnaire"
    """Add a questionnaire written in a file to the library."""
    GERER_EQUIPE = "gerer_equipe"
    """Invite a colleague, change and withdraw rights."""
    ANIMER_SEANCE = "animer_seance"
    """Prepare, run and report one's own séances."""
    VOIR_SEANCES = "voir_seances"
    """See and help every séance of the territoire, whoever runs it."""
    LIRE_RESULTATS = "lire_resultats"
    """Read protected tables. Never a row."""
    PUBLIER_RESULTATS = "publier_resultats"
    """Read what a closing proposes, and publish it or not."""
    DECIDER_DONNEES = "decider_donnees"
    """Accept or refuse a grouping asked for after results; lower the profile of a question."""
    LIRE_REGISTRES = "lire_registres"
    """Read the registers of participation and their indicators: organisations, never persons."""
    TENIR_REGISTRES = "tenir_registres"
    """Write in the registers of participation, import them, gather territoires in a programme."""
    DEFINIR_INDICATEURS = "definir_indicateurs"
    """Add an indicator of one's own; type in a figure read elsewhere."""
    RELIRE_VERBATIMS = "relire_verbatims"
    """Read free texts one by one, to say which may leave. Never beside an answer or a name."""
    LIBERER_VERBATIMS = "liberer_verbatims"
    """Prepare texts for readers; let those that two readers agreed on leave, together."""
    RENDRE_COMPTE = "rendre_compte"
    """Tell those who answered, on a public page, what was done with it."""
    SUIVRE_COHORTE = "suivre_cohorte"
    """Follow families through four waves by card number; never see what one of them answered."""
    LIRE_CHANGEMENTS = "lire_changements"
    """Read what changed in a whole cohort, protected like any table."""


class Role(StrEnum):
    COORDINATION = "coordination"
    AMBASSADEUR = "ambassadeur"
    DIETETIQUE = "dietetique"
    EVALUATION = "evaluation"
    REFERENT = "referent"


LIBELLES: dict[Role, str] = {
    Role.COORDINATION: "coordination",
    Role.AMBASSADEUR: "ambassadeur ou ambassadrice",
    Role.DIETETIQUE: "diététique",
    Role.EVALUATION: "évaluation",
    Role.REFERENT: "référent·e données",
}

DROITS: dict[Role, frozenset[Droit]] = {
    Role.COORDINATION: frozenset(
        {
            Droit.VOIR_COLLECTES,
            Droit.OUVRIR_COLLECTE,
            Droit.IMPORTER_QUESTIONNAIRE,
            Droit.GERER_EQUIPE,
            Droit.ANIMER_SEANCE,
            Droit.VOIR_SEANCES,
            Droit.LIRE_RESULTATS,
            Droit.PUBLIER_RESULTATS,
            Droit.LIRE_REGISTRES,
            Droit.TENIR_REGISTRES,
            Droit.DEFINIR_INDICATEURS,
            Droit.RELIRE_VERBATIMS,
            Droit.LIBERER_VERBATIMS,
            Droit.RENDRE_COMPTE,
            Droit.SUIVRE_COHORTE,
            Droit.LIRE_CHANGEMENTS,
        }
    ),
    Role.AMBASSADEUR: frozenset(
        {Droit.VOIR_COLLECTES, Droit.ANIMER_SEANCE, Droit.RELIRE_VERBATIMS}
    ),
    Role.DIETETIQUE: frozenset(
        {
            Droit.VOIR_COLLECTES,
            Droit.ANIMER_SEANCE,
            Droit.RELIRE_VERBATIMS,
            Droit.SUIVRE_COHORTE,
            Droit.LIRE_CHANGEMENTS,
        }
    ),
    Role.EVALUATION: frozenset(
        {
            Droit.VOIR_COLLECTES,
            Droit.LIRE_RESULTATS,
            Droit.LIRE_CHANGEMENTS,
            Droit.LIRE_REGISTRES,
            Droit.DEFINIR_INDICATEURS,
        }
    ),
    Role.REFERENT: frozenset(
        {
            Droit.VOIR_COLLECTES,
            Droit.LIRE_RESULTATS,
            Droit.LIRE_CHANGEMENTS,
            Droit.DECIDER_DONNEES,
        }
    ),
}


def accordables() -> tuple[Role, ...]:
    """Return the roles that a team grants: those with no right that its coordination lacks."""
    gestion = [droits for droits in DROITS.values() if Droit.GERER_EQUIPE in droits]
    return tuple(role for role in Role if any(DROITS[role] <= droits for droits in gestion))
