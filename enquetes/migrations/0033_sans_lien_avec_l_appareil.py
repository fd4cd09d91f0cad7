"""What was received before goes by other names: no device knows them any more (ADR 0190).

A device that sends again what it had sent is still told « already received ». Answers keep their identifier: closed
counts are sealed with it. So the copies of what was opened go now: erasing an answer would not find its own.
"""

import json

from django.db import migrations, models

from enquetes.echanges.correspondance import a_cle, cle_de, fermer
from enquetes.parcours.enveloppe import lire

A_OUVRIR = ("nouvelle", "quarantaine", "ecartee")


def renommer(apps, schema_editor):
    Enveloppe = apps.get_model("enquetes", "Enveloppe")
    toutes = Enveloppe.objects.using(schema_editor.connection.alias)
    for cle, etat in list(toutes.order_by("pk").values_list("pk", "etat")):
        ligne = toutes.filter(pk=cle)
        empreinte, brute = ligne.values_list("empreinte", "brute").get()
        garde = fermer(lire(json.loads(brute))) if brute and etat in A_OUVRIR else ""
        ligne.update(id=cle_de(cle), empreinte=a_cle(empreinte), brute=garde)


class Migration(migrations.Migration):

    dependencies = [("enquetes", "0032_cohorte_nom_unique")]

    operations = [
        migrations.AlterField(
            model_name="enveloppe",
            name="empreinte",
            field=models.CharField("empreinte", max_length=64),
        ),
        migrations.RunPython(renommer, migrations.RunPython.noop),
    ]
