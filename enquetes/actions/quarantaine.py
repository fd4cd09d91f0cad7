"""What waits for coordination: try again, one by one or a whole reason at once; set aside, with a reason."""

from collections import Counter
from typing import Final

from django.db import transaction
from django.utils import timezone

from enquetes.actions.depouillement import traiter
from enquetes.actions.fichiers_scelles import destination, lien_scelle
from enquetes.droits import exiger_sur_lieu
from enquetes.echanges.correspondance import rouvrir as rouvrir_copie
from enquetes.models import Collecte, EtatEnveloppe, Motif
from enquetes.models import Enveloppe as Ligne
from voix.commun.erreurs import SaisieInvalide
from voix.commun.francais import lire_texte
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte
from voix.comptes.roles import Droit

RAISON_AU_PLUS: Final = 200
ENSEMBLE_AU_PLUS: Final = 500
"""Tried again by one press: a few seconds. Drawn: those that never open do not hold back the others."""


@transaction.atomic
def ecarter(*, enveloppe: Ligne, raison: str, par: Compte) -> Ligne:
    """Set aside an envelope that cannot become answers, with the reason. Reversible."""
    ligne = _examiner(enveloppe, par)
    dite = lire_texte(raison, limite=RAISON_AU_PLUS, vide="Dites pourquoi vous l’écartez.")
    ligne.etat, ligne.raison = EtatEnveloppe.ECARTEE, dite
    ligne.save(update_fields=["etat", "raison"])
    tracer(par=par, verbe="ecarter_enveloppe", objet=ligne, motif=ligne.motif)
    return ligne


def rouvrir(*, enveloppe: Ligne, par: Compte) -> bool:
    """Try again, once the key is back or the fault of Voix corrected; return whether it opened.

    One that is of another séance is filed there, if the account runs it.
    """
    with transaction.atomic():
        ligne = _examiner(enveloppe, par)
        _remettre(ligne, par)
        tracer(par=par, verbe="rouvrir_enveloppe", objet=ligne, motif=ligne.motif)
    return bool(traiter(identifiants=[ligne.pk]))


def rouvrir_toutes(*, motif: Motif, par: Compte) -> tuple[int, int, int]:
    """Try again all that wait for one reason; return how many were tried, opened, and left untried."""
    visibles = Ligne.visibles_par(par).filter(etat=EtatEnveloppe.QUARANTAINE, motif=motif)
    if motif != Motif.LIEN:
        visibles = visibles.defer("brute")  # up to 200 kB each, read when it is opened
    with transaction.atomic():
        restent = max(0, visibles.count() - ENSEMBLE_AU_PLUS)
        tirees = list(visibles.order_by("?").values_list("pk", flat=True)[:ENSEMBLE_AU_PLUS])
        lignes = list(
            visibles.filter(pk__in=tirees).select_for_update(of=("self",)).order_by("pk")
        )
        par_collecte: Counter[Collecte] = Counter(ligne.acces.collecte for ligne in lignes)
        for ligne in lignes:
            _remettre(ligne, par)
        for collecte, nombre in par_collecte.items():
            details = {"motif": motif, "nombre": nombre}
            tracer(par=par, verbe="rouvrir_enveloppes", objet=collecte, **details)
    return len(lignes), traiter(identifiants=[ligne.pk for ligne in lignes]), restent


def _remettre(ligne: Ligne, par: Compte) -> None:
    if ligne.motif == Motif.LIEN:
        enveloppe = rouvrir_copie(ligne.brute)
        lien = lien_scelle(enveloppe) if enveloppe else None
        trouve = destination(lien, ligne.acces, par)
        if trouve is not None and trouve != ligne.acces:
            # Its own séance did not have it at its closing: late there, whatever the other's hour was.
            ligne.acces, ligne.tardive = trouve, trouve.est_trop_tard()
    ligne.etat, ligne.recue_a = EtatEnveloppe.NOUVELLE, timezone.now()
    ligne.save(update_fields=["acces", "tardive", "etat", "recue_a"])


def _examiner(enveloppe: Ligne, par: Compte) -> Ligne:
    ligne = (
        Ligne.objects.select_for_update(of=("self",))
        .select_related("acces__collecte")
        .get(pk=enveloppe.pk)
    )
    exiger_sur_lieu(
        par,
        Droit.VOIR_SEANCES,
        territoire=ligne.acces.territoire,
        structure=ligne.acces.structure,
    )
    if ligne.etat not in {EtatEnveloppe.QUARANTAINE, EtatEnveloppe.ECARTEE}:
        raise SaisieInvalide("Cette enveloppe n’est plus en quarantaine. Rechargez la page.")
    return ligne
