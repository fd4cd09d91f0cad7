"""Who may do what in the registers and with free texts: ``exiger_…`` raises with the reason."""

from analyses.extraction.lecture import collectes_du_referent, collectes_publiables
from analyses.extraction.verbatims import (
    attestation_de,
    collectes_a_liberer,
    collectes_a_relire,
    etait_presente,
)
from analyses.models import Verbatim
from enquetes.models import Collecte
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


def exiger_liberation(compte: Compte, nom: str) -> Collecte:
    """Return the collecte of that name, if ``compte`` prepares its texts and lets them leave."""
    collecte = collectes_a_liberer(compte).filter(nom=nom).first()
    if collecte is None:
        raise AccesRefuse(
            "Votre rôle ne permet pas de préparer les textes de cette collecte. "
            "Demandez à la coordination de votre territoire."
        )
    return collecte


def exiger_publication(compte: Compte, collecte: Collecte) -> None:
    """Refuse unless ``compte`` decides what is published of this collecte."""
    if not collectes_publiables(compte).filter(pk=collecte.pk).exists():
        raise AccesRefuse(
            "Votre rôle ne permet pas de publier ces tableaux. "
            "Demandez à la coordination de votre territoire."
        )


def exiger_referent(compte: Compte, collecte: Collecte) -> None:
    """Refuse unless ``compte`` is the data referent of this collecte."""
    if not collectes_du_referent(compte).filter(pk=collecte.pk).exists():
        raise AccesRefuse(
            "Seul·e le ou la référent·e données de ce territoire peut en décider. "
            "Demandez à votre coordination qui tient ce rôle."
        )


def exiger_relecture(compte: Compte, nom: str) -> Collecte:
    """Return the collecte of that name, if ``compte`` may read texts of it."""
    collecte = collectes_a_relire(compte).filter(nom=nom).first()
    if collecte is None:
        raise AccesRefuse("Cette collecte n’a pas de textes que vous puissiez relire.")
    return collecte


def exiger_lecture(compte: Compte, texte: Verbatim) -> None:
    """Refuse whoever may not see a text at all: another place, or there when it was written."""
    collectes = collectes_a_relire(compte).filter(pk=texte.collecte_id)
    presents = Verbatim.objects.presents().filter(pk=texte.pk)
    if not collectes.exists() or not presents.exists():
        raise AccesRefuse("Ce texte n’est pas à relire par vous. Passez au suivant.")
    attestation = attestation_de(compte, texte.collecte_id)
    if attestation is None:
        raise AccesRefuse("Dites d’abord si vous étiez à un atelier de cette collecte.")
    if attestation.present or etait_presente(compte, texte):
        raise AccesRefuse(
            "Vous étiez à un atelier de cette collecte\u00a0: vous pourriez reconnaître qui a écrit. "
            "Une autre personne relira ces textes."
        )
