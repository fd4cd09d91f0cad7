"""One person's turn on a shared device without JavaScript: begun, moved, forgotten (collecte §3).

No trace and no ``par``: a respondent has no name, and a trace has a time.
"""

import secrets
from datetime import timedelta
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from enquetes.models import Acces, EtatPassation, Passation, TourPartage
from voix.commun.cles import empreinte_a_cle

SILENCE: Final = timedelta(minutes=10)
"""After that without a page asked for, the turn is over and its draft erased (K4)."""


def _empreinte(cle: str) -> str:
    return empreinte_a_cle("tour", cle).hex()


@transaction.atomic
def commencer_tour(*, acces: Acces, etape: str, langue: str) -> str:
    """Begin a turn with everything new; return the key that the device alone will hold."""
    oublier_tours_perimes()
    cle = secrets.token_urlsafe(16)
    TourPartage.objects.create(
        cle=_empreinte(cle),
        acces=acces,
        passation=uuid4(),
        etape=etape,
        langue=langue,
        perime_a=timezone.now() + SILENCE,
    )
    return cle


def tour_en_cours(cle: str, acces: Acces) -> TourPartage | None:
    """Return the turn of a device, unless it ended or was left for too long."""
    if not cle:
        return None
    return TourPartage.objects.filter(
        cle=_empreinte(cle), acces=acces, perime_a__gt=timezone.now()
    ).first()


def deplacer_tour(
    *, tour: TourPartage, etape: str, depuis: str = "", langue: str = ""
) -> TourPartage:
    """Keep where the person is; every sign of life gives ten more minutes."""
    tour.etape, tour.depuis = etape, depuis
    tour.langue = langue or tour.langue
    tour.perime_a = timezone.now() + SILENCE
    tour.save(update_fields=["etape", "depuis", "langue", "perime_a"])
    return tour


@transaction.atomic
def oublier_tour(*, cle: str) -> None:
    """End a turn whatever its state: its key opens nothing any more, what was not sent is erased."""
    if cle:
        _oublier(list(TourPartage.objects.filter(cle=_empreinte(cle))))


@transaction.atomic
def oublier_tours_perimes() -> int:
    """Erase what was begun and left; return how many turns that was."""
    perimes = list(TourPartage.objects.filter(perime_a__lte=timezone.now()))
    _oublier(perimes)
    return len(perimes)


def _oublier(tours: list[TourPartage]) -> None:
    if not tours:
        return
    Passation.objects.filter(
        pk__in=[tour.passation for tour in tours], etat=EtatPassation.BROUILLON
    ).delete()
    TourPartage.objects.filter(pk__in=[tour.pk for tour in tours]).delete()
