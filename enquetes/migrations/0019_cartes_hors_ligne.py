"""Waves are answered with a card, without network too; an envelope whose card is unknown waits."""

from django.db import migrations, models


def declarer(apps, schema_editor):
    apps.get_model("enquetes", "Collecte").objects.filter(vague__isnull=False).update(entree="carte")


def revenir(apps, schema_editor):
    apps.get_model("enquetes", "Collecte").objects.filter(entree="carte").update(entree="lien")
    apps.get_model("enquetes", "Enveloppe").objects.filter(motif="carte").update(motif="erreur")


class Migration(migrations.Migration):

    dependencies = [
        ('enquetes', '0018_reponses_incompletes'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='collecte',
            name='collecte_entree',
        ),
        migrations.RemoveConstraint(
            model_name='enveloppe',
            name='enveloppe_motif',
        ),
        migrations.AlterField(
            model_name='collecte',
            name='entree',
            field=models.CharField(choices=[('lien', 'un lien et un QR code, ouverts à tous'), ('feuille', 'une feuille à usage unique par personne'), ('seance', 'seulement pendant des ateliers'), ('carte', 'une carte par famille suivie')], default='lien', max_length=16, verbose_name='comment on y répond'),
        ),
        migrations.AlterField(
            model_name='enveloppe',
            name='motif',
            field=models.CharField(blank=True, choices=[('cle', 'la clé qui l’ouvre manque'), ('sceau', 'le sceau est rompu ou ne va pas avec son étiquette'), ('contenu', 'le contenu n’est pas lisible'), ('version', 'le questionnaire n’est pas celui de la séance'), ('reponses', 'des réponses n’existent pas dans ce questionnaire'), ('vide', 'il n’y a aucune réponse'), ('deja', 'd’autres réponses ont déjà été envoyées sous le même identifiant'), ('carte', 'aucune carte de ce suivi n’a ce code'), ('erreur', 'une erreur de Voix')], max_length=16, verbose_name='motif'),
        ),
        migrations.AddConstraint(
            model_name='collecte',
            constraint=models.CheckConstraint(condition=models.Q(('entree__in', ['lien', 'feuille', 'seance', 'carte'])), name='collecte_entree'),
        ),
        migrations.AddConstraint(
            model_name='enveloppe',
            constraint=models.CheckConstraint(condition=models.Q(('motif__in', ['', 'cle', 'sceau', 'contenu', 'version', 'reponses', 'vide', 'deja', 'carte', 'erreur'])), name='enveloppe_motif'),
        ),
        migrations.RunPython(declarer, revenir),
    ]
