"""Erase what a person sent, at her request: with a code, or with the number of a lost card (§8)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from enquetes.actions import journal_effacements as journal
from enquetes.actions.codes_effaces import empreinte_effacee, retenir
from enquetes.actions.passations import empreinte_du_code, jeter_brouillons
from enquetes.actions.suivi.cartes import (
    carte_de_code,
    identifiants_de,
    identifiants_deja_ouverts,
)
from enquetes.actions.suivi.cohortes import exiger_sur_cohorte, exiger_une_liste
from enquetes.actions.tours import oublier_tours_de
from enquetes.models import Carte, Collecte, Enveloppe, EtatEnveloppe, EtatPassation, Passation
from enquetes.models.effacement import attendre_les_ouvertures
from enquetes.parcours import code_effacement as codes
from enquetes.signaux import reponses_effacees
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

_PAQUET: Final = 400
_PERSONNE: Final = UUID(int=0)
_AUCUN: Final[Mapping[int, UUID]] = {}
VIDE: Final[dict[str, Any]] = {
    "etat": EtatPassation.EFFACEE,
    "reponses": {},
    "code_effacement": None,
    "langue": "",
    "signes": "",
}
"""What a tombstone holds: where it was counted, and nothing of what was said."""


@transaction.atomic
def effacer_par_code(*, code: str, brouillons: Mapping[int, UUID] = _AUCUN) -> None:
    """Erase the answers sent under this code: that of the last page, or a card's (all its waves).

    Whether there were any is told to nobody, and no trace is written: a trace has a time. The bare
    identifier stays, without answers: two counts that differ by one person can then be told apart
    (confidentialité §6). What is still on a device, or waits to be opened, is erased as it comes.

    ``brouillons``: what the browser that asks began, by card; nothing else leads there (ADR 0132).
    """
    lu = codes.lire(code)
    if lu is None:
        return
    carte = carte_de_code(lu)
    empreinte = empreinte_du_code(lu)
    commences = [b for pk, b in brouillons.items() if carte is not None and pk == carte.pk]
    _effacer(
        Passation.objects.filter(
            Q(code_effacement=empreinte)
            | Q(pk__in=[*identifiants_de(carte), *commences] if carte else [])
        ),
        [empreinte, *([empreinte_effacee(carte)] if carte else [])],
        de_la_carte=[*identifiants_deja_ouverts(carte), *commences] if carte else (),
    )


@transaction.atomic
def effacer_carte(*, carte: Carte, numero: int, par: Compte) -> None:
    """Erase what was sent with a card that its family has lost; staff see nothing of it.

    ``numero``: typed again, against a slip of the finger. The trace names the cohort, not the card.
    """
    exiger_sur_cohorte(par, carte.cohorte)
    exiger_une_liste(carte.cohorte)
    if carte.cohorte.est_coupee:
        raise EtatIncompatible(
            "Le lien est coupé\u00a0: aucune carte ne mène plus à des réponses."
        )
    if numero != carte.numero:
        raise SaisieInvalide("Ce n’est pas le numéro de cette carte. Rien n’est effacé.")
    _effacer(
        Passation.objects.filter(pk__in=identifiants_de(carte)),
        [empreinte_effacee(carte)],
        de_la_carte=identifiants_deja_ouverts(carte),
    )
    tracer(par=par, verbe="effacer_carte", objet=carte.cohorte)


@transaction.atomic
def rejouer_effacements(*, par: str) -> int:
    """Erase again what a backup put back has brought back; return how many."""
    inscrits = journal.inscrits()
    if not inscrits:
        return 0
    vivantes = Passation.objects.exclude(etat=EtatPassation.EFFACEE).order_by()
    revenues: defaultdict[int, list[UUID]] = defaultdict(list)
    lues = vivantes.values_list("pk", "code_effacement", "collecte")
    for pk, code, collecte_id in lues.iterator(chunk_size=2000):
        if journal.empreinte(pk) in inscrits or (code and journal.du_code(code) in inscrits):
            revenues[collecte_id].append(pk)
    for collecte in Collecte.objects.filter(pk__in=revenues).order_by("pk"):
        siennes = revenues[collecte.pk]
        for debut in range(0, len(siennes), _PAQUET):
            _vider(Passation.objects.filter(pk__in=siennes[debut : debut + _PAQUET]))
        tracer(par=par, verbe="rejouer_effacements", objet=collecte, nombre=len(siennes))
    return sum(map(len, revenues.values()))


def _effacer(
    visees: QuerySet[Passation], empreintes: list[str], *, de_la_carte: Collection[UUID] = ()
) -> None:
    """Erase what is there; ``de_la_carte``: what a card makes is noted whether it is there or not.

    Answers given with a card hold no code: nothing else would know them when they arrive (ADR 0135).
    """
    attendre_les_ouvertures()
    retenir(empreintes=empreintes)
    oublier_tours_de(passations=de_la_carte)
    trouvees = visees.exclude(etat=EtatPassation.EFFACEE).select_for_update().order_by("pk")
    identifiants = list(trouvees.values_list("pk", flat=True))
    journal.inscrire({*identifiants, *de_la_carte}, code=empreintes[0])
    vider_copies(Enveloppe.objects.filter(code_effacement__in=empreintes))
    # With nobody to look for, Django would ask the database nothing: that would take less time.
    _vider(Passation.objects.filter(pk__in=identifiants or [_PERSONNE]))


def _vider(visees: QuerySet[Passation]) -> None:
    jeter_brouillons(visees)
    effacees = visees.filter(etat=EtatPassation.TERMINEE)
    # The sealed copy that a device sent holds the same words.
    vider_copies(Enveloppe.objects.filter(pk__in=effacees.values("pk")))
    effacees.update(**VIDE)
    reponses_effacees.send(sender=Passation)


def vider_copies(copies: QuerySet[Enveloppe]) -> None:
    """Empty sealed copies, opened or not: what they hold never comes back."""
    copies.update(
        etat=EtatEnveloppe.SANS_SUITE, brute="", motif="", recue_a=None, code_effacement=""
    )
