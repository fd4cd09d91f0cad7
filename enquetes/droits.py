"""Who may do what in enquetes: ``exiger_…`` raises with the reason, ``peut_…`` asks."""

from django.contrib.auth.models import AnonymousUser

from voix.commun.erreurs import AccesRefuse
from voix.comptes.models import Compte, Structure, Territoire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

from .models import Collecte, Seance


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


def peut_sur_seance(compte: Compte | AnonymousUser, seance: Seance) -> bool:
    """Return whether ``compte`` may run this séance: its own one, or its territoire's."""

    def peut(droit: Droit) -> bool:
        return peut_sur_lieu(
            compte, droit, territoire=seance.territoire, structure=seance.structure
        )

    la_sienne = seance.animateur_id is not None and seance.animateur_id == compte.pk
    return peut(Droit.VOIR_SEANCES) or (la_sienne and peut(Droit.ANIMER_SEANCE))


def exiger_sur_seance(compte: Compte, seance: Seance) -> None:
    if not peut_sur_seance(compte, seance):
        raise AccesRefuse(
            "Cette séance est animée par une autre personne. "
            "Demandez à la coordination de votre territoire."
        )
