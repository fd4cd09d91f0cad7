"""File the milestones of territoires, as their own phones would have done."""

from collections.abc import Sequence

from enquetes.actions.acces import ajouter_acces
from enquetes.actions.passations import deposer_passation
from enquetes.echanges.identifiants import identifiant_stable
from enquetes.echanges.jalons import LigneJalons
from enquetes.models import Collecte, EtatCollecte, Mode, Passation
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.models import Compte, Territoire

QUESTION = "jalons"


def deposer_jalons(
    *, collecte: Collecte, lignes: Sequence[LigneJalons], par: Compte
) -> list[Passation]:
    """File one passation a territoire, through its own link; the same line is never filed twice.

    A line without any milestone did not answer. No transaction around them all: each is filed as a phone would, and a run that was cut short
    is completed by the next one.
    """
    if collecte.etat != EtatCollecte.OUVERTE:
        raise EtatIncompatible(
            f"La collecte est {collecte.get_etat_display()}\u00a0: ouvrez-la avant d’y déposer."
        )
    repondantes = [ligne for ligne in lignes if ligne.jalons]
    lieux = _territoires(collecte, repondantes)
    passations = []
    for ligne in repondantes:
        acces = ajouter_acces(
            collecte=collecte, territoire=lieux[ligne.niveau, ligne.code], par=par
        )
        passations.append(
            deposer_passation(
                passation_id=identifiant_stable("jalons", collecte.nom, ligne.niveau, ligne.code),
                acces=acces,
                reponses={QUESTION: list(ligne.jalons)},
                langue="fr",
                mode=Mode.IMPORT,
            )
        )
    return passations


def _territoires(
    collecte: Collecte, lignes: Sequence[LigneJalons]
) -> dict[tuple[str, str], Territoire]:
    """Return the territoires that the lines name; say at once which ones are not known."""
    connus = {
        (territoire.niveau, territoire.code): territoire
        for territoire in Territoire.objects.sous(collecte.territoire)
    }
    inconnus = [ligne for ligne in lignes if (ligne.niveau, ligne.code) not in connus]
    if inconnus:
        noms = ", ".join(f"{ligne.territoire} ({ligne.niveau} {ligne.code})" for ligne in inconnus)
        raise SaisieInvalide(
            f"Territoires inconnus dans «\u00a0{collecte.territoire}\u00a0»\u00a0: {noms}. "
            "Chargez-les, ou corrigez leur niveau et leur code."
        )
    return connus
