"""What was shown stays written: the database refuses to change or remove it."""

from django.db import migrations

from voix.commun.ajout_seul import ajout_seul


class Migration(migrations.Migration):
    dependencies = [("analyses", "0002_registre")]

    operations = [
        ajout_seul(
            "analyses_plananalyse",
            "analyses_publication",
            "analyses_population",
            "analyses_cellule",
            "analyses_regroupement",
            "analyses_refus",
        )
    ]
