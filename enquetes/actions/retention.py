"""Erase what has no more reason to be kept. Run each night: ``manage.py purger``."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from django.db import transaction
from django.utils import timezone

from enquetes.actions import codes_effaces
from enquetes.actions import journal_effacements as journal
from enquetes.actions.effacements import VIDE, rejouer_effacements, vider_copies
from enquetes.actions.passations import jeter_brouillons
from enquetes.actions.suivi.coupure import (
    couper_lien,
    detruire_les_cles_restees,
    liens_a_couper,
)
from enquetes.models import Collecte, Enveloppe, FeuilleSaisie
from enquetes.signaux import reponses_effacees
from voix.comptes.actions.traces import tracer

JOURNAL = logging.getLogger(__name__)
BROUILLON_JOURS = 30
"""A draft that nobody came back to: as long as the phone keeps its cookie."""


@dataclass(frozen=True, slots=True)
class Purge:
    """How many were erased; says nothing of whom."""

    brouillons: int
    passations: int
    echecs: int = 0
    """Steps that failed, a link or a collecte being one: the next night tries them again."""


def fin_de_conservation(collecte: Collecte) -> date:
    """Return the day from which the answers are erased, counted from the closing.

    A collecte that nobody has closed counts from its last day: forgotten, it would keep for ever.
    ``date.max`` when the calendar ends before that day.
    """
    fermee = timezone.localdate(collecte.close_le) if collecte.close_le else collecte.ferme_le
    mois = fermee.month - 1 + collecte.conservation_mois
    # The first day of the next month: exists in every month, and never a day too early.
    annee, mois = fermee.year + (mois + 1) // 12, (mois + 1) % 12 + 1
    return date(annee, mois, 1) if annee <= MAXYEAR else date.max


def purger_reponses(*, au: date, par: str) -> Purge:
    """Cut the links whose day has come; erase again what a backup brought back, drafts left for ``BROUILLON_JOURS`` days, and answers past their time.

    A sent passation keeps its bare identifier, without answers: what was published stays audited.
    Each link, each step and each collecte is a transaction of its own: one that fails stops none of the others.
    """
    limite = au - timedelta(days=BROUILLON_JOURS)
    brouillons = passations = 0
    echecs: list[str] = []
    for cohorte in liens_a_couper(au=au):
        with _a_part(f"lien {cohorte.pk}", echecs):
            couper_lien(cohorte=cohorte, par=par)
    with _a_part("clés", echecs):
        detruire_les_cles_restees()
    with _a_part("effacements", echecs):
        rejouer_effacements(par=par)
        journal.tailler(au=au)
        codes_effaces.oublier(au=au)
    for collecte in Collecte.objects.order_by("pk"):
        with _a_part(f"collecte {collecte.pk}", echecs):
            oublies = _oublier(collecte, limite, par)
            effacees = _effacer(collecte, par) if fin_de_conservation(collecte) <= au else 0
            brouillons, passations = brouillons + oublies, passations + effacees
    return Purge(brouillons, passations, len(echecs))


@contextmanager
def _a_part(quoi: str, echecs: list[str]) -> Iterator[None]:
    """Do one step in its own transaction; note that it failed, without a word of what it held."""
    try:
        with transaction.atomic():
            yield
    except Exception as erreur:  # noqa: BLE001  (whatever it is, the others have their day too)
        # The kind of error only: its message may quote an answer.
        JOURNAL.error("Purge, %s\u00a0: %s", quoi, type(erreur).__name__)
        echecs.append(quoi)


def _oublier(collecte: Collecte, limite: date, par: str) -> int:
    nombre = jeter_brouillons(collecte.passations.filter(jour__lt=limite))
    if nombre:
        tracer(par=par, verbe="purger_brouillons", objet=collecte, nombre=nombre)
    return nombre


def _effacer(collecte: Collecte, par: str) -> int:
    # Both entries of a sheet hold the same answers.
    FeuilleSaisie.objects.filter(passation__collecte=collecte).delete()
    # So do the sealed copies, those that never opened too.
    vider_copies(Enveloppe.objects.filter(acces__collecte=collecte).exclude(brute=""))
    nombre = collecte.passations.terminees().update(**VIDE)
    if nombre:
        reponses_effacees.send(sender=type(collecte))
        tracer(par=par, verbe="purger_reponses", objet=collecte, nombre=nombre)
    return nombre
