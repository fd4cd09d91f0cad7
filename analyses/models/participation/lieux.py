"""Which territoires an account reads in the registers."""

from django.db.models import Q, QuerySet

from voix.comptes.models import Compte, Territoire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

from . import MODELES


def territoires_lus(compte: Compte) -> QuerySet[Territoire]:
    """Return the territoires whose registers ``compte`` may read."""
    return Territoire.objects.du_perimetre(perimetre_de(compte, Droit.LIRE_REGISTRES))


def territoires_suivis(compte: Compte) -> QuerySet[Territoire]:
    """Return those of them that are in a programme, or that keep a register."""
    suivis = Q(programmes__isnull=False)
    for modele in MODELES.values():
        suivis |= Q(pk__in=modele._default_manager.values("territoire"))
    return territoires_lus(compte).filter(suivis).distinct()
