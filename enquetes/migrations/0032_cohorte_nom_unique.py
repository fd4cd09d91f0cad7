"""One name, one cohort in a structure: the database says it too (ADR 0176)."""

from django.db import migrations, models
from django.db.models.functions import Lower

LONGUEUR = 120


def distinguer(apps, schema_editor):
    """Number the cohorts that have the name of an older one of their structure; the oldest keeps it."""
    Cohorte = apps.get_model("enquetes", "Cohorte")
    pris = set()
    for cohorte in Cohorte.objects.order_by("pk"):
        titre, rang = cohorte.titre, 1
        while (cohorte.structure_id, titre.lower()) in pris:
            rang += 1
            suffixe = f" ({rang})"
            titre = cohorte.titre[: LONGUEUR - len(suffixe)] + suffixe
        pris.add((cohorte.structure_id, titre.lower()))
        if titre != cohorte.titre:
            Cohorte.objects.filter(pk=cohorte.pk).update(titre=titre)


class Migration(migrations.Migration):

    dependencies = [("enquetes", "0031_mains_hors_ligne")]

    operations = [
        migrations.RunPython(distinguer, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="cohorte",
            constraint=models.UniqueConstraint(
                models.F("structure"), Lower("titre"), name="cohorte_nom_unique"
            ),
        ),
    ]
