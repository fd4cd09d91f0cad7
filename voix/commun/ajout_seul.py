"""Tables to which rows are only added: the database itself refuses to change or remove one.

A migration poses the triggers after the table exists::

    operations = [ajout_seul("comptes_trace")]

Python can forget a rule, a shell or another program never heard of it; a trigger holds for all.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

REFUS = "ajout seul"
"""Found in the error of the database when something tries to change such a table."""

_FONCTION = f"""
CREATE OR REPLACE FUNCTION voix_ajout_seul() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUS} : %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"""
_POSER = {
    "postgresql": (
        (
            "CREATE OR REPLACE TRIGGER {table}_ajout_seul BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION voix_ajout_seul()"
        ),
    ),
    "sqlite": tuple(
        f"CREATE TRIGGER IF NOT EXISTS {{table}}_ajout_seul_{geste} BEFORE {geste} ON {{table}} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUS}'); END"
        for geste in ("UPDATE", "DELETE")
    ),
}
_OTER = {
    "postgresql": ("DROP TRIGGER IF EXISTS {table}_ajout_seul ON {table}",),
    "sqlite": tuple(
        f"DROP TRIGGER IF EXISTS {{table}}_ajout_seul_{geste}" for geste in ("UPDATE", "DELETE")
    ),
}

_LISTER = {
    "postgresql": (
        "SELECT event_object_table FROM information_schema.triggers "
        "WHERE trigger_name = event_object_table || '_ajout_seul'"
    ),
    "sqlite": (
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' "
        "AND name LIKE tbl_name || '_ajout_seul_%'"
    ),
}


def poser(connexion: BaseDatabaseWrapper, table: str) -> None:
    """Refuse from now on to change or remove a row of ``table``."""
    with connexion.cursor() as curseur:
        if connexion.vendor == "postgresql":
            curseur.execute(_FONCTION)
        for ordre in _POSER[connexion.vendor]:
            curseur.execute(ordre.format(table=table))


def posees(connexion: BaseDatabaseWrapper) -> list[str]:
    """Return the tables of this database to which rows are only added."""
    with connexion.cursor() as curseur:
        curseur.execute(_LISTER[connexion.vendor])
        return sorted({str(ligne[0]) for ligne in curseur.fetchall()})


def oter(connexion: BaseDatabaseWrapper, table: str) -> None:
    """Take the refusal away: a migration backwards, or the end of a test."""
    with connexion.cursor() as curseur:
        for ordre in _OTER[connexion.vendor]:
            curseur.execute(ordre.format(table=table))


def ajout_seul(*tables: str) -> RunPython:
    """Return the operation of a migration that makes ``tables`` append-only."""

    def avant(_apps: object, schema: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            poser(schema.connection, table)

    def arriere(_apps: object, schema: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            oter(schema.connection, table)

    return RunPython(avant, arriere)
