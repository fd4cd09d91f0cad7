"""The links of a collecte: one for each place whose answers must be told apart."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from enquetes.actions.echeances import exiger_jour_proche
from enquetes.droits import exiger_sur_collecte
from enquetes.models import Acces, Collecte, EtatCollecte
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Structure, Territoire
from voix.comptes.roles import Droit


@transaction.atomic
def ajouter_acces(
    *, collecte: Collecte, territoire: Territoire, par: Compte, structure: Structure | None = None
) -> Acces:
    """Add a link whose answers are told apart by their place; the same place keeps its link.

    A place whose link was closed gets a new one: the old posters stay without effect.
    """
    collecte = _verrouiller(collecte, par)
    _exiger_un_lieu_de_la_collecte(collecte, territoire, structure)
    acces, cree = Acces.objects.get_or_create(
        collecte=collecte,
        territoire=territoire,
        structure=structure,
        principal=False,
        ouvert=True,
        seance=None,
        par_feuille=False,
    )
    if cree:
        tracer(par=par, verbe="ajouter_acces", objet=acces)
    return acces


@transaction.atomic
def ajouter_les_acces(
    *, collecte: Collecte, lieux: Iterable[tuple[Territoire, Structure | None]], par: Compte
) -> list[Acces]:
    """Add one link for each place, all of them or none."""
    return [
        ajouter_acces(collecte=collecte, territoire=territoire, structure=structure, par=par)
        for territoire, structure in lieux
    ]


@transaction.atomic
def fermer_acces(*, acces: Acces, par: Compte) -> Acces:
    """Make a link lead nowhere; what came through it is kept."""
    _verrouiller(acces.collecte, par)
    if acces.ouvert:
        acces.ouvert = False
        acces.save(update_fields=["ouvert"])
        tracer(par=par, verbe="fermer_acces", objet=acces)
    return acces


@transaction.atomic
def rouvrir_acces(*, acces: Acces, par: Compte) -> Acces:
    """Let a closed link lead to the collecte again, unless its place got a newer one."""
    collecte = _verrouiller(acces.collecte, par)
    if acces.ouvert:
        return acces
    memes = collecte.acces.des_lieux().filter(
        territoire=acces.territoire, structure=acces.structure, par_feuille=acces.par_feuille
    )
    if not acces.principal and memes.filter(principal=False, ouvert=True).exists():
        raise EtatIncompatible(
            "Ce lieu a déjà un autre lien ouvert. Utilisez-le, ou fermez-le d’abord."
        )
    acces.ouvert = True
    acces.save(update_fields=["ouvert"])
    tracer(par=par, verbe="rouvrir_acces", objet=acces)
    return acces


@transaction.atomic
def dater_acces(*, acces: Acces, expire_le: date | None, par: Compte) -> Acces:
    """Set the last day of a link; without a date it ends with the collecte."""
    collecte = _verrouiller(acces.collecte, par)
    if expire_le == acces.expire_le:
        return acces
    if expire_le is not None and expire_le < timezone.localdate():
        raise SaisieInvalide(
            "Cette date est passée. Choisissez un jour à venir, ou fermez le lien tout de suite."
        )
    if expire_le is not None and expire_le > collecte.ferme_le:
        raise SaisieInvalide(
            f"La collecte ferme le {collecte.ferme_le:%d/%m/%Y}. Choisissez une date qui vient avant."
        )
    if expire_le is not None:
        exiger_jour_proche(expire_le)
    acces.expire_le = expire_le
    acces.save(update_fields=["expire_le"])
    tracer(par=par, verbe="dater_acces", objet=acces)
    return acces


def _verrouiller(collecte: Collecte, par: Compte) -> Collecte:
    """Lock the row: two links for one place cannot be made at once."""
    verrouillee = Collecte.objects.select_for_update(of=("self",)).get(pk=collecte.pk)
    exiger_sur_collecte(par, Droit.OUVRIR_COLLECTE, verrouillee)
    if verrouillee.etat == EtatCollecte.CLOSE:
        raise EtatIncompatible("La collecte est close\u00a0: ses liens ne changent plus.")
    return verrouillee


def _exiger_un_lieu_de_la_collecte(
    collecte: Collecte, territoire: Territoire, structure: Structure | None
) -> None:
    if collecte.structure_id is not None:
        raise SaisieInvalide(
            "Cette collecte est celle d’une seule structure. Son lien principal suffit."
        )
    if not territoire.chemin.startswith(collecte.territoire.chemin):
        raise SaisieInvalide("Ce territoire n’est pas dans celui de la collecte.")
    if structure is None and territoire == collecte.territoire:
        raise SaisieInvalide(
            "C’est le territoire de toute la collecte. Utilisez son lien principal."
        )
    if structure is not None and structure.territoire_id != territoire.pk:
        raise SaisieInvalide("Cette structure n’est pas dans ce territoire.")
