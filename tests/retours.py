"""A return to those who answered, as tests of several pages need it."""

from analyses.actions.restitutions import ProjetSuite, ajouter_suite, ecrire_restitution
from analyses.models import SuiteDonnee
from enquetes.models import Collecte
from voix.comptes.models import Compte

ADRESSES = [
    "analyses:ecrire_retour",
    "analyses:apercu_retour",
    "analyses:affiche_retour",
    "analyses:ajouter_suite",
    "analyses:publier_retour",
    "analyses:retirer_retour",
    "analyses:retirer_suite",
]
"""Where coordination writes a return, in its territoire."""


def un_retour(collecte: Collecte, par: Compte) -> SuiteDonnee:
    """Return what was done of one question, in the return of a collecte."""
    ecrit = ecrire_restitution(
        collecte=collecte, questions=["venu"], mot={"fr": "Merci."}, par=par
    )
    projet = ProjetSuite({"fr": "Trop loin."}, {"fr": "Un bus."}, "fait", question="venu")
    return ajouter_suite(restitution=ecrit, projet=projet, par=par)
