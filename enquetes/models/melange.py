"""The order in which rows lie in the database says nothing of who came first (collecte §2.7, ADR 0119).

SQLite keeps rows by a hidden number that grows: a trigger draws it at random as soon as a row is
written. PostgreSQL lays a new row after the others and numbers its transaction: when a séance closes,
and when answers are counted, they are taken out and put back in a random order. An update would leave
most in their page, and pages follow the order of arrival: it is what is done for want of better, where
somebody is writing at that very moment.
"""

from secrets import SystemRandom
from typing import Any, Final

from django.db import OperationalError, connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .boite import Enveloppe
from .passation import Passation

MODELES: Final[tuple[type[models.Model], ...]] = (Passation, Enveloppe)
AU_PLUS: Final = 100_000
"""Rows written anew at once. Beyond, an order tells nobody from another."""
_DECLENCHEUR: Final = (
    'CREATE TRIGGER IF NOT EXISTS "{table}_melange" AFTER INSERT ON "{table}" BEGIN '
    'UPDATE OR IGNORE "{table}" SET rowid = (random() & {masque}) WHERE rowid = NEW.rowid; END'
)
_MASQUE: Final = 2**52 - 1
_PATIENCE: Final = "400ms"
"""Less than PostgreSQL takes to break a deadlock (1 s): nobody who answers is refused for this."""
_REPOSER: Final = """
WITH otees AS (DELETE FROM "{table}" WHERE id = ANY(%s) RETURNING *)
INSERT INTO "{table}" SELECT * FROM otees ORDER BY random()"""
_RECRIRE: Final = """
DO $$ DECLARE choisie uuid; choisies uuid[] := '{{{cles}}}'; BEGIN
  PERFORM 1 FROM "{table}" WHERE id = ANY(choisies) ORDER BY id FOR UPDATE;
  FOREACH choisie IN ARRAY choisies LOOP
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
    """Lay these rows down anew in a random order, in the transaction of the caller."""
    if connection.vendor != "postgresql":
        return
    cles = list(lignes.order_by().values_list("pk", flat=True)[: AU_PLUS + 1])
    if not 1 < len(cles) <= AU_PLUS:
        return
    table = lignes.model._meta.db_table
    try:
        with transaction.atomic(), connection.cursor() as curseur:
            _etre_seul(curseur, table)
            curseur.execute(_REPOSER.format(table=table), [cles])
    except OperationalError:  # somebody is writing there, and would wait for us in turn
        SystemRandom().shuffle(cles)
        with connection.cursor() as curseur:
            curseur.execute(_RECRIRE.format(table=table, cles=",".join(map(str, cles))))


def _etre_seul(curseur: Any, table: str) -> None:
    """Keep writers out until the transaction ends: one who waits reads the rows where they then lie."""
    curseur.execute("SHOW lock_timeout")
    (avant,) = curseur.fetchone()
    curseur.execute("SELECT set_config('lock_timeout', %s, true)", [_PATIENCE])
    curseur.execute(f'LOCK TABLE "{table}" IN EXCLUSIVE MODE')
    curseur.execute("SELECT set_config('lock_timeout', %s, true)", [avant])
