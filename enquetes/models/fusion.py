"""Merge keys into a JSON document in one statement, on PostgreSQL and on SQLite.

Reading, changing and writing back would lose an answer when two tabs answer at once.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from uuid import UUID

from . import prepare
from .passation import EtatPassation, Passation

FUSION: Final = {
    "sqlite": "json_patch({document}, %s)",
    # No answer is itself an object, so stripping nulls only removes what is to be removed.
    "postgresql": "jsonb_strip_nulls({document} || %s::jsonb)",
}
"""How each database merges: a key with a value is set, a key with null is removed."""


def _en_texte(changements: Mapping[str, Any]) -> str:
    return json.dumps(changements, ensure_ascii=False)


@cache
def _retouche(vendeur: str) -> str:
    return (
        f'UPDATE "{Passation._meta.db_table}" SET '  # noqa: S608  (names of our model)
        f"reponses = {FUSION[vendeur].format(document='reponses')}, langue = %s "
        f"WHERE id = %s AND acces_id = %s AND etat = '{EtatPassation.BROUILLON.value}'"
    )


def fusionner(
    passation_id: UUID, acces_id: int, changements: Mapping[str, Any], langue: str
) -> bool:
    """Merge the changes into a draft that exists, by a few values; return whether it was done.

    Nothing is done to what was sent or erased, nor to the identifier of another link.
    """
    connection = prepare.connexion()
    cle = Passation._meta.pk.get_db_prep_value(passation_id, connection)
    with prepare.curseur() as curseur:
        valeurs = [_en_texte(changements), langue, cle, acces_id]
        curseur.execute(_retouche(connection.vendor), valeurs)
        return bool(curseur.rowcount)


@cache
def _insertion(vendeur: str) -> str:
    champs = Passation._meta.concrete_fields
    table = f'"{Passation._meta.db_table}"'
    return (
        f"INSERT INTO {table} ({', '.join(str(champ.column) for champ in champs)}) "  # noqa: S608  (names of our models)
        f"VALUES ({', '.join(['%s'] * len(champs))}) ON CONFLICT (id) DO UPDATE SET "
        f"reponses = {FUSION[vendeur].format(document=f'{table}.reponses')}, "
        f"langue = excluded.langue WHERE {table}.etat = '{EtatPassation.BROUILLON.value}' "
        f"AND {table}.acces_id = excluded.acces_id"
    )


def inserer_ou_fusionner(brouillon: Passation, changements: Mapping[str, Any]) -> bool:
    """Create the draft, or merge the changes into it when it exists; return whether it was done.

    One statement: of two tabs or two taps that come first together, neither is lost. Nothing is
    done to what was sent or erased, nor to the identifier of another link. Django's own upsert
    can only overwrite, and would open a transaction around it.
    """
    connection = prepare.connexion()
    valeurs = [
        champ.get_db_prep_save(getattr(brouillon, champ.attname), connection)
        for champ in Passation._meta.concrete_fields
    ]
    with prepare.curseur() as curseur:
        curseur.execute(_insertion(connection.vendor), [*valeurs, _en_texte(changements)])
        return bool(curseur.rowcount)
