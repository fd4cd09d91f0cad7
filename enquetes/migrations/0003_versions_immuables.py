"""The database itself refuses to change a published version."""

from django.db import migrations

TABLE = "enquetes_versionquestionnaire"
DECLENCHEUR = "version_questionnaire_immuable"
FIGES = ("questionnaire_id", "numero", "empreinte", "definition", "publiee_le")
MESSAGE = "A published version never changes."


def poser(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        change = " OR ".join(f"OLD.{champ} IS NOT NEW.{champ}" for champ in FIGES)
        schema_editor.execute(
            f"CREATE TRIGGER {DECLENCHEUR} BEFORE UPDATE ON {TABLE} FOR EACH ROW "
            f"WHEN {change} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
    elif schema_editor.connection.vendor == "postgresql":
        change = " OR ".join(f"OLD.{champ} IS DISTINCT FROM NEW.{champ}" for champ in FIGES)
        schema_editor.execute(
            f"CREATE FUNCTION {DECLENCHEUR}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {DECLENCHEUR} BEFORE UPDATE ON {TABLE} FOR EACH ROW "
            f"WHEN ({change}) EXECUTE FUNCTION {DECLENCHEUR}()"
        )


def enlever(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {DECLENCHEUR}")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {DECLENCHEUR}() CASCADE")


class Migration(migrations.Migration):

    dependencies = [("enquetes", "0002_liens_uniques")]

    operations = [migrations.RunPython(poser, enlever)]
