"""Answers that the team reads aloud and types. The lock of declared outcomes is lifted meanwhile.

SQLite makes the table again to change a constraint, and its triggers name the table.
"""

from importlib import import_module

from django.db import migrations, models

verrou = import_module("enquetes.migrations.0010_criteres_verrouilles")
MODES = ["telephone", "tablette", "papier", "import", "appel"]


class Migration(migrations.Migration):

    dependencies = [("enquetes", "0013_entree_et_traductions")]

    operations = [
        migrations.RunPython(verrou.enlever, verrou.poser),
        migrations.RemoveConstraint(model_name="passation", name="passation_mode"),
        migrations.AlterField(
            model_name="passation",
            name="mode",
            field=models.CharField(
                choices=[
                    ("telephone", "téléphone"),
                    ("tablette", "tablette"),
                    ("papier", "papier"),
                    ("import", "fichier"),
                    ("appel", "questions lues"),
                ],
                default="telephone",
                max_length=16,
                verbose_name="mode",
            ),
        ),
        migrations.AddConstraint(
            model_name="passation",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", MODES)), name="passation_mode"
            ),
        ),
        migrations.RunPython(verrou.poser, verrou.enlever),
    ]
