"""Who may do what in the registers: ``exiger_…`` raises with the reason, ``peut_…`` asks."""

from voix.commun.erreurs import AccesRefuse
from voix.comptes.models import Compte, Territoire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit


def peut_sur_territoire(compte: Compte, droit: Droit, territoire: Territoire) -> bool:
    """Return whether ``compte`` holds ``droit`` on this territoire, or on one that contains it."""
    chemins = perimetre_de(compte, droit).chemins
    return any(territoire.chemin.startswith(chemin) for chemin in chemins)


def exiger_sur_territoire(compte: Compte, droit: Droit, territoire: Territoire) -> None:
    """Refuse unless ``compte`` holds ``droit`` on this territoire."""
    if not peut_sur_territoire(compte, droit, territoire):
        raise AccesRefuse(
            "Votre rôle ne permet pas cette action sur ce territoire. "
            "Demandez à la coordination de votre territoire."
        )
