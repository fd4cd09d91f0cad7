"""The order in which rows lie in the database says nothing of who came first (collecte §2.7, ADR 0119).

SQLite keeps rows by a hidden number that grows: a trigger draws it at random as soon as a row is
written. PostgreSQL lays a new row after the others and numbers its transaction: rows are written anew,
in a random order and one transaction, when a séance closes and when answers are counted.
"""

from typing import Any, Final

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

from .boite import Enveloppe
from .passation import Passation

MODELES: Final[tuple[type[models.Model], ...]] = (Passation, Enveloppe)
AU_PLUS: Final = 100_000
"""Rows written anew at once: a few seconds. Beyond, an order tells nobody from another."""
_DECLENCHEUR: Final = (
    'CREATE TRIGGER IF NOT EXISTS "{table}_melange" AFTER INSERT ON "{table}" BEGIN '
    'UPDATE OR IGNORE "{table}" SET rowid = (random() & {masque}) WHERE rowid = NEW.rowid; END'
)
_MASQUE: Final = 2**52 - 1
_RECRIRE: Final = """
DO $$ DECLARE choisie uuid; BEGIN
  PERFORM 1 FROM "{table}" WHERE id = ANY('{{{cles}}}'::uuid[]) ORDER BY id FOR UPDATE;
  FOR choisie IN SELECT unnest('{{{cles}}}'::uuid[]) ORDER BY random() LOOP
    UPDATE "{table}" SET jour = jour WHERE id = choisie;
  END LOOP;
END $$"""


def tirer_les_rangs(connexion: BaseDatabaseWrapper) -> None:
    """Let SQLite draw the hidden number of each new row; posed again after each migration.

    Django makes a table anew to change it, and its triggers do not follow.
    """
    if connexion.vendor != "sqlite":
        return
    with connexion.cursor() as curseur:
        for modele in MODELES:
            ordre = _DECLENCHEUR.format(table=modele._meta.db_table, masque=_MASQUE)
            curseur.execute(ordre)


def melanger(lignes: "models.QuerySet[Any]") -> None:
    """Write these rows anew in a random order; locked first by their keys, as everybody else does."""
    if connection.vendor != "postgresql":
        return
    cles = list(lignes.order_by().values_list("pk", flat=True)[: AU_PLUS + 1])
    if not 1 < len(cles) <= AU_PLUS:
        return
    ordre = _RECRIRE.format(table=lignes.model._meta.db_table, cles=",".join(map(str, cles)))
    with connection.cursor() as curseur:
        curseur.execute(ordre)
