"""Send what a family answered page by page: only here does it become the answers of its card.

Until then a draft is a stranger's: its identifier is drawn on the telephone, no card leads to it
(ADR 0132). Sent, it gets the identifier that the card makes: one card answers a wave once.
"""

from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from enquetes.actions.passations import (
    RIEN_A_ENVOYER,
    exiger_les_memes,
    inserer_ou_tenir,
    jeter_brouillons,
)
from enquetes.models import (
    Acces,
    Carte,
    Collecte,
    EtatCollecte,
    EtatPassation,
    Passation,
    Vague,
    VersionQuestionnaire,
)
from enquetes.models.effacement import attendre_les_effacements
from enquetes.parcours.chemin import chemin
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide

from .cartes import passation_de
from .moment import etat_de

DEJA: Final = "Cette carte a déjà répondu à cette vague."


class DejaEnvoye(EtatIncompatible):
    """This card has answered this wave, from here or elsewhere."""


class CarteEffacee(EtatIncompatible):
    """The family has erased everything: this wave is over for its card (ADR 0135)."""


class VagueFinie(EtatIncompatible):
    """The last day of the wave is over, or its report is made."""


@transaction.atomic
def envoyer_avec_carte(
    *, passation_id: UUID, acces: Acces, carte: Carte, lues: str = "", papier: bool = False
) -> UUID:
    """Make a draft the answers of this card; return their identifier.

    ``papier``: copied from a sheet of this wave, counted on its last day when it is late (ADR 0146).
    ``lues`` says which answers the family read. Errors: ``DejaEnvoye``, ``CarteEffacee``,
    ``VagueFinie``, ``OntChange``, ``SaisieInvalide`` when there is nothing to send.
    """
    attendre_les_effacements()
    Carte.objects.select_for_update(of=("self",)).get(pk=carte.pk)  # two telephones, one card
    vague = Vague.objects.select_related("collecte").get(
        collecte=acces.collecte_id, cohorte=carte.cohorte_id
    )
    jour = _exiger_qu_elle_dure(vague, papier=papier)
    sienne = passation_de(carte, vague)
    etat = etat_de(carte, vague)
    if etat == EtatPassation.EFFACEE:
        raise CarteEffacee("Cette carte a tout effacé\u00a0: elle ne répond plus à cette vague.")
    if etat:
        raise DejaEnvoye(DEJA)
    brouillon = Passation.objects.select_for_update().filter(
        pk=passation_id, acces=acces, etat=EtatPassation.BROUILLON
    )
    lu = brouillon.first()
    if lu is None:
        raise SaisieInvalide(RIEN_A_ENVOYER)
    version = VersionQuestionnaire.objects.get(pk=lu.version_id)
    trouve = chemin(version.lue(), lu.reponses)
    exiger_les_memes(trouve, lues)
    if not trouve.reponses:
        raise SaisieInvalide(RIEN_A_ENVOYER)
    jeter_brouillons(brouillon)
    lu.pk, lu.etat, lu.jour = sienne, EtatPassation.TERMINEE, jour
    lu.reponses = dict(trouve.reponses)
    _deposer(lu)
    return sienne


def _exiger_qu_elle_dure(vague: Vague, *, papier: bool) -> date:
    """Return the day of what is sent now; refuse once the wave is over, or its report made."""
    collecte, aujourdhui = vague.collecte, timezone.localdate()
    finie = collecte.ferme_le < aujourdhui
    if finie and papier:  # the report may be made now: one of the two waits, and sees the other
        collecte = Collecte.objects.select_for_update(of=("self",)).get(pk=collecte.pk)
    if collecte.etat == EtatCollecte.CLOSE or (finie and not papier):
        raise VagueFinie("La vague est finie\u00a0: plus aucune réponse n’y entre.")
    return min(aujourdhui, collecte.ferme_le)


def _deposer(envoyee: Passation) -> None:
    """Insert, or take the place of what a shared device began with this card; never of what it sent.

    That device, and the inbox, hold no lock of the card: they may come between two statements.
    """
    deja = inserer_ou_tenir(envoyee)
    if deja is None:
        return
    if deja.etat != EtatPassation.BROUILLON:
        raise DejaEnvoye(DEJA)
    envoyee.save(force_update=True)
