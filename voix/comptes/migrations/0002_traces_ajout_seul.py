"""A trace is never changed nor removed: the database refuses."""

from django.db import migrations

from voix.commun.ajout_seul import ajout_seul


class Migration(migrations.Migration):
    dependencies = [("comptes", "0001_initial")]

    operations = [ajout_seul("comptes_trace")]
