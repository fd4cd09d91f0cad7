"""Declared outcomes do not change once somebody has sent their exit answers: the database says so."""

from django.db import migrations

TABLE = "enquetes_critere"
NOM = "critere_verrouille"
MESSAGE = "Declared outcomes are locked: somebody has answered the exit wave."
SORTIE = 3
REPONDU = (
    "EXISTS (SELECT 1 FROM enquetes_passation p JOIN enquetes_vague v ON v.collecte_id = p.collecte_id "
    f"WHERE v.rang = {SORTIE} AND p.etat <> 'brouillon' AND v.cohorte_id = {{ligne}}.cohorte_id)"
)
GESTES = {"INSERT": "NEW", "UPDATE": "OLD", "DELETE": "OLD"}


def poser(apps, schema_editor):
    vendeur = schema_editor.connection.vendor
    for geste, ligne in GESTES.items():
        condition = REPONDU.format(ligne=ligne)
        if vendeur == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {NOM}_{geste} BEFORE {geste} ON {TABLE} FOR EACH ROW "
                f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        elif vendeur == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {NOM}_{geste}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{MESSAGE}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                f"RETURN {ligne if geste == 'DELETE' else 'NEW'}; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {NOM}_{geste} BEFORE {geste} ON {TABLE} "
                f"FOR EACH ROW EXECUTE FUNCTION {NOM}_{geste}()"
            )


def enlever(apps, schema_editor):
    for geste in GESTES:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {NOM}_{geste}")
        elif schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {NOM}_{geste}() CASCADE")


class Migration(migrations.Migration):

    dependencies = [("enquetes", "0009_suivi")]

    operations = [migrations.RunPython(poser, enlever)]
