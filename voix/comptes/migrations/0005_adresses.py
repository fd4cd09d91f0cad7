"""What older versions left is put right before the database refuses it (the next migration).

Two migrations: PostgreSQL makes no index on rows that the same transaction has just written.
"""

from django.db import migrations
from django.db.models import F


def reprendre(apps, schema):
    """The principal address of an account wins; between claims, the proved one, then the first."""
    Compte = apps.get_model("comptes", "Compte")
    Adresse = apps.get_model("account", "EmailAddress")
    for compte in Compte.objects.order_by("pk"):
        Adresse.objects.filter(email=compte.email).exclude(user_id=compte.pk).delete()
    vues = set()
    for adresse in Adresse.objects.order_by("-verified", "pk"):
        if adresse.email in vues:
            adresse.delete()
        vues.add(adresse.email)
    Adresse.objects.filter(primary=True).exclude(email=F("user__email")).update(primary=False)
    for compte in Compte.objects.order_by("pk"):
        # Without a password, whoever came in had received a code there.
        par_code = compte.last_login is not None and compte.password.startswith("!")
        Adresse.objects.get_or_create(
            user_id=compte.pk, email=compte.email, defaults={"verified": par_code}
        )
        Adresse.objects.filter(user_id=compte.pk, email=compte.email).update(primary=True)


class Migration(migrations.Migration):
    dependencies = [("comptes", "0004_jeton"), ("account", "0009_emailaddress_unique_primary_email")]

    operations = [migrations.RunPython(reprendre, migrations.RunPython.noop)]
