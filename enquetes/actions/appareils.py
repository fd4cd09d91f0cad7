"""A tablet for a séance: it gets a token that only lets it send, shown once and never stored."""

import secrets
from typing import Final

from django.db import transaction
from django.utils import timezone

from enquetes.droits import exiger_sur_seance
from enquetes.models import Acces, Appareil, EtatSeance, Seance
from enquetes.models.porte import derriere
from voix.commun.cles import empreinte_a_cle
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

PREFIXE: Final = "ap."
"""Tells the token of a device from the token of a link."""
APPAREILS_AU_PLUS: Final = 20


def _empreinte(jeton: str) -> str:
    return empreinte_a_cle("appareil", jeton).hex()


@transaction.atomic
def preparer_appareil(*, seance: Seance, par: Compte) -> tuple[Appareil, str]:
    """Enrol one more device; return it and its token of 128 bits, which nobody can read again."""
    seance = Seance.objects.select_for_update(of=("self",)).get(pk=seance.pk)
    exiger_sur_seance(par, seance)
    if seance.collecte_id is None:
        raise EtatIncompatible("Cette séance ne pose aucune question\u00a0: rien à préparer.")
    if seance.etat == EtatSeance.CLOSE:
        raise EtatIncompatible("La séance est close\u00a0: on ne prépare plus d’appareil.")
    if seance.appareils.filter(revoque_le__isnull=True).count() >= APPAREILS_AU_PLUS:
        raise EtatIncompatible("Vingt appareils sont déjà prêts. Retirez d’abord les perdus.")
    rang = seance.appareils.count() + 1
    jeton = PREFIXE + secrets.token_urlsafe(16)
    appareil = Appareil.objects.create(
        seance=seance, nom=f"Appareil {rang}", jeton=_empreinte(jeton), prepare_par=par
    )
    tracer(par=par, verbe="preparer_appareil", objet=appareil)
    return appareil, jeton


@transaction.atomic
def revoquer_appareil(*, appareil: Appareil, par: Compte) -> Appareil:
    """Refuse what a lost or stolen device would send from now on; what it sent is kept."""
    appareil = Appareil.objects.select_for_update(of=("self",)).get(pk=appareil.pk)
    exiger_sur_seance(par, appareil.seance)
    if appareil.revoque_le is None:
        appareil.revoque_le, appareil.revoque_par = timezone.now(), par
        appareil.save(update_fields=["revoque_le", "revoque_par"])
        tracer(par=par, verbe="revoquer_appareil", objet=appareil)
    return appareil


def porteur(jeton: str) -> tuple[Acces, Appareil | None] | None:
    """Return who may send with this token: a device of a séance, or whoever holds its link.

    Nothing when it is unknown, revoked, or too old: the device then keeps its queue.
    """
    if jeton.startswith(PREFIXE):
        return _appareil(jeton)
    trouve = derriere(jeton, None)
    if trouve is None:
        return None
    acces, maintenant = trouve[0], timezone.now()
    if acces.par_feuille or not acces.recoit(maintenant) or not acces.a_commence(maintenant):
        return None
    return acces, None


def _appareil(jeton: str) -> tuple[Acces, Appareil] | None:
    appareil = (
        Appareil.objects.select_related("seance__acces__collecte__version")
        .defer("seance__acces__collecte__version__definition")
        .filter(jeton=_empreinte(jeton), revoque_le__isnull=True)
        .first()
    )
    if appareil is None:
        return None
    acces = appareil.seance.acces
    return (acces, appareil) if acces.recoit(timezone.now()) else None
