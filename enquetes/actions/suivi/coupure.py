"""Cut the link of a cohort: from then on nothing tells which answers are the same family's."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from enquetes.actions.effacements import vider_copies
from enquetes.models import Carte, Cohorte, Collecte, Enveloppe, EtatCollecte, EtatEnveloppe
from voix.commun.cles import detruire_cle_de_campagne
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

from .cohortes import exiger_sur_cohorte
from .vagues import melanger_les_vagues


@transaction.atomic
def couper_lien(*, cohorte: Cohorte, par: Compte | str) -> Cohorte:
    """Destroy the key: from now on nothing can tell which answers are the same family's."""
    cohorte = Cohorte.objects.select_for_update(of=("self",)).get(pk=cohorte.pk)
    if isinstance(par, Compte):
        exiger_sur_cohorte(par, cohorte)
    if cohorte.coupee_le is not None:
        return cohorte
    maintenant = timezone.now()
    cohorte.coupee_le = maintenant
    cohorte.save(update_fields=["coupee_le"])
    Carte.objects.filter(cohorte=cohorte).update(empreinte=None)
    Collecte.objects.filter(vague__cohorte=cohorte).exclude(etat=EtatCollecte.CLOSE).update(
        etat=EtatCollecte.CLOSE, close_le=maintenant
    )
    # What still waits holds codes beside answers: it goes too, and devices are told « gone ».
    recues = Enveloppe.objects.filter(acces__collecte__vague__cohorte=cohorte)
    vider_copies(recues.exclude(etat=EtatEnveloppe.OUVERTE))
    melanger_les_vagues(list(Collecte.objects.filter(vague__cohorte=cohorte)))
    tracer(par=par, verbe="couper_lien", objet=cohorte)
    transaction.on_commit(lambda: detruire_cle_de_campagne(cohorte.cle))
    return cohorte


def liens_a_couper(*, au: date) -> QuerySet[Cohorte]:
    """Return the cohorts whose day has come."""
    return Cohorte.objects.filter(coupee_le__isnull=True, coupe_le__lte=au).order_by("pk")


def detruire_les_cles_restees() -> None:
    """Destroy again the keys of links already cut: a crash may have left one behind."""
    for cohorte in Cohorte.objects.filter(coupee_le__isnull=False).order_by("pk"):
        detruire_cle_de_campagne(cohorte.cle)
