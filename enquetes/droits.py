"""Who may do what in enquetes: ``exiger_…`` raises with the reason, ``peut_…`` asks."""

from django.contrib.auth.models import AnonymousUser

from voix.commun.erreurs import AccesRefuse
from voix.comptes.models import Compte, Structure, Territoire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

from .models import Collecte


def peut_sur_lieu(
    compte: Compte | AnonymousUser,
    droit: Droit,
    *,
    territoire: Territoire,
    structure: Structure | None,
) -> bool:
    """Return whether ``compte`` holds ``droit`` on this territoire (or on this structure)."""
    perimetre = perimetre_de(compte, droit)
    dans_territoire = any(territoire.chemin.startswith(chemin) for chemin in perimetre.chemins)
    return dans_territoire or (structure is not None and structure.pk in perimetre.structures)


def peut_sur_collecte(compte: Compte | AnonymousUser, droit: Droit, collecte: Collecte) -> bool:
    return peut_sur_lieu(
        compte, droit, territoire=collecte.territoire, structure=collecte.structure
    )


def exiger_sur_lieu(
    compte: Compte, droit: Droit, *, territoire: Territoire, structure: Structure | None
) -> None:
    if not peut_sur_lieu(compte, droit, territoire=territoire, structure=structure):
        raise AccesRefuse(
            "Votre rôle ne permet pas cette action sur ce territoire. "
            "Demandez à la coordination de votre territoire."
        )


def exiger_sur_collecte(compte: Compte, droit: Droit, collecte: Collecte) -> None:
    exiger_sur_lieu(compte, droit, territoire=collecte.territoire, structure=collecte.structure)
