"""Prepare, open and close a séance. Nothing here reads an answer."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from enquetes.actions.boite import ouvrir_avant_de_compter
from enquetes.droits import exiger_sur_lieu, exiger_sur_seance
from enquetes.models import (
    Acces,
    Collecte,
    Entree,
    Enveloppe,
    EtatCollecte,
    EtatSeance,
    MainLevee,
    Passation,
    Seance,
)
from enquetes.models.melange import melanger
from enquetes.signaux import seance_va_rouvrir
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Structure, Territoire
from voix.comptes.roles import Droit

TIRAGES_AU_PLUS: Final = 40
"""Draws of a code before giving up: with a million codes used, two draws are already rare."""


@dataclass(frozen=True, slots=True)
class ProjetSeance:
    """What is decided before a séance; nothing here is stored by itself."""

    cle: UUID
    genre: str
    titre: str
    territoire: Territoire
    prevue_le: datetime
    structure: Structure | None = None
    salle: str = ""
    collecte: Collecte | None = None


@transaction.atomic
def creer_seance(*, projet: ProjetSeance, par: Compte) -> Seance:
    """Create a séance run by ``par``; with a collecte it gets its code and its own link.

    Sending the same project twice (double tap, reload) creates one séance.
    """
    exiger_sur_lieu(
        par, Droit.ANIMER_SEANCE, territoire=projet.territoire, structure=projet.structure
    )
    _exiger_collecte(projet)
    lieu = {"territoire": projet.territoire, "structure": projet.structure}
    seance, creee = Seance.objects.get_or_create(
        cle=projet.cle,
        defaults={
            "genre": projet.genre,
            "titre": projet.titre,
            "salle": projet.salle,
            "prevue_le": projet.prevue_le,
            "collecte": projet.collecte,
            "code": _code_libre() if projet.collecte else None,
            "animateur": par,
            "creee_par": par,
            **lieu,
        },
    )
    if not creee:
        if seance.creee_par_id != par.pk:
            raise SaisieInvalide("Cette page a déjà servi. Recommencez depuis vos séances.")
        return seance
    if projet.collecte is not None:
        Acces.objects.create(collecte=projet.collecte, seance=seance, **lieu)
    tracer(par=par, verbe="creer_seance", objet=seance)
    return seance


def collectes_possibles(*, territoire: Territoire, structure: Structure | None) -> list[Collecte]:
    """Return the collectes that people present there may answer to, the newest first.

    One opened for a région is for its communes too: whoever runs séances there may ask it, without
    seeing what coordination sees of it.
    """
    ouvertes = (
        Collecte.objects.avec_son_lieu()
        .filter(
            etat__in=[EtatCollecte.PREPARATION, EtatCollecte.OUVERTE, EtatCollecte.EN_PAUSE],
            ferme_le__gte=timezone.localdate(),
            version__retiree_le__isnull=True,
        )
        .exclude(entree=Entree.CARTE)
    )
    return [une for une in ouvertes if _accueille(une, territoire, structure)]


def _accueille(collecte: Collecte, territoire: Territoire, structure: Structure | None) -> bool:
    """Return whether a séance held there may ask this collecte’s questions."""
    if collecte.structure_id is not None:
        return structure is not None and structure.pk == collecte.structure_id
    return territoire.chemin.startswith(collecte.territoire.chemin)


def _exiger_collecte(projet: ProjetSeance) -> None:
    collecte = projet.collecte
    if collecte is None:
        return
    if not _accueille(collecte, projet.territoire, projet.structure):
        raise SaisieInvalide("Cette collecte n’a pas lieu ici. Choisissez-en une autre.")
    if collecte.entree == Entree.CARTE:
        raise EtatIncompatible(
            "Cette collecte est une vague d’un suivi\u00a0: on y répond avec une carte. Préparez la "
            "tablette depuis la page du suivi."
        )
    if collecte.etat == EtatCollecte.CLOSE:
        raise EtatIncompatible("Cette collecte est close. Choisissez-en une autre.")
    if collecte.version.est_retiree:
        raise EtatIncompatible(
            "Le questionnaire de cette collecte a été retiré, car il a un défaut. Choisissez-en une autre."
        )


def _code_libre() -> str:
    """Draw eight digits that no séance has ever had: posters of old ones lead nowhere for ever."""
    for _ in range(TIRAGES_AU_PLUS):
        code = f"{secrets.randbelow(10**8):08d}"
        if not Seance.objects.filter(code=code).exists():
            return code
    raise EtatIncompatible("Aucun code n’a pu être tiré. Recommencez.")


def _verrouiller(seance: Seance, par: Compte) -> Seance:
    verrouillee = Seance.objects.select_for_update(of=("self",)).get(pk=seance.pk)
    exiger_sur_seance(par, verrouillee)
    return verrouillee


@transaction.atomic
def deplacer_seance(*, seance: Seance, prevue_le: datetime, salle: str, par: Compte) -> Seance:
    """Change when and where, before it is opened. Its code and its link stay."""
    seance = _verrouiller(seance, par)
    if seance.etat != EtatSeance.PREPARATION:
        raise EtatIncompatible("La séance a déjà été ouverte\u00a0: sa date ne change plus.")
    seance.prevue_le, seance.salle = prevue_le, salle
    seance.save(update_fields=["prevue_le", "salle"])
    tracer(par=par, verbe="deplacer_seance", objet=seance)
    return seance


@transaction.atomic
def annuler_seance(*, seance: Seance, par: Compte) -> None:
    """Remove a séance that was never opened, and of which no tablet keeps anything.

    Run in a hall without network, it is never opened: what its tablets keep would have nowhere to go.
    """
    seance = _verrouiller(seance, par)
    if seance.etat != EtatSeance.PREPARATION:
        raise EtatIncompatible(
            "La séance a déjà été ouverte\u00a0: elle ne peut plus être supprimée."
        )
    if a_des_reponses(seance):
        raise EtatIncompatible(
            "Des réponses sont arrivées\u00a0: la séance a eu lieu, et elle ne peut plus être "
            "supprimée. Fermez-la, puis faites son compte rendu."
        )
    if tablettes_qui_gardent(seance):
        raise EtatIncompatible(
            "Une tablette préparée garde peut-être des réponses\u00a0: la séance n’est pas supprimée. "
            "Si cette tablette n’a servi à personne, retirez-la d’abord."
        )
    tracer(par=par, verbe="annuler_seance", objet=seance)
    Acces.objects.filter(seance=seance).delete()
    seance.delete()


@transaction.atomic
def attendre_reponses(*, seance: Seance, nombre: int | None, par: Compte) -> Seance:
    """Say how many are to answer, so that the room reads « 5 sur 12 »; nothing: not known.

    The first number alone leads to « Tout le monde a répondu ». Changed, it is still told, but nobody
    learns any more whether it is reached: who tries numbers out would read each answer as it comes.
    """
    seance = _verrouiller(seance, par)
    if seance.etat == EtatSeance.CLOSE:
        raise EtatIncompatible("La séance est close\u00a0: son compte ne change plus.")
    if nombre == seance.nb_attendues:
        return seance
    seance.attendues_corrigees |= seance.nb_attendues is not None
    seance.nb_attendues = nombre
    seance.save(update_fields=["nb_attendues", "attendues_corrigees"])
    tracer(par=par, verbe="attendre_reponses", objet=seance)
    return seance


def a_des_reponses(seance: Seance) -> bool:
    """Return whether anything came through the séance, opened answers or sealed copies."""
    recues = Q(passations__isnull=False) | Q(enveloppes__isnull=False)
    return Acces.objects.filter(recues, seance=seance).exists()


def tablettes_qui_gardent(seance: Seance) -> int:
    """Return how many devices may hold answers: prepared and not withdrawn, or withdrawn with some that waited."""
    gardiennes = Q(revoque_le__isnull=True) | Q(en_attente__gt=0)
    return seance.appareils.filter(gardiennes).count()


def a_eu_lieu(seance: Seance) -> bool:
    """Return whether a séance that nobody opened took place, or let its time go by."""
    return timezone.now() > seance.code_jusqua or a_des_reponses(seance)


@transaction.atomic
def ouvrir_seance(*, seance: Seance, par: Compte) -> Seance:
    """Let people join, from one hour before the planned time; open again what was closed too soon."""
    seance = _verrouiller(seance, par)
    if seance.etat == EtatSeance.OUVERTE:
        return seance
    maintenant = timezone.now()
    if maintenant < seance.code_depuis:
        raise EtatIncompatible(
            "Il est trop tôt. La séance s’ouvre une heure avant le début\u00a0; "
            "si elle est avancée, changez d’abord sa date."
        )
    if maintenant > seance.code_jusqua:
        raise EtatIncompatible(
            "La séance est passée depuis plus de douze heures\u00a0: elle ne s’ouvre plus."
        )
    if seance.etat == EtatSeance.CLOSE:
        seance_va_rouvrir.send(sender=Seance, seance_id=seance.pk)
    seance.etat, seance.close_le = EtatSeance.OUVERTE, None
    seance.ouverte_le = seance.ouverte_le or maintenant
    seance.save(update_fields=["etat", "ouverte_le", "close_le"])
    tracer(par=par, verbe="ouvrir_seance", objet=seance)
    return seance


@transaction.atomic
def clore_seance(*, seance: Seance, par: Compte) -> Seance:
    """Let nobody join any more, at once. Devices still send what they keep.

    One that was run without a network may never have been opened: it is closed all the same.
    """
    seance = _verrouiller(seance, par)
    if seance.etat == EtatSeance.CLOSE:
        return seance
    tot = timezone.now() < seance.code_depuis and not a_des_reponses(seance)
    if seance.etat == EtatSeance.PREPARATION and tot:
        raise EtatIncompatible(
            "La séance n’a pas encore eu lieu. Changez son jour, ou supprimez-la."
        )
    ouvrir_avant_de_compter(acces__seance=seance)
    seance.etat, seance.close_le = EtatSeance.CLOSE, timezone.now()
    seance.save(update_fields=["etat", "close_le"])
    MainLevee.de(seance).figer()
    for modele in (Passation, Enveloppe):
        melanger(modele.objects.filter(acces__seance=seance))
    tracer(par=par, verbe="clore_seance", objet=seance)
    return seance
