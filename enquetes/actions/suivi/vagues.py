"""The days of the waves: they never overlap, and a wave whose report is made is over for good."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from enquetes.models import Cohorte, Collecte, Enveloppe, EtatCollecte, Passation, Vague
from enquetes.models.melange import melanger
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.commun.francais import jour_en_mots


def exiger_des_vagues_a_part(collecte: Collecte, ferme_le: date) -> None:
    """Refuse a last day that would reach the next wave, or the day when the link is cut.

    A card opens one wave a day: of two that are open, families would answer one and miss the other.
    """
    vague = Vague.objects.select_related("cohorte").filter(collecte=collecte).first()
    if vague is None:
        return
    suivantes = vague.cohorte.vagues.filter(rang__gt=vague.rang).select_related("collecte")
    apres = suivantes.order_by("rang").first()
    if apres is not None and ferme_le >= apres.collecte.ouvre_le:
        raise SaisieInvalide(
            f"La vague «\u00a0{apres.get_rang_display()}\u00a0» commence le "
            f"{jour_en_mots(apres.collecte.ouvre_le)}. Choisissez un jour qui vient avant."
        )
    if ferme_le >= vague.cohorte.coupe_le:
        raise SaisieInvalide(
            f"Le lien entre les réponses est coupé le {jour_en_mots(vague.cohorte.coupe_le)}. "
            "Choisissez un jour qui vient avant."
        )


@transaction.atomic
def clore_les_vagues(*, cohorte: Cohorte, jusqu_a: int) -> None:
    """Close for good the waves that a report has just counted: called in its transaction.

    Errors: ``EtatIncompatible`` when the last day has been moved meanwhile.
    """
    collectes = Collecte.objects.select_for_update(of=("self",)).filter(
        vague__cohorte=cohorte, vague__rang__lte=jusqu_a
    )
    aujourdhui, maintenant = timezone.localdate(), timezone.now()
    closes = []
    for collecte in collectes.exclude(etat=EtatCollecte.CLOSE).order_by("pk"):
        if collecte.ferme_le >= aujourdhui:
            raise EtatIncompatible(
                "Une vague de ce rapport vient d’être prolongée. Le rapport se fera le lendemain "
                "de son dernier jour."
            )
        collecte.etat, collecte.close_le = EtatCollecte.CLOSE, maintenant
        collecte.save(update_fields=["etat", "close_le"])
        closes.append(collecte)
    melanger_les_vagues(closes)


def melanger_les_vagues(collectes: Collection[Collecte]) -> None:
    """Lay the answers of these waves down anew: nobody reads there which card came first (ADR 0119)."""
    melanger(Passation.objects.filter(collecte__in=collectes))
    melanger(Enveloppe.objects.filter(acces__collecte__in=collectes))
