"""Erase what has no more reason to be kept. Run each night: ``manage.py purger``."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from enquetes.models import Collecte, EtatPassation
from enquetes.signaux import reponses_effacees
from voix.comptes.actions.traces import tracer

BROUILLON_JOURS = 30
"""A draft that nobody came back to: as long as the phone keeps its cookie."""


@dataclass(frozen=True, slots=True)
class Purge:
    """How many were erased; says nothing of whom."""

    brouillons: int
    passations: int


def fin_de_conservation(collecte: Collecte) -> date | None:
    """Return the day from which the answers are erased; nothing while the collecte is not closed."""
    if collecte.close_le is None:
        return None
    mois = collecte.close_le.month - 1 + collecte.conservation_mois
    # The first day of the next month: exists in every month, and never a day too early.
    annee, mois = collecte.close_le.year + (mois + 1) // 12, (mois + 1) % 12 + 1
    return date(annee, mois, 1)


@transaction.atomic
def purger_reponses(*, au: date, par: str) -> Purge:
    """Erase drafts left for ``BROUILLON_JOURS`` days, and answers past their time.

    A sent passation keeps its bare identifier, without answers: what was published stays audited.
    """
    limite = au - timedelta(days=BROUILLON_JOURS)
    brouillons = passations = 0
    for collecte in Collecte.objects.order_by("pk"):
        brouillons += _oublier(collecte, limite, par)
        fin = fin_de_conservation(collecte)
        if fin is not None and fin <= au:
            passations += _effacer(collecte, par)
    return Purge(brouillons, passations)


def _oublier(collecte: Collecte, limite: date, par: str) -> int:
    nombre, _ = collecte.passations.filter(etat=EtatPassation.BROUILLON, jour__lt=limite).delete()
    if nombre:
        tracer(par=par, verbe="purger_brouillons", objet=collecte, nombre=nombre)
    return nombre


def _effacer(collecte: Collecte, par: str) -> int:
    nombre = collecte.passations.terminees().update(
        etat=EtatPassation.EFFACEE, reponses={}, code_effacement=None, langue=""
    )
    if nombre:
        reponses_effacees.send(sender=type(collecte))
        tracer(par=par, verbe="purger_reponses", objet=collecte, nombre=nombre)
    return nombre
