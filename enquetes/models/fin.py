"""The two statements that end a passation, in words that both databases understand.

Their text never changes, so it is written once and planned once (``prepare``).
"""

import json
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from . import prepare
from .passation import EtatPassation, Passation

_TABLE: Final = f'"{Passation._meta.db_table}"'
_LIRE: Final = f"SELECT etat, CAST(reponses AS text), version_id FROM {_TABLE} WHERE id = %s AND acces_id = %s"  # noqa: S608  (names of our models)
_CLORE: Final = (
    f"UPDATE {_TABLE} SET etat = '{EtatPassation.TERMINEE.value}', jour = %s, reponses = %s, "  # noqa: S608  (names of our models)
    f"code_effacement = %s, tardive = %s WHERE id = %s AND etat = '{EtatPassation.BROUILLON.value}' "
    "AND CAST(reponses AS text) = %s"
)


class Brouillon(NamedTuple):
    """A passation as the database holds it: ``document`` is its answers, sign for sign."""

    etat: str
    document: str
    version_id: int

    @property
    def reponses(self) -> dict[str, Any]:
        lues: dict[str, Any] = json.loads(self.document)
        return lues


def tel_que_garde(passation_id: UUID, acces_id: int) -> Brouillon | None:
    """Return what is stored under that identifier by that link, if anything."""
    with prepare.curseur() as curseur:
        cle = Passation._meta.pk.get_db_prep_value(passation_id, connection)
        curseur.execute(_LIRE, [cle, acces_id])
        ligne = curseur.fetchone()
    return Brouillon(*ligne) if ligne else None


def clore(passation: Passation, document: str) -> bool:
    """End the draft if it is still as it was read; ``False`` if not, or if its code is taken."""
    valeurs = [
        Passation._meta.get_field("jour").get_db_prep_value(passation.jour, connection),
        json.dumps(passation.reponses, ensure_ascii=False),
        passation.code_effacement,
        passation.tardive,
        Passation._meta.pk.get_db_prep_value(passation.pk, connection),
        document,
    ]
    try:
        # A refused code must not spoil the transaction of a caller that has one; outside of any,
        # the statement stands alone and two round trips are spared.
        if connection.in_atomic_block:
            with transaction.atomic():
                return _executer(valeurs)
        return _executer(valeurs)
    except IntegrityError:
        return False


def _executer(valeurs: list[Any]) -> bool:
    with prepare.curseur() as curseur:
        curseur.execute(_CLORE, valeurs)
        return bool(curseur.rowcount)
