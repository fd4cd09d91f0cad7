"""Slips that serve once (collecte §6): given out, used, counted; never tied to an answer."""

import secrets
from typing import Final
from uuid import UUID

from django.db import transaction

from enquetes.actions.passations import terminer_passation
from enquetes.droits import exiger_sur_collecte
from enquetes.models import Acces, Collecte, EtatCollecte, Feuille, Passation
from voix.commun.cles import empreinte_a_cle
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte
from voix.comptes.roles import Droit

AU_PLUS: Final = 200
"""Slips of one printing."""


def _empreinte(jeton: str) -> str:
    return empreinte_a_cle("feuille", jeton).hex()


@transaction.atomic
def donner_feuilles(*, acces: Acces, nombre: int, par: Compte) -> tuple[Acces, list[str]]:
    """Make slips for the place of a link; return their own link and their tokens, shown once.

    The order of the tokens is not the order of the rows: a slip says nothing of the next one.
    """
    if not 1 <= nombre <= AU_PLUS:
        raise SaisieInvalide(f"Demandez de 1 à {AU_PLUS}\u00a0feuilles à la fois.")
    collecte = Collecte.objects.select_for_update(of=("self",)).get(pk=acces.collecte_id)
    exiger_sur_collecte(par, Droit.OUVRIR_COLLECTE, collecte)
    if collecte.etat == EtatCollecte.CLOSE:
        raise EtatIncompatible("La collecte est close\u00a0: ses liens ne changent plus.")
    sien, _ = Acces.objects.get_or_create(
        collecte=collecte,
        territoire=acces.territoire,
        structure=acces.structure,
        principal=False,
        ouvert=True,
        seance=None,
        par_feuille=True,
    )
    jetons = [secrets.token_urlsafe(16) for _ in range(nombre)]
    Feuille.objects.bulk_create(
        sorted((Feuille(acces=sien, cle=_empreinte(j)) for j in jetons), key=lambda f: f.cle)
    )
    tracer(par=par, verbe="donner_feuilles", objet=sien, nombre=nombre)
    return sien, jetons


def feuille_de(jeton: str) -> Feuille | None:
    """Return the slip of this token, used or not."""
    if not jeton:
        return None
    lues = Feuille.objects.select_related("acces")
    return lues.filter(cle=_empreinte(jeton)).first()


def feuille_valable(jeton: str, acces: Acces) -> bool:
    """Return whether this slip still lets somebody answer through that link."""
    feuille = feuille_de(jeton)
    return feuille is not None and feuille.acces_id == acces.pk and not feuille.utilisee


@transaction.atomic
def terminer_avec_feuille(
    *, passation_id: UUID, acces: Acces, jeton: str, lues: str = ""
) -> Passation:
    """Send, and use the slip up: both or neither. Twice with the same draft is the same as once.

    Errors: ``EtatIncompatible`` when the slip has served already or is another link’s; those of
    ``terminer_passation``.
    """
    prise = Feuille.objects.filter(cle=_empreinte(jeton), acces=acces, utilisee=False).update(
        utilisee=True
    )
    if not prise:
        raise EtatIncompatible("Cette feuille a déjà servi.")
    return terminer_passation(passation_id=passation_id, acces=acces, lues=lues)
