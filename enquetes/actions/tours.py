"""One person's turn on a shared device without JavaScript: begun, moved, forgotten (collecte §3).

No trace and no ``par``: a respondent has no name, and a trace has a time.
"""

import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from enquetes.actions.ecarts import signaler_passation
from enquetes.actions.passations import jeter_brouillons, terminer_passation
from enquetes.models import Acces, EtatPassation, Passation, Signe, TourPartage
from voix.commun.cles import empreinte_a_cle
from voix.commun.erreurs import ErreurVoix

SILENCE: Final = timedelta(minutes=10)
"""After that without a page asked for, the turn is over and its draft erased, or kept as it is (K3, K4)."""


def _empreinte(cle: str) -> str:
    return empreinte_a_cle("tour", cle).hex()


@transaction.atomic
def commencer_tour(*, acces: Acces, etape: str, langue: str, passation: UUID | None = None) -> str:
    """Begin a turn; return the key that the device alone will hold.

    ``passation``: the identifier that a card makes, where one is needed; anew otherwise. A turn that
    the same card had elsewhere is over, and what it began there is erased: nobody goes on with it.
    """
    oublier_tours_perimes()
    if passation is not None:
        _oublier(list(TourPartage.objects.filter(passation=passation)))
        jeter_brouillons(Passation.objects.filter(pk=passation))
    cle = secrets.token_urlsafe(16)
    TourPartage.objects.create(
        cle=_empreinte(cle),
        acces=acces,
        passation=passation or uuid4(),
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
def oublier_tour(*, cle: str, par_silence: bool = False) -> None:
    """End a turn whatever its state: its key opens nothing any more, what was not sent is erased.

    ``par_silence``: nobody asked for it; the collecte may then keep what was answered. With a card
    too: whoever would type its code next, were it replaced since, reads nothing (ADR 0132).
    """
    if cle:
        tours = TourPartage.objects.filter(cle=_empreinte(cle))
        _oublier(list(tours), par_silence=par_silence)


@transaction.atomic
def oublier_tours_de(*, passations: Collection[UUID]) -> None:
    """End the turns of a card whose family erases everything: its next page is the start."""
    _oublier(list(TourPartage.objects.filter(passation__in=passations)))


@transaction.atomic
def oublier_tours_perimes() -> int:
    """End what was begun and left; return how many turns that was."""
    perimes = list(TourPartage.objects.filter(perime_a__lte=timezone.now()))
    _oublier(perimes, par_silence=True)
    return len(perimes)


def _oublier(tours: list[TourPartage], *, par_silence: bool = False) -> None:
    if not tours:
        return
    if par_silence:
        gardiens = Acces.objects.filter(collecte__garde_incompletes=True).select_related(
            "collecte__version"
        )
        acces = gardiens.in_bulk({tour.acces_id for tour in tours})
        for tour in tours:
            if tour.acces_id in acces:
                _garder(tour, acces[tour.acces_id])
    jeter_brouillons(Passation.objects.filter(pk__in=[tour.passation for tour in tours]))
    TourPartage.objects.filter(pk__in=[tour.pk for tour in tours]).delete()


def _garder(tour: TourPartage, acces: Acces) -> None:
    """Send what was answered as it is, with its sign; nothing answered, nothing kept."""
    if not Passation.objects.filter(pk=tour.passation, etat=EtatPassation.BROUILLON).exists():
        return
    try:
        terminer_passation(passation_id=tour.passation, acces=acces)
    except ErreurVoix:
        return
    signaler_passation(passation_id=tour.passation, acces=acces, signes=[Signe.INCOMPLETE.value])
