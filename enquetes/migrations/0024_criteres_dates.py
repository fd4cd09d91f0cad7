"""The day when what is judged was declared; and it does not change once a report has shown results.

A wave is closed by its report only (or by the cut of the link).
"""

import django.utils.timezone
from django.db import migrations, models

TABLE = "enquetes_critere"
NOM = "critere_vu"
MESSAGE = "Declared outcomes are locked: a report has shown results."
VU = (
    "EXISTS (SELECT 1 FROM enquetes_vague v JOIN enquetes_collecte c ON c.id = v.collecte_id "
    "WHERE c.etat = 'close' AND v.cohorte_id = {ligne}.cohorte_id)"
)
GESTES = {"INSERT": "NEW", "UPDATE": "OLD", "DELETE": "OLD"}


def poser(apps, schema_editor):
    vendeur = schema_editor.connection.vendor
    for geste, ligne in GESTES.items():
        condition = VU.format(ligne=ligne)
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


def dater(apps, schema_editor):
    """Cohorts set up before: the day of their creation is all that is known."""
    Cohorte = apps.get_model("enquetes", "Cohorte")
    for cohorte in Cohorte.objects.all():
        cohorte.criteres_le = django.utils.timezone.localdate(cohorte.creee_le)
        cohorte.save(update_fields=["criteres_le"])


class Migration(migrations.Migration):
    dependencies = [("enquetes", "0023_melange")]

    operations = [
        migrations.AddField(
            model_name="cohorte",
            name="criteres_le",
            field=models.DateField(
                default=django.utils.timezone.localdate, verbose_name="critères déclarés le"
            ),
        ),
        migrations.RunPython(dater, migrations.RunPython.noop),
        migrations.RunPython(poser, enlever),
    ]
