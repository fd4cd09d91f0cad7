"""What a séance still waits for two days later: told on its screens, to who ran it.

Nothing is sent and no address is kept: whoever opens « Séances » reads it (collecte §2.8).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count
from django.utils import timezone

from enquetes.models import (
    Appareil,
    EtatPassation,
    EtatSeance,
    FeuilleSaisie,
    Passation,
    Rapport,
    Seance,
)
from voix.commun.francais import jour_en_mots

PATIENCE: Final = timedelta(days=2)
"""Forty-eight hours: what had no network has found one by then, or needs somebody."""


@dataclass(frozen=True, slots=True)
class Rappel:
    """One séance and what is to be done for it, in whole sentences."""

    seance: Seance
    phrases: tuple[str, ...]


def rappels(seances: Iterable[Seance]) -> list[Rappel]:
    """Return what to remind of, the oldest séance first; four statements however many there are."""
    maintenant, aujourdhui = timezone.now(), timezone.localdate()
    vieilles = [
        seance
        for seance in seances
        if seance.collecte_id is not None and seance.prevue_le <= maintenant - PATIENCE
    ]
    dites: dict[int, list[str]] = {seance.pk: [] for seance in vieilles}
    attendues = {seance.pk: seance for seance in vieilles if seance.recoit(maintenant)}
    _des_appareils(attendues, dites, aujourdhui - PATIENCE)
    _des_annonces(attendues, dites)
    _du_papier(vieilles, dites, aujourdhui)
    return [
        Rappel(seance, tuple(dites[seance.pk]))
        for seance in sorted(vieilles, key=lambda s: (s.prevue_le, s.pk))
        if dites[seance.pk]
    ]


def _des_appareils(
    attendues: dict[int, Seance], dites: dict[int, list[str]], limite: date
) -> None:
    """Tell devices that said they keep answers, and those silent since the séance.

    One that was withdrawn, lost or stolen, is told too: what it kept is not here (collecte §7, line 25).
    """
    for appareil in Appareil.objects.filter(seance__in=attendues).order_by("pk"):
        seance = attendues[appareil.seance_id]
        silencieux = appareil.vu_le is None or appareil.vu_le < timezone.localdate(
            seance.prevue_le
        )
        if appareil.revoque_le is not None:
            silencieux = silencieux and seance.ouverte_le is not None
            dites[seance.pk] += _d_un_retire(appareil, silencieux=silencieux)
        elif appareil.en_attente and appareil.vu_le is not None and appareil.vu_le <= limite:
            n = appareil.en_attente
            reponses = f"{n}\u00a0réponse{'s' if n > 1 else ''}"
            attend = "attendent" if n > 1 else "attend"
            dites[seance.pk].append(
                f"{appareil.nom}\u00a0: {reponses} y {attend} depuis le "
                f"{jour_en_mots(appareil.vu_le)}. Rouvrez-y le questionnaire, avec du réseau."
            )
        elif silencieux and seance.ouverte_le is not None:
            dites[seance.pk].append(
                f"{appareil.nom}\u00a0: aucune nouvelle depuis la séance. S’il a servi, "
                "rouvrez-y le questionnaire, avec du réseau."
            )


def _d_un_retire(appareil: Appareil, *, silencieux: bool) -> list[str]:
    """Return what a withdrawn device did not send: nothing when it had said that nothing waits."""
    si_retrouve = "S’il est retrouvé, exportez ce qu’il garde\u00a0: le fichier s’importe ici."
    if appareil.en_attente and appareil.vu_le is not None:
        n, jour = appareil.en_attente, jour_en_mots(appareil.vu_le)
        une = f"1\u00a0réponse y attendait le {jour}, et n’est pas reçue."
        dit = (
            f"{n}\u00a0réponses y attendaient le {jour}, et ne sont pas reçues." if n > 1 else une
        )
        return [f"{appareil.nom}, retiré\u00a0: {dit} {si_retrouve}"]
    if silencieux:
        dit = "aucune nouvelle depuis la séance. S’il a servi, ses réponses ne sont pas reçues."
        return [f"{appareil.nom}, retiré\u00a0: {dit} {si_retrouve}"]
    return []


def _des_annonces(attendues: dict[int, Seance], dites: dict[int, list[str]]) -> None:
    """Tell what the report announces and nobody received."""
    closes = [s.pk for s in attendues.values() if s.etat == EtatSeance.CLOSE]
    recues = dict(
        Passation.objects.filter(acces__seance__in=closes)
        .exclude(etat=EtatPassation.BROUILLON)
        .order_by()
        .values_list("acces__seance")
        .annotate(n=Count("pk"))
    )
    for rapport in Rapport.objects.filter(seance__in=closes):
        annoncees, recue = rapport.nb_annonces, recues.get(rapport.seance_id, 0)
        if annoncees is not None and recue < annoncees:
            dites[rapport.seance_id].append(
                f"Réponses annoncées\u00a0: {annoncees}, reçues\u00a0: {recue}."
            )


def _du_papier(vieilles: list[Seance], dites: dict[int, list[str]], aujourdhui: date) -> None:
    """Tell sheets that were to be destroyed by now, and that nobody said they are."""
    en_retard = {
        seance.pk: seance
        for seance in vieilles
        if seance.feuilles_detruites_le is None and seance.detruire_avant < aujourdhui
    }
    avec_papier = (
        FeuilleSaisie.objects.filter(seance__in=en_retard)
        .order_by()
        .values_list("seance", flat=True)
        .distinct()
    )
    for cle in avec_papier:
        dites[cle].append(
            "Les feuilles de papier devaient être détruites avant le "
            f"{jour_en_mots(en_retard[cle].detruire_avant)}. Détruisez-les, puis dites-le."
        )
