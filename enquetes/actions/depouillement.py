"""From what was committed to answers, fifty envelopes at a time (ADR 0055).

An envelope is unsealed before any lock is taken: it costs a millisecond of processor each. The
database is then asked six things for all of them, instead of ten for each. What is not simple (a
report, a card, an answer that is there already, two people at once) is opened alone, under its own lock.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import QuerySet

from enquetes.actions.codes_effaces import effaces_parmi
from enquetes.actions.effacements import vider_copies
from enquetes.actions.ouverture import (
    Quarantaine,
    SansSuite,
    codes_scelles,
    lire_reponses,
    ouvrir_enveloppe,
)
from enquetes.actions.passations import jeter_brouillons
from enquetes.actions.rafales import signaler_les_rafales
from enquetes.echanges.correspondance import rouvrir
from enquetes.models import Entree, EtatEnveloppe, Motif, Passation
from enquetes.models import Enveloppe as Ligne
from enquetes.models.effacement import attendre_les_effacements
from enquetes.parcours.enveloppe import COMPTE_RENDU, Enveloppe

JOURNAL = logging.getLogger(__name__)
LOT: Final = 50
"""Envelopes of one transaction: killed in the middle, at most so many are opened again."""


def traiter(*, identifiants: Iterable[UUID]) -> int:
    """Open what was committed; return how many became answers. Never raises for one of them.

    A database that fails leaves the envelopes new: the sweeper opens them later.
    """
    tous = list(identifiants)
    return sum(_traiter_un_lot(tous[rang : rang + LOT]) for rang in range(0, len(tous), LOT))


@dataclass(frozen=True, slots=True)
class _Ouverte:
    """An envelope unsealed: the answers, or why there are none; neither when it is opened alone."""

    ligne: Ligne
    neuve: Passation | None = None
    motif: str = ""
    code: str | None = None
    """Under which the person may erase it."""

    @property
    def pk(self) -> UUID:
        return self.ligne.pk


def _traiter_un_lot(identifiants: list[UUID]) -> int:
    try:
        lues = _lignes().filter(pk__in=identifiants, etat=EtatEnveloppe.NOUVELLE)
        ouvertes = [_desceller(ligne) for ligne in lues]
        deposees, seules = _deposer_ensemble(ouvertes)
    except IntegrityError:  # somebody stored one of them meanwhile
        deposees, seules = 0, identifiants
    except (OperationalError, InterfaceError) as erreur:
        JOURNAL.error("Enveloppes laissées pour plus tard\u00a0: %s", type(erreur).__name__)
        return 0
    return deposees + sum(_traiter_seule(pk) for pk in seules)


def _lignes() -> QuerySet[Ligne]:
    return (
        Ligne.objects.select_related("acces__collecte__version__questionnaire")
        # A definition is long, and read once a process by its hash.
        .defer("acces__collecte__version__definition")
        .order_by("pk")
    )


def _desceller(ligne: Ligne) -> _Ouverte:
    try:
        scellee = _lue(ligne)
        if scellee.q == COMPTE_RENDU or ligne.acces.collecte.entree == Entree.CARTE:
            return _Ouverte(ligne)
        neuve = lire_reponses(ligne, scellee)
        return _Ouverte(ligne, neuve=neuve, code=neuve.code_effacement)
    except (OperationalError, InterfaceError):
        raise
    except Exception as erreur:  # noqa: BLE001  (whatever it is, a person's words are kept)
        return _Ouverte(ligne, motif=_motif(erreur), code=_codes(ligne)[0])


def _codes(ligne: Ligne) -> tuple[str | None, str | None]:
    enveloppe = rouvrir(ligne.brute)
    return codes_scelles(ligne, enveloppe) if enveloppe else (None, None)


def _motif(erreur: Exception) -> str:
    if isinstance(erreur, Quarantaine):
        return erreur.motif
    # The type only: a message could hold what the person wrote.
    JOURNAL.error("Enveloppe en quarantaine\u00a0: %s", type(erreur).__name__)
    return Motif.ERREUR


@transaction.atomic
def _deposer_ensemble(ouvertes: list[_Ouverte]) -> tuple[int, list[UUID]]:
    """Store what is simple in a few statements; return how many, and those to be opened alone."""
    attendre_les_effacements()
    tenues = set(
        Ligne.objects.select_for_update()
        .filter(pk__in=[une.pk for une in ouvertes], etat=EtatEnveloppe.NOUVELLE)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    effaces = effaces_parmi(une.code for une in ouvertes)
    perdues = [une.pk for une in ouvertes if une.pk in tenues and une.code in effaces]
    _laisser_sans_suite(perdues)
    suivies = [une for une in ouvertes if une.pk in tenues.difference(perdues)]
    simples = _simples([une.neuve for une in suivies if une.neuve is not None])
    de = {une.pk: une.ligne for une in suivies}
    signaler_les_rafales((de[simple.pk], simple) for simple in simples)
    Passation.objects.bulk_create(simples)
    deposees = [neuve.pk for neuve in simples]
    Ligne.objects.filter(pk__in=deposees).update(
        etat=EtatEnveloppe.OUVERTE, motif="", recue_a=None, code_effacement=""
    )
    refusees = [une for une in suivies if une.motif]
    _mettre_en_quarantaine(refusees)
    rangees = {*deposees, *perdues, *(une.pk for une in refusees)}
    return len(deposees), sorted(tenues - rangees)


def _laisser_sans_suite(cles: list[UUID]) -> None:
    """Empty what the person erased before it arrived, and the draft that it was to end."""
    if cles:
        vider_copies(Ligne.objects.filter(pk__in=cles))
        jeter_brouillons(Passation.objects.filter(pk__in=cles))


def _mettre_en_quarantaine(refusees: list[_Ouverte]) -> None:
    ensemble: dict[tuple[str, str | None], list[UUID]] = defaultdict(list)
    for une in refusees:
        ensemble[une.motif, une.code].append(une.pk)
    for (motif, code), cles in ensemble.items():
        Ligne.objects.filter(pk__in=cles).update(
            etat=EtatEnveloppe.QUARANTAINE, motif=motif, recue_a=None, code_effacement=code or ""
        )


def _simples(neuves: list[Passation]) -> list[Passation]:
    """Leave out what is there already; a code that somebody else drew is not kept twice."""
    deja = set(
        Passation.objects.filter(pk__in=[neuve.pk for neuve in neuves]).values_list(
            "pk", flat=True
        )
    )
    codes = [neuve.code_effacement for neuve in neuves if neuve.code_effacement]
    pris = set(
        Passation.objects.filter(code_effacement__in=codes).values_list(
            "code_effacement", flat=True
        )
    )
    simples = [neuve for neuve in neuves if neuve.pk not in deja]
    for neuve in simples:
        if neuve.code_effacement in pris:
            neuve.code_effacement = None
        elif neuve.code_effacement:
            pris.add(neuve.code_effacement)
    return simples


# --- alone ---------------------------------------------------------------------------------------


def _traiter_seule(pk: UUID) -> bool:
    try:
        with transaction.atomic():
            attendre_les_effacements()
            ligne = _lignes().select_for_update(of=("self",)).get(pk=pk)
            if ligne.etat != EtatEnveloppe.NOUVELLE:
                return False
            ouvrir_enveloppe(ligne, _lue(ligne))
            return _marquer(ligne, EtatEnveloppe.OUVERTE)
    except SansSuite:
        return _marquer_seule(pk, EtatEnveloppe.SANS_SUITE)
    except (OperationalError, InterfaceError) as erreur:
        JOURNAL.error("Enveloppe laissée pour plus tard\u00a0: %s", type(erreur).__name__)
        return False
    except Exception as erreur:  # noqa: BLE001  (whatever it is, a person's words are kept)
        return _marquer_seule(pk, EtatEnveloppe.QUARANTAINE, _motif(erreur))


def _lue(ligne: Ligne) -> Enveloppe:
    enveloppe = rouvrir(ligne.brute)
    if enveloppe is None:
        raise Quarantaine(Motif.SCEAU)
    return enveloppe


def _marquer(ligne: Ligne, etat: EtatEnveloppe, motif: str = "") -> bool:
    """Note the end and take the moment away: from now on only the day is known."""
    ligne.code_effacement = ""
    if etat == EtatEnveloppe.QUARANTAINE:
        code, carte = _codes(ligne)
        if effaces_parmi([code]):
            etat, motif = EtatEnveloppe.SANS_SUITE, ""
        else:
            ligne.code_effacement = carte or code or ""
    if etat == EtatEnveloppe.SANS_SUITE:
        _laisser_sans_suite([ligne.pk])
        return False
    ligne.etat, ligne.motif, ligne.recue_a = etat, motif, None
    if _porte_une_carte(ligne, etat):
        ligne.brute = ""
    ligne.save(update_fields=["etat", "motif", "recue_a", "brute", "code_effacement"])
    return etat == EtatEnveloppe.OUVERTE


def _porte_une_carte(ligne: Ligne, etat: EtatEnveloppe) -> bool:
    """Return whether an opened copy would still tell which card gave which answers (ADR 0091)."""
    return etat == EtatEnveloppe.OUVERTE and ligne.acces.collecte.entree == Entree.CARTE


def _marquer_seule(pk: UUID, etat: EtatEnveloppe, motif: str = "") -> bool:
    try:
        with transaction.atomic():
            attendre_les_effacements()
            return _marquer(_lignes().get(pk=pk), etat, motif)
    except (OperationalError, InterfaceError):
        return False
