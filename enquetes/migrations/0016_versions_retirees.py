"""A version with a fault is withdrawn. The lock of published versions is lifted meanwhile.

SQLite makes the table again to add a constraint, and loses its triggers (ADR 0089).
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

verrou = import_module("enquetes.migrations.0003_versions_immuables")


class Migration(migrations.Migration):

    dependencies = [
        ('enquetes', '0015_restitution'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(verrou.enlever, verrou.poser),
        migrations.AddField(
            model_name='versionquestionnaire',
            name='raison_retrait',
            field=models.CharField(blank=True, max_length=200, verbose_name='raison du retrait'),
        ),
        migrations.AddField(
            model_name='versionquestionnaire',
            name='retiree_le',
            field=models.DateTimeField(blank=True, null=True, verbose_name='retirée le'),
        ),
        migrations.AddField(
            model_name='versionquestionnaire',
            name='retiree_par',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='versions_retirees', to=settings.AUTH_USER_MODEL, verbose_name='retirée par'),
        ),
        migrations.AddConstraint(
            model_name='versionquestionnaire',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('raison_retrait', ''), ('retiree_le__isnull', True)), models.Q(('retiree_le__isnull', False), models.Q(('raison_retrait', ''), _negated=True)), _connector='OR'), name='version_retrait_motive'),
        ),
        migrations.RunPython(verrou.poser, verrou.enlever),
    ]
