"""One address is one account's, proved or only claimed.

allauth allows the same unproved address to several accounts; the database refuses it here.
On SQLite a later migration of allauth that alters this table would drop the index: a test watches it.
"""

from django.db import migrations

POSER = "CREATE UNIQUE INDEX comptes_adresse_unique ON account_emailaddress (email)"
OTER = "DROP INDEX comptes_adresse_unique"


class Migration(migrations.Migration):
    dependencies = [("comptes", "0005_adresses")]

    operations = [migrations.RunSQL(POSER, OTER)]
