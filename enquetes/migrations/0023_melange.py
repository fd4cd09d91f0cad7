"""SQLite: the hidden numbers of the rows that are there already no longer follow their arrival."""

from django.db import migrations

TABLES = ("enquetes_passation", "enquetes_enveloppe")


def melanger(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for table in TABLES:
        schema_editor.execute(f'UPDATE OR IGNORE "{table}" SET rowid = (random() & {2**52 - 1})')


class Migration(migrations.Migration):

    dependencies = [
        ('enquetes', '0022_arrivees_tardives'),
    ]

    operations = [
        migrations.RunPython(melanger, migrations.RunPython.noop),
    ]
