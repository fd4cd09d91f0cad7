"""Bursts of sealed answers: flagged where they are opened, never slowed nor refused (collecte §6)."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone

from enquetes.actions import boite, quarantaine, rafales
from enquetes.actions.appareils import preparer_appareil
from enquetes.actions.ecarts import ecarter, lots_a_verifier
from enquetes.models import Enveloppe, EtatEnveloppe, Motif, Passation, Signe
from tests import builders
from tests.boite import envoyer, issues, une

pytestmark = pytest.mark.django_db(transaction=True)  # counted at the commit


@pytest.fixture(autouse=True)
def peu(monkeypatch):
    """Ten an hour instead of 120: the same rule, faster."""
    monkeypatch.setattr(rafales, "PAR_HEURE", 10)


def motifs(collecte):
    return {lot.motif.partition("\u00a0: ")[2]: lot.nombre for lot in lots_a_verifier(collecte)}


def rafale(seance, jeton, client, nombre):
    """Send one by one, as a script that floods does."""
    for rang in range(nombre):
        champs = {"venu": ["non" if rang % 2 else "oui"]}
        vues = issues(envoyer(client, [une(seance, champs)], jeton))
        assert set(vues.values()) == {"ok"}


def test_the_limit_is_that_of_the_specification(monkeypatch):
    monkeypatch.undo()
    assert rafales.PAR_HEURE == 120


@pytest.mark.parametrize("par_appareil", [False, True])
def test_a_flood_is_taken_in_and_told_to_coordination(client, seance, par, par_appareil):
    jeton = preparer_appareil(seance=seance, par=par)[1] if par_appareil else seance.acces.jeton
    rafale(seance, jeton, client, 16)
    assert set(Enveloppe.objects.values_list("etat", flat=True)) == {EtatEnveloppe.OUVERTE}
    assert Passation.objects.filter(signes=Signe.RAFALE).count() == 6
    vus = motifs(seance.collecte)
    assert vus[Signe.RAFALE.label] == 6
    (tout_le_jour,) = [nombre for motif, nombre in vus.items() if "reçues ce jour-là" in motif]
    assert tout_le_jour == 16


def test_the_whole_day_of_a_flood_can_be_set_aside(client, seance, par):
    rafale(seance, seance.acces.jeton, client, 12)
    (cle,) = [lot.cle for lot in lots_a_verifier(seance.collecte) if "ce jour-là" in lot.motif]
    ecarter(collecte=seance.collecte, cle=cle, raison="Un robot.", par=par)
    assert not Passation.objects.comptables().exists()


def test_another_link_and_another_device_are_counted_apart(client, seance, par, tablette):
    voisine = builders.une_seance(collecte=seance.collecte, par=par)
    autre = preparer_appareil(seance=seance, par=par)[1]
    rafale(seance, tablette, client, 8)
    rafale(seance, autre, client, 8)
    rafale(seance, seance.acces.jeton, client, 8)
    assert not Passation.objects.filter(signes__contains=Signe.RAFALE).exists()
    assert voisine.acces.passations.count() == 0


def test_replayed_and_spread_over_hours_they_are_no_flood(client, seance, tablette):
    scellees = [une(seance) for _ in range(6)]
    for _ in range(4):  # acknowledgements were lost
        envoyer(client, scellees, tablette)
    boite.recevoir(
        items=[une(seance) for _ in range(8)], acces=seance.acces, appareil=seance.appareils.get()
    )
    dans_une_heure = timezone.now() + timedelta(minutes=61)
    Enveloppe.objects.filter(etat="nouvelle").update(recue_a=dans_une_heure)
    boite.traiter(identifiants=Enveloppe.objects.values_list("pk", flat=True))
    assert Passation.objects.count() == 14
    assert not Passation.objects.exclude(signes="").exists()


def test_one_batch_is_counted_as_many_as_it_holds(client, seance, tablette):
    envoyer(client, [une(seance) for _ in range(15)], tablette)
    assert Passation.objects.filter(signes=Signe.RAFALE).count() == 5


def en_rafale():
    return Passation.objects.filter(signes__contains=Signe.RAFALE).count()


@pytest.mark.parametrize("ensemble", [True, False])
def test_what_a_missing_key_kept_for_days_is_no_flood(seance, tablette, cle, par, ensemble):
    """Five a day, five days; opened in one press once the key is back."""
    lots = [[une(seance) for _ in range(5)] for _ in range(5)]
    ailleurs = cle.rename(cle.parent.parent / cle.name)
    for rang, lot in enumerate(lots):
        boite.recevoir(items=lot, acces=seance.acces, appareil=seance.appareils.get())
        le_jour = timezone.now() - timedelta(days=5 - rang)
        Enveloppe.objects.filter(etat=EtatEnveloppe.NOUVELLE).update(recue_a=le_jour)
        boite.balayer()
    assert Enveloppe.objects.filter(motif=Motif.CLE).count() == 25
    ailleurs.rename(cle)
    if ensemble:
        assert quarantaine.rouvrir_toutes(motif=Motif.CLE, par=par)[1] == 25
    else:
        assert all(quarantaine.rouvrir(enveloppe=e, par=par) for e in Enveloppe.objects.all())
    assert Passation.objects.count() == 25
    assert not en_rafale()
    assert lots_a_verifier(seance.collecte) == []


def test_what_a_busy_database_could_not_store_counts_once(seance, tablette, monkeypatch):
    vrai, echecs = QuerySet.bulk_create, []

    def occupee(manager, *args, **options):
        if len(echecs) < 3:
            echecs.append(1)
            raise OperationalError("database is locked")
        return vrai(manager, *args, **options)

    appareil = seance.appareils.get()
    boite.recevoir(items=[une(seance) for _ in range(6)], acces=seance.acces, appareil=appareil)
    monkeypatch.setattr(QuerySet, "bulk_create", occupee)
    assert [boite.balayer() for _ in range(4)] == [0, 0, 0, 6]
    assert not en_rafale()
