"""What was written of who is helped stays written: the database refuses to change or remove it."""

from django.db import migrations

from voix.commun.ajout_seul import ajout_seul


class Migration(migrations.Migration):
    dependencies = [("analyses", "0015_composition")]

    operations = [ajout_seul("analyses_composition", "analyses_tranche")]
