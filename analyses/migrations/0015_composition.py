# Who is helped, tranche by tranche (ADR 0110).

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analyses', '0014_moities_d_exposition'),
        ('comptes', '0004_jeton'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Composition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trait', models.CharField(choices=[('age', 'Âge'), ('transport', 'Façon de se déplacer')], max_length=16, verbose_name='sur quoi')),
                ('numero', models.PositiveSmallIntegerField(verbose_name='numéro')),
                ('arrete_le', models.DateField(blank=True, null=True, verbose_name='compté le')),
                ('total', models.PositiveIntegerField(blank=True, null=True, verbose_name='personnes accompagnées')),
                ('origine', models.CharField(blank=True, max_length=200, verbose_name='d’où viennent ces nombres')),
                ('ecrite_le', models.DateField(verbose_name='écrite le')),
                ('ecrite_par', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='écrite par')),
                ('territoire', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='compositions', to='comptes.territoire', verbose_name='territoire')),
            ],
            options={
                'verbose_name': 'composition',
                'verbose_name_plural': 'compositions',
                'ordering': ['territoire', 'trait', 'numero'],
            },
        ),
        migrations.CreateModel(
            name='Tranche',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('moins_26', 'Moins de 26 ans'), ('de_26_a_39', 'De 26 à 39 ans'), ('de_40_a_59', 'De 40 à 59 ans'), ('de_60_a_74', 'De 60 à 74 ans'), ('plus_74', '75 ans ou plus'), ('marche', 'À pied'), ('velo', 'À vélo'), ('bus', 'En bus, tram ou train'), ('voiture', 'Avec leur voiture'), ('conduite', 'Conduites par quelqu’un'), ('autre', 'Autrement')], max_length=32, verbose_name='tranche')),
                ('nombre', models.PositiveIntegerField(verbose_name='nombre de personnes')),
                ('composition', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='tranches', to='analyses.composition', verbose_name='composition')),
            ],
            options={
                'verbose_name': 'tranche',
                'verbose_name_plural': 'tranches',
                'ordering': ['composition', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='composition',
            constraint=models.UniqueConstraint(fields=('territoire', 'trait', 'numero'), name='composition_numero_unique'),
        ),
        migrations.AddConstraint(
            model_name='composition',
            constraint=models.CheckConstraint(condition=models.Q(('trait__in', ['age', 'transport'])), name='composition_trait'),
        ),
        migrations.AddConstraint(
            model_name='composition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('arrete_le__isnull', True), ('origine', ''), ('total__isnull', True)), models.Q(('arrete_le__isnull', False), ('total__gte', 1), models.Q(('origine', ''), _negated=True)), _connector='OR'), name='composition_ecrite_ou_retiree'),
        ),
        migrations.AddConstraint(
            model_name='tranche',
            constraint=models.UniqueConstraint(fields=('composition', 'code'), name='tranche_unique'),
        ),
        migrations.AddConstraint(
            model_name='tranche',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['moins_26', 'de_26_a_39', 'de_40_a_59', 'de_60_a_74', 'plus_74', 'marche', 'velo', 'bus', 'voiture', 'conduite', 'autre'])), name='tranche_connue'),
        ),
    ]
