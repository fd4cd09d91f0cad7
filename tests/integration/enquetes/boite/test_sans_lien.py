"""A device that is stolen and a database that is copied have nothing in common (ADR 0190).

A browser's files keep what was sealed in the order in which people passed, also after it was sent.
"""

import base64
from datetime import timedelta
from hashlib import sha256
from importlib import import_module
from io import StringIO
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from enquetes.actions import boite
from enquetes.echanges import correspondance
from enquetes.models import Enveloppe, Passation
from tests.boite import envoyer, issues, poser_la_cle, rangee, seule_issue, une

pytestmark = pytest.mark.django_db


def base_copiee() -> str:
    """Return all that the database holds, as text."""
    sortie = StringIO()
    call_command("dumpdata", "enquetes", "analyses", "comptes", stdout=sortie)
    return sortie.getvalue()


def ce_que_sait_l_appareil(scellee) -> set[str]:
    """Return what a search of the device may look for, and what can be computed from it."""
    brute = boite.lire(scellee).brute()
    textes = {scellee["id"], scellee["id"].replace("-", ""), scellee["iv"]}
    textes |= {scellee[nom][:40] for nom in ("ek", "ct")}
    condenses = {sha256(un.encode()).hexdigest() for un in (brute, scellee["id"], scellee["ct"])}
    return textes | condenses | {base64.b64encode(brute.encode()).decode()[:80]}


@pytest.mark.parametrize("etat", ["ouverte", "quarantaine", "nouvelle"])
def test_a_stolen_device_and_a_copied_database_have_nothing_in_common(
    client, seance, tablette, etat
):
    scellees = [une(seance) for _ in range(8)]
    if etat == "quarantaine":
        scellees = [scellee | {"ct": scellee["iv"]} for scellee in scellees]
    for scellee in scellees:
        if etat == "nouvelle":  # committed, not opened yet
            boite.recevoir(items=[scellee], acces=seance.acces, appareil=seance.appareils.get())
        else:
            assert seule_issue(envoyer(client, [scellee], tablette)) == "ok"
    copie = base_copiee()
    assert set(Enveloppe.objects.values_list("etat", flat=True)) == {etat}
    assert Enveloppe.objects.exclude(brute="").count() == 8
    assert str(Enveloppe.objects.first().pk) in copie
    communs = {
        mot for scellee in scellees for mot in ce_que_sait_l_appareil(scellee) if mot in copie
    }
    assert communs == set()


def test_what_is_sealed_twice_is_still_known_and_each_replay_changes_nothing(
    client, seance, tablette
):
    scellee = une(seance)
    vues = [seule_issue(envoyer(client, [scellee], tablette)) for _ in range(2)]
    Enveloppe.objects.update(jour=timezone.localdate() - timedelta(days=40))
    boite.purger()
    vues.append(seule_issue(envoyer(client, [scellee], tablette)))
    vues.append(
        seule_issue(envoyer(client, [scellee], seance.acces.jeton))
    )  # by the thief of the file
    assert vues == ["ok", "dup", "dup", "dup"]
    assert Passation.objects.count() == 1


def test_a_copy_closed_by_another_key_waits_and_breaks_nothing(
    client, seance, tablette, monkeypatch
):
    """The database was put back without the key of its installation: nothing opens, nothing is lost."""
    with monkeypatch.context() as ailleurs:
        ailleurs.setattr("enquetes.actions.boite.fermer", _fermee_ailleurs)
        envoyer(client, [une(seance)], tablette)
    assert Enveloppe.objects.get().motif == "sceau"
    assert Enveloppe.objects.get().brute


def _fermee_ailleurs(enveloppe):
    with override_settings(VOIX_CLE="une autre clé"):
        return correspondance.fermer(enveloppe)


def test_what_was_received_before_is_named_anew_and_still_known(client, seance, tablette):
    """As if it had been received by the version before."""
    ouverte, attend = une(seance), une(seance) | {"kid": "perdue"}
    envoyer(client, [ouverte, attend], tablette)
    for scellee in (ouverte, attend):
        lue = boite.lire(scellee)
        Enveloppe.objects.filter(pk=rangee(scellee)).update(
            id=lue.id, empreinte=lue.empreinte(), brute=lue.brute()
        )
    avant = import_module("enquetes.migrations.0033_sans_lien_avec_l_appareil")
    avant.renommer(apps, SimpleNamespace(connection=connection))
    assert Enveloppe.objects.get(etat="ouverte").brute == ""
    assert correspondance.rouvrir(Enveloppe.objects.get(motif="cle").brute) == boite.lire(attend)
    vues = issues(envoyer(client, [ouverte, attend], tablette))
    assert [vues[UUID(scellee["id"])] for scellee in (ouverte, attend)] == ["dup", "quarantine"]
    assert Passation.objects.count() == 1


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()
