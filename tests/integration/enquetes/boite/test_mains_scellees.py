"""Hands counted without network: sealed by the device, filed as counts of the room, corrected in their order."""

from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from enquetes.actions.appareils import preparer_appareil
from enquetes.actions.mains_levees import compter_mains
from enquetes.actions.seances import clore_seance, ouvrir_seance
from enquetes.models import Enveloppe, EtatEnveloppe, MainLevee, Passation, Rapport
from tests import builders
from tests.boite import envoyer
from tests.integration.enquetes.boite.test_rapport import lire_le_plan, rang, sceller
from tests.integration.enquetes.test_mains_levees import SALLE
from voix.comptes.models import Trace

pytestmark = pytest.mark.django_db

HEURE = {"mains.heure.presents": "12", "mains.heure.c_oui": "7", "mains.heure.abstentions": "2"}


@pytest.fixture
def seance(par):
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(SALLE))
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


def derniere(seance, question="heure"):
    return MainLevee.histoire(seance, question).last()


def test_a_count_sealed_without_network_becomes_a_count_of_the_room(client, seance, tablette):
    jours = {"mains.jours.presents": "9", "mains.jours.c_lundi": "6", "mains.jours.c_mardi": "8"}
    vides = {"mains.heure.c_non": "", "mains.jours.abstentions": " "}
    envoyer(client, [sceller(seance, HEURE | jours | vides, rang=rang(1))], tablette)
    assert Enveloppe.objects.get().etat == EtatEnveloppe.OUVERTE
    une = derniere(seance)
    assert (une.presents, une.abstentions, une.comptes["oui"], une.comptes["non"]) == (12, 2, 7, 0)
    assert derniere(seance, "jours").comptes == {"lundi": 6, "mardi": 8}
    assert not Passation.objects.exists()
    assert not Rapport.objects.exists()
    assert Trace.objects.filter(verbe="deposer_mains").exists()


def test_presents_alone_are_no_count(client, seance, tablette):
    envoyer(client, [sceller(seance, {"mains.heure.presents": "12"}, rang=rang(1))], tablette)
    assert not MainLevee.objects.exists()


def test_sent_again_it_is_one_count(client, seance, tablette):
    une = sceller(seance, HEURE, rang=rang(1))
    for _ in range(2):
        envoyer(client, [une], tablette)
    envoyer(client, [sceller(seance, HEURE, rang=rang(2))], tablette)  # the same said again
    assert MainLevee.objects.count() == 1


@pytest.mark.parametrize("ordre", list(permutations((1, 2, 3))))
def test_the_last_count_of_a_device_wins_whatever_comes_first(client, seance, tablette, ordre):
    for n in ordre:
        dits = HEURE | {"mains.heure.c_oui": str(n)}
        envoyer(client, [sceller(seance, dits, rang=rang(n))], tablette)
    assert derniere(seance).comptes["oui"] == 3


def test_what_the_office_corrected_since_the_page_was_drawn_stays(client, seance, tablette, par):
    adresse = f"/o/{seance.acces.jeton}/mains-levees/"
    assert lire_le_plan(client, seance, adresse)["vu"] == 0
    bureau = {"presents": 12, "comptes": {"oui": 9}, "abstentions": 0}
    compter_mains(seance=seance, question="heure", par=par, **bureau)
    envoyer(client, [sceller(seance, HEURE, rang=rang(1))], tablette)
    assert derniere(seance).comptes == {"oui": 9}
    assert "'oui': 7" in str(Trace.objects.get(verbe="deposer_mains").details)
    vu = lire_le_plan(client, seance, adresse)["vu"]
    envoyer(client, [sceller(seance, HEURE, rang=rang(2, vu=vu))], tablette)
    assert derniere(seance).comptes["oui"] == 7


def test_after_the_end_results_keep_the_count_of_the_closing(client, seance, tablette, par):
    envoyer(client, [sceller(seance, HEURE, rang=rang(1))], tablette)
    clore_seance(seance=seance, par=par)
    envoyer(client, [sceller(seance, HEURE | {"mains.heure.c_oui": "3"}, rang=rang(2))], tablette)
    assert derniere(seance).comptes["oui"] == 3
    assert MainLevee.objects.get(montree=True).comptes["oui"] == 7


def test_a_seance_never_opened_takes_them_too(client, par):
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(SALLE))
    seance = builders.une_seance(collecte=collecte, par=par)
    jeton = preparer_appareil(seance=seance, par=par)[1]
    envoyer(client, [sceller(seance, HEURE, rang=rang(1))], jeton)
    assert derniere(seance).presents == 12


FAUX = [
    {"mains.heure.c_oui": "11"},  # more hands than persons
    {"mains.heure.presents": ""},
    {"mains.heure.presents": "1000"},
    {"mains.heure.c_oui": "-3"},
    {"mains.heure.c_oui": "1.5"},
    {"mains.heure.c_oui": 3},
    {"mains.heure.c_jamais": "1"},
    {"mains.argent.c_oui": "3"},  # sensitive: never asked to a room
    {"mains.": "3"},
    {"termine_le": "2026-01-01"},
    {"mains.jours.presents": "9", "mains.jours.c_lundi": "8", "mains.jours.abstentions": "2"},
]


@pytest.mark.parametrize("faux", FAUX)
def test_a_count_that_cannot_be_waits_on_the_server_and_nothing_of_it_is_filed(
    client, seance, tablette, faux
):
    envoyer(client, [sceller(seance, HEURE | faux, rang=rang(1))], tablette)
    assert Enveloppe.objects.get().etat == EtatEnveloppe.QUARANTAINE
    assert not MainLevee.objects.exists()
    assert not Rapport.objects.exists()


def test_only_a_prepared_device_counts(client, seance):
    envoyer(client, [sceller(seance, HEURE, rang=rang(1))], seance.acces.jeton)
    assert not MainLevee.objects.exists()


def test_the_page_asks_ordinary_questions_only_and_a_seance_without_any_has_none(client, seance):
    page = client.get(f"/o/{seance.acces.jeton}/mains-levees/")
    assert not page.cookies
    assert "L’heure vous convient-elle ?" in page.content.decode()
    assert "Assez d’argent" not in page.content.decode()
    lien = seance.collecte.acces.get(principal=True).jeton
    assert client.get(f"/o/{lien}/mains-levees/").status_code == 404
    coin = client.get(f"/o/{seance.acces.jeton}/animation/").content.decode()
    assert "/mains-levees/" in coin
    assert "/mains-levees/" in client.get(f"/o/{seance.acces.jeton}/preparer/").content.decode()


def test_the_count_is_read_on_the_page_of_the_seance(client, seance, tablette, par):
    envoyer(client, [sceller(seance, HEURE, rang=rang(1))], tablette)
    client.force_login(par)
    page = client.get(reverse("enquetes:main_levee", args=[seance.pk, "heure"])).content.decode()
    assert 'value="7"' in page


def test_the_database_refuses_a_device_without_an_order(seance):
    with pytest.raises(IntegrityError), transaction.atomic():
        MainLevee.objects.create(seance=seance, question="heure", presents=3, appareil="x")
