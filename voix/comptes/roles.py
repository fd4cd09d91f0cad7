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


class Role(StrEnum):
    COORDINATION = "coordination"
    AMBASSADEUR = "ambassadeur"
    DIETETIQUE = "dietetique"
    EVALUATION = "evaluation"


LIBELLES: dict[Role, str] = {
    Role.COORDINATION: "coordination",
    Role.AMBASSADEUR: "ambassadeur ou ambassadrice",
    Role.DIETETIQUE: "diététique",
    Role.EVALUATION: "évaluation",
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
            Droit.LIRE_REGISTRES,
            Droit.TENIR_REGISTRES,
            Droit.DEFINIR_INDICATEURS,
            Droit.RELIRE_VERBATIMS,
            Droit.LIBERER_VERBATIMS,
        }
    ),
    Role.AMBASSADEUR: frozenset(
        {Droit.VOIR_COLLECTES, Droit.ANIMER_SEANCE, Droit.RELIRE_VERBATIMS}
    ),
    Role.DIETETIQUE: frozenset(
        {Droit.VOIR_COLLECTES, Droit.ANIMER_SEANCE, Droit.RELIRE_VERBATIMS}
    ),
    Role.EVALUATION: frozenset(
        {
            Droit.VOIR_COLLECTES,
            Droit.LIRE_RESULTATS,
            Droit.LIRE_REGISTRES,
            Droit.DEFINIR_INDICATEURS,
        }
    ),
}
