"""The inbox: commit the sealed copy, acknowledge, then open (collecte §2.4, §2.5).

A device never hears of what happens after the commit: what does not open waits in quarantine, on
the server. No trace is written when answers arrive: a time beside an answer tells who answered.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.utils import timezone

from enquetes.actions.depouillement import traiter
from enquetes.echanges.correspondance import cle_de, empreinte_de, fermer
from enquetes.models import (
    Acces,
    Appareil,
    EtatEnveloppe,
)
from enquetes.models import Enveloppe as Ligne
from enquetes.models.depot import deposer
from enquetes.parcours.enveloppe import Enveloppe, identifiant, lire

JOURNAL = logging.getLogger(__name__)

OK, DUP, CONFLICT, RETRY = "ok", "dup", "conflict", "retry"
QUARANTINE, GONE, MALFORMED = "quarantine", "gone", "malformed"
"""Outcomes told to a device. It forgets ``ok``, ``dup``, ``quarantine`` and ``gone`` only."""

ITEMS_MAX: Final = 50
RETARD: Final = timedelta(minutes=5)
"""An envelope still new after that was committed and never opened: the server was killed."""
CONSERVATION: Final = timedelta(days=30)
BALAYES_AU_PLUS: Final = 200


@dataclass(frozen=True, slots=True)
class Reception:
    """What to acknowledge, and what is to be opened afterwards."""

    issues: dict[str, str]
    nouvelles: tuple[UUID, ...]


def recevoir(
    *,
    items: Iterable[Any],
    acces: Acces,
    appareil: Appareil | None,
    en_attente: int | None = None,
    importee: bool = False,
) -> Reception:
    """Commit the sealed copies together, then say what became of each item.

    A database that cannot commit is said ``retry``: nothing is ever acknowledged falsely.
    """
    lues: dict[UUID, Enveloppe] = {}
    issues: dict[str, str] = {}
    for item in items:
        enveloppe = lire(item)
        if enveloppe is None:
            lu = identifiant(item)
            issues[str(lu) if lu else "?"] = MALFORMED
        elif lues.setdefault(enveloppe.id, enveloppe) != enveloppe:
            issues[str(enveloppe.id)] = CONFLICT
    try:
        lignes = [_ligne(une, acces, appareil, importee=importee) for une in lues.values()]
        neuves, connues = _committer(lignes, appareil, en_attente)
    except (OperationalError, InterfaceError) as erreur:
        JOURNAL.error("Boîte indisponible\u00a0: %s", type(erreur).__name__)
        return Reception(issues | {str(lu): RETRY for lu in lues}, ())
    for lu, enveloppe in lues.items():
        cle = cle_de(lu)
        issues.setdefault(str(lu), OK if cle in neuves else _issue(enveloppe, connues.get(cle)))
    return Reception(issues, tuple(neuves))


def _committer(
    lignes: list[Ligne], appareil: Appareil | None, en_attente: int | None
) -> tuple[set[UUID], dict[UUID, Ligne]]:
    """Store what is new and return it with what was there already. One statement commits it all."""
    neuves = deposer(lignes)
    deja = [ligne.pk for ligne in lignes if ligne.pk not in neuves]
    connues = Ligne.objects.defer("brute").in_bulk(deja) if deja else {}
    if appareil is not None:
        _noter_le_contact(appareil, en_attente)
    return neuves, connues


def _noter_le_contact(appareil: Appareil, en_attente: int | None) -> None:
    """Note the day, and how many wait there; who says nothing of it, as the trial of a token, changes nothing."""
    attente = appareil.en_attente if en_attente is None else en_attente
    vu = (timezone.localdate(), attente)
    if (appareil.vu_le, appareil.en_attente) != vu:
        Appareil.objects.filter(pk=appareil.pk).update(vu_le=vu[0], en_attente=vu[1])


def _ligne(
    enveloppe: Enveloppe, acces: Acces, appareil: Appareil | None, *, importee: bool
) -> Ligne:
    maintenant = timezone.now()
    return Ligne(
        pk=cle_de(enveloppe.id),
        acces=acces,
        appareil=appareil,
        empreinte=empreinte_de(enveloppe),
        brute=fermer(enveloppe),
        jour=timezone.localdate(maintenant),
        recue_a=maintenant,
        tardive=acces.est_trop_tard(),
        importee=importee,
    )


def _issue(enveloppe: Enveloppe, connue: Ligne | None) -> str:
    if connue is None:  # deleted at the end of its retention, between two statements
        return RETRY
    if connue.empreinte != empreinte_de(enveloppe):
        return CONFLICT
    if connue.etat == EtatEnveloppe.SANS_SUITE:
        return GONE
    if connue.etat in {EtatEnveloppe.QUARANTAINE, EtatEnveloppe.ECARTEE}:
        return QUARANTINE
    return DUP


def _fichier_de_renvoi() -> Path:
    """Return the file, outside the database, that a restored backup does not know."""
    return Path(settings.DOSSIER_DONNEES) / "renvoyer-depuis"


def renvoyer_depuis() -> int:
    """Return since when devices must send their bin again, in seconds; 0 when they need not."""
    try:
        return int(_fichier_de_renvoi().read_text())
    except (OSError, ValueError):
        return 0


def demander_le_renvoi(*, depuis: datetime) -> None:
    """Ask every device, at its next contact, for what it sent since then: a backup was restored."""
    _fichier_de_renvoi().write_text(str(int(depuis.timestamp())))


def il_en_reste() -> bool:
    """Return whether something acknowledged is still to be opened."""
    return _a_ouvrir(timedelta()).exists()


def en_retard() -> int:
    """Return how many envelopes wait for more than five minutes: should be none."""
    return _a_ouvrir(RETARD).count()


def balayer(*, age: timedelta = timedelta()) -> int:
    """Open what was left: after a kill, a full disk, a stopped database."""
    attente = _a_ouvrir(age).order_by("recue_a").values_list("pk", flat=True)
    return traiter(identifiants=list(attente[:BALAYES_AU_PLUS]))


def ouvrir_avant_de_compter(**ou: Any) -> int:
    """Open what was acknowledged and waits, so that no count leaves it out.

    ``ou`` says of which link: what a séance or a collecte received.
    """
    lus = _a_ouvrir(timedelta()).filter(**ou).values_list("pk", flat=True)
    return traiter(identifiants=list(lus))


def _a_ouvrir(age: timedelta) -> QuerySet[Ligne]:
    return Ligne.objects.filter(etat=EtatEnveloppe.NOUVELLE, recue_a__lte=timezone.now() - age)


def purger(*, anciennete: timedelta = CONSERVATION) -> int:
    """Empty the sealed copies of what was opened long ago; identifiers and hashes stay for ``dup``."""
    limite = timezone.localdate() - anciennete
    finies = [EtatEnveloppe.OUVERTE, EtatEnveloppe.SANS_SUITE]
    return (
        Ligne.objects.filter(etat__in=finies, jour__lt=limite).exclude(brute="").update(brute="")
    )
