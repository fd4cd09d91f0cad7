"""The waves of a cohort never touch, and the last one ends before the cut: the database says so.

The days of a wave are those of its collecte, and a constraint reads one row: triggers, then. SQLite
makes a table anew to change it, which loses its triggers, and refuses while another one reads it: they
go before each migration, and come back after (ADR 0180).
"""

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

REFUS: Final = "waves of a cohort touch"
"""Found in the error of the database when days would let a card open two waves."""
_SE_TOUCHENT: Final = """EXISTS (
SELECT 1 FROM enquetes_vague v JOIN enquetes_collecte a ON a.id = v.collecte_id
JOIN enquetes_cohorte h ON h.id = v.cohorte_id WHERE {celle} AND (a.ferme_le >= h.coupe_le OR EXISTS (
SELECT 1 FROM enquetes_vague w JOIN enquetes_collecte b ON b.id = w.collecte_id
WHERE w.cohorte_id = v.cohorte_id AND ((w.rang > v.rang AND a.ferme_le >= b.ouvre_le)
OR (w.rang < v.rang AND b.ferme_le >= a.ouvre_le)))))"""
_GESTES: Final = {
    "jours": ("enquetes_collecte", "UPDATE OF ouvre_le, ferme_le", "v.collecte_id = NEW.id"),
    "nouvelle": ("enquetes_vague", "INSERT", "v.id = NEW.id"),
    "autre": ("enquetes_vague", "UPDATE OF rang, cohorte_id, collecte_id", "v.id = NEW.id"),
    "coupe": ("enquetes_cohorte", "UPDATE OF coupe_le", "v.cohorte_id = NEW.id"),
}
_SEUL: Final = (
    "PERFORM pg_advisory_xact_lock(hashtext('enquetes_vague'), v.cohorte_id::int) "
    "FROM enquetes_vague v WHERE {celle};"
)
"""Two that move a wave each would not see each other: the second one waits, then looks."""


def poser(connexion: BaseDatabaseWrapper) -> None:
    """Refuse from now on days that touch; posed again after each migration."""
    with connexion.cursor() as curseur:
        for nom, (table, geste, celle) in _GESTES.items():
            quand = _SE_TOUCHENT.format(celle=celle)
            if connexion.vendor == "sqlite":
                curseur.execute(
                    f"CREATE TRIGGER IF NOT EXISTS vagues_a_part_{nom} AFTER {geste} ON {table} "
                    f"WHEN {quand} BEGIN SELECT RAISE(ABORT, '{REFUS}'); END"
                )
                continue
            curseur.execute(
                f"CREATE OR REPLACE FUNCTION vagues_a_part_{nom}() RETURNS trigger LANGUAGE plpgsql "
                f"AS $$ BEGIN {_SEUL.format(celle=celle)} IF {quand} THEN RAISE EXCEPTION '{REFUS}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL; END $$"
            )
            curseur.execute(
                f"CREATE OR REPLACE TRIGGER vagues_a_part_{nom} AFTER {geste} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION vagues_a_part_{nom}()"
            )


def oter(connexion: BaseDatabaseWrapper) -> None:
    """Take them away: for the time of a migration of SQLite."""
    with connexion.cursor() as curseur:
        for nom, (table, _, _) in _GESTES.items():
            sur = "" if connexion.vendor == "sqlite" else f" ON {table}"
            curseur.execute(f"DROP TRIGGER IF EXISTS vagues_a_part_{nom}{sur}")
