"""What may be done to invented answers only."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from enquetes.droits import exiger_sur_collecte
from enquetes.models import Collecte
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte
from voix.comptes.roles import Droit


@transaction.atomic
def dater_passations_fictives(
    *, collecte: Collecte, jours: Mapping[UUID, date], par: Compte
) -> int:
    """Spread invented answers over the period of their collecte; real ones keep their day."""
    exiger_sur_collecte(par, Droit.OUVRIR_COLLECTE, collecte)
    if not collecte.fictive:
        raise EtatIncompatible("Ces réponses viennent de vraies personnes\u00a0: leur jour reste.")
    par_jour: dict[date, list[UUID]] = defaultdict(list)
    for identifiant, jour in jours.items():
        par_jour[min(max(jour, collecte.ouvre_le), collecte.ferme_le)].append(identifiant)
    datees = sum(
        collecte.passations.filter(pk__in=identifiants, releve__isnull=True).update(jour=jour)
        for jour, identifiants in par_jour.items()
    )
    tracer(par=par, verbe="dater_passations_fictives", objet=collecte, nb_passations=datees)
    return datees
