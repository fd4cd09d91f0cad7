"""The one statement that takes sealed answers in: what is new is stored, the rest is untouched."""

from collections.abc import Sequence
from functools import cache
from typing import Final
from uuid import UUID

from django.db import models

from . import prepare
from .boite import Enveloppe

_COLONNES: Final = ("id", "acces", "appareil", "empreinte", "brute", "jour", "recue_a", "tardive")
_FIXES: Final = ("importee", "etat", "motif", "raison", "code_effacement")


@cache
def _champs() -> list["models.Field[object, object]"]:
    return [Enveloppe._meta.get_field(nom) for nom in (*_COLONNES, *_FIXES)]  # type: ignore[misc]  # concrete fields


def deposer(enveloppes: Sequence[Enveloppe]) -> set[UUID]:
    """Insert what is not there yet, in one statement; return the identifiers that were new.

    Two devices, or one that sends again because an acknowledgement was lost, may bring the same
    envelope at the same time: the database decides which is first. Sorted, so that two batches
    never wait for each other.
    """
    if not enveloppes:
        return set()
    champs = _champs()
    colonnes = ", ".join(f'"{champ.column}"' for champ in champs)
    ligne = "(" + ", ".join(["%s"] * len(champs)) + ")"
    lignes = ", ".join([ligne] * len(enveloppes))
    ordre = f'INSERT INTO "{Enveloppe._meta.db_table}" ({colonnes}) VALUES {lignes} '  # noqa: S608  (names of our model)
    connection = prepare.connexion()
    valeurs = [
        champ.get_db_prep_save(getattr(une, champ.attname), connection)
        for une in sorted(enveloppes, key=lambda e: e.pk.int)
        for champ in champs
    ]
    with prepare.curseur() as curseur:
        curseur.execute(ordre + "ON CONFLICT (id) DO NOTHING RETURNING id", valeurs)
        lus = [ligne[0] for ligne in curseur.fetchall()]
    return {lu if isinstance(lu, UUID) else UUID(lu) for lu in lus}
