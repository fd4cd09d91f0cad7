"""Two days later, a séance says what it still waits for: on its screens, and nowhere else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from enquetes.actions.rappels import rappels
from enquetes.models import Appareil, EtatSeance, Rapport, Seance
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def par():
    return builders.un_compte(role=Role.AMBASSADEUR, email="ambassadeur@exemple.fr")


@pytest.fixture
def seance(par):
    """Return a séance held three days ago, closed then, with one tablet."""
    seance = builders.une_seance(
        collecte=builders.une_collecte_ouverte(version=builders.une_version(PETIT)), par=par
    )
    il_y_a_trois_jours = timezone.now() - timedelta(days=3)
    Seance.objects.filter(pk=seance.pk).update(
        prevue_le=il_y_a_trois_jours,
        ouverte_le=il_y_a_trois_jours,
        close_le=il_y_a_trois_jours,
        etat=EtatSeance.CLOSE,
    )
    Appareil.objects.create(
        seance=seance, nom="Appareil 1", jeton="0" * 64, vu_le=il_y_a(2), en_attente=3
    )
    return Seance.objects.get(pk=seance.pk)


def il_y_a(jours):
    return timezone.localdate() - timedelta(days=jours)


def dites(seance):
    return [phrase for rappel in rappels([seance]) for phrase in rappel.phrases]


def test_three_answers_wait_for_two_days(seance):
    (phrase,) = dites(seance)
    assert phrase.startswith("Appareil 1\u00a0: 3\u00a0réponses y attendent depuis le ")


@pytest.mark.parametrize(
    ("champs", "mots"),
    [
        ({"vu_le": il_y_a(1)}, None),
        ({"en_attente": 0}, None),
        ({"en_attente": 1}, "1\u00a0réponse y attend depuis"),
        # Prepared at home, used without network, never seen again: nobody knows what it holds.
        ({"vu_le": il_y_a(5), "en_attente": 0}, "aucune nouvelle depuis la séance"),
        ({"vu_le": None, "en_attente": 0}, "aucune nouvelle depuis la séance"),
    ],
)
def test_what_a_tablet_said_last_decides(seance, champs, mots):
    Appareil.objects.update(**champs)
    assert len(dites(seance)) == (mots is not None)
    assert mots is None or mots in dites(seance)[0]


@pytest.mark.parametrize(
    ("champs", "mots"),
    [
        ({}, "Appareil 1, retiré\u00a0: 3\u00a0réponses y attendaient le "),
        ({"vu_le": il_y_a(0)}, "3\u00a0réponses y attendaient"),  # withdrawn: no need to wait
        ({"en_attente": 1}, "1\u00a0réponse y attendait"),
        ({"vu_le": None, "en_attente": 0}, "aucune nouvelle depuis la séance"),
        ({"vu_le": il_y_a(5), "en_attente": 0}, "ne sont pas reçues"),
        ({"en_attente": 0}, None),
    ],
)
def test_a_withdrawn_tablet_is_told_with_what_it_did_not_send(seance, champs, mots):
    """Stolen, it sends nothing any more: whoever ran the séance reads what is missing."""
    Appareil.objects.update(revoque_le=timezone.now(), **champs)
    assert len(dites(seance)) == (mots is not None)
    assert mots is None or mots in dites(seance)[0]


@pytest.mark.parametrize(("jours", "nombre"), [(1, 0), (3, 1), (59, 1), (61, 0)])
def test_not_before_two_days_nor_once_nothing_is_taken_in_any_more(seance, jours, nombre):
    moment = timezone.now() - timedelta(days=jours)
    Seance.objects.update(prevue_le=moment, ouverte_le=moment, close_le=moment)
    assert len(dites(Seance.objects.get())) == nombre


def test_what_was_announced_and_did_not_arrive(seance):
    Appareil.objects.all().delete()
    builders.des_passations(seance.collecte, 2, acces=seance.acces)
    rapport = Rapport.objects.create(seance=seance, reponses_tablette=3)
    assert dites(seance) == ["Réponses annoncées\u00a0: 3, reçues\u00a0: 2."]
    Rapport.objects.filter(pk=rapport.pk).update(reponses_tablette=2)
    assert dites(seance) == []


def test_sheets_that_were_to_be_destroyed_by_now(seance, par):
    Appareil.objects.all().delete()
    builders.une_feuille(seance, {"venu": "oui"}, par=par)
    assert dites(seance) == []
    Seance.objects.update(prevue_le=timezone.now() - timedelta(days=62))
    (phrase,) = dites(Seance.objects.get())
    assert "devaient être détruites avant le" in phrase
    Seance.objects.update(feuilles_detruites_le=il_y_a(0))
    assert dites(Seance.objects.get()) == []


def test_told_to_who_ran_it_in_the_list_and_on_the_page(
    client, seance, par, django_assert_max_num_queries
):
    client.force_login(par)
    for adresse in ("/espace/seances/", f"/espace/seances/{seance.pk}/"):
        page = client.get(adresse).content.decode()
        assert "À faire" in page
        assert "y attendent depuis le" in page
    with django_assert_max_num_queries(4):
        rappels(list(Seance.objects.avec_son_lieu()))
    client.force_login(builders.un_compte())
    assert "À faire" not in client.get("/espace/seances/").content.decode()
    assert "À faire" in client.get(f"/espace/seances/{seance.pk}/").content.decode()
