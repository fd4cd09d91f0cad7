"""Create and revoke a token; its value is never stored, and is told once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import DEBUT, DROITS_DES_PORTEES, Compte, JetonPersonnel, Portee
from voix.comptes.perimetre import droits_de

PREFIXE: Final = "voix_"
"""Told apart from any other secret, by a person and by a program that looks for leaks."""
DUREES: Final = {30: "30 jours", 90: "3 mois", 365: "1 an"}
"""Days, and how they are said. No token is for ever: one that was forgotten stops by itself."""
JETONS_MAX: Final = 10
"""Active tokens of one account."""


@dataclass(frozen=True, slots=True)
class Neuf:
    """A token and its value, which exists nowhere else."""

    jeton: JetonPersonnel
    valeur: str


def empreinte_du_jeton(valeur: str) -> str:
    """Return what is stored of a token. It is 256 random bits: no slow hash would add anything."""
    return sha256(valeur.encode()).hexdigest()


def portees_de(compte: Compte) -> list[Portee]:
    """Return the scopes that would open something for this account."""
    droits = droits_de(compte)
    return [portee for portee, droit in DROITS_DES_PORTEES.items() if droit in droits]


@transaction.atomic
def creer_jeton(
    *, cle: UUID, nom: str, portees: Sequence[Portee], duree: int, par: Compte
) -> Neuf:
    """Draw a token for oneself. ``cle`` is that of the form: sent twice, it makes one token.

    Errors: ``AccesRefuse`` for a scope that opens nothing, ``EtatIncompatible`` when it was made
    already (its value cannot be told again) or when there are too many.
    """
    if not portees or duree not in DUREES:
        raise SaisieInvalide("Choisissez ce que le jeton ouvre, et pour combien de temps.")
    if not set(portees) <= set(portees_de(par)):
        raise AccesRefuse("Votre rôle ne permet pas de lire cela. Choisissez autre chose.")
    # One account at a time: two forms sent together never pass the limit.
    Compte.objects.select_for_update().get(pk=par.pk)
    if JetonPersonnel.objects.filter(pk=cle).exists():
        raise EtatIncompatible(
            "Ce jeton est déjà créé. Sa valeur n’est montrée qu’une fois\u00a0: si vous ne l’avez pas "
            "copiée, révoquez-le et créez-en un autre."
        )
    aujourdhui = timezone.localdate()
    actifs = JetonPersonnel.de(par).filter(revoque_le__isnull=True, expire_le__gte=aujourdhui)
    if actifs.count() >= JETONS_MAX:
        raise EtatIncompatible(
            f"Vous avez déjà {JETONS_MAX} jetons. Révoquez-en un pour en créer un autre."
        )
    valeur = PREFIXE + secrets.token_urlsafe(32)
    jeton = JetonPersonnel.objects.create(
        pk=cle,
        compte=par,
        nom=nom,
        portees=[portee.value for portee in portees],
        empreinte=empreinte_du_jeton(valeur),
        debut=valeur[:DEBUT],
        cree_le=aujourdhui,
        expire_le=aujourdhui + timedelta(days=duree),
    )
    tracer(par=par, verbe="creer_jeton", objet=jeton, portees=jeton.portees, jours=duree)
    return Neuf(jeton, valeur)


@transaction.atomic
def revoquer_jeton(*, jeton: JetonPersonnel, par: Compte) -> None:
    """Stop a token at once, for ever. Twice is the same as once."""
    verrouille = JetonPersonnel.objects.select_for_update(of=("self",)).get(pk=jeton.pk)
    if verrouille.compte_id != par.pk:
        raise AccesRefuse("Ce jeton est à quelqu’un d’autre.")
    if verrouille.revoque_le is not None:
        return
    verrouille.revoque_le = timezone.localdate()
    verrouille.save(update_fields=["revoque_le"])
    tracer(par=par, verbe="revoquer_jeton", objet=verrouille)


def noter_usage(*, jeton: JetonPersonnel) -> None:
    """Write the day on which a token was used: its owner sees which ones serve no more.

    One write a day; not traced, since it changes nothing that anybody decided.
    """
    aujourdhui = timezone.localdate()
    if jeton.utilise_le != aujourdhui:
        JetonPersonnel.objects.filter(pk=jeton.pk).update(utilise_le=aujourdhui)
