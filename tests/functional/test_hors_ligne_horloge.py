"""A device whose clock is wrong: the server's is believed, where the device has heard of it."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from enquetes.models import Enveloppe, Passation
from tests import builders
from tests.boite import poser_la_cle
from tests.functional.test_hors_ligne import attendre, envoyer, la_passation, magasin, repondre
from tests.functional.test_hors_ligne import document as document
from tests.functional.test_hors_ligne import seance as seance
from tests.questionnaires import lire

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


@pytest.mark.parametrize("annee", [1970, 2099])
def test_a_wrong_clock_changes_nothing(page, live_server, seance, annee):
    page.clock.set_fixed_time(f"{annee}-01-02T00:00:00Z")
    page.goto(f"{live_server.url}/o/{seance.acces.jeton}/fr/")
    repondre(page)
    envoyer(page)
    attendre(page, "attente", "0")
    assert la_passation().jour.year not in {1970, 2099}


def test_after_a_restored_backup_the_bin_is_sent_again(document, settings):
    page = document
    repondre(page)
    envoyer(page)
    attendre(page, "attente", "0")
    la_passation().delete()
    Enveloppe.objects.all().delete()
    (settings.DOSSIER_DONNEES / "renvoyer-depuis").write_text("1")
    for _ in range(2):  # one contact to hear of it, one to send
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(500)
    assert la_passation()


def avancer_l_horloge(page, jours):
    page.clock.set_fixed_time(timezone.now() + timedelta(days=jours))


def renvoyer(page, settings, depuis):
    """Lose what was received, then ask for what was sent since: a backup was restored."""
    la_passation().delete()
    Enveloppe.objects.all().delete()
    (settings.DOSSIER_DONNEES / "renvoyer-depuis").write_text(str(int(depuis.timestamp())))
    for _ in range(2):
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(500)


@pytest.mark.parametrize("jours", [-2, 2])
def test_the_bin_of_a_device_days_away_is_sent_again_all_the_same(
    page, live_server, seance, settings, jours
):
    avancer_l_horloge(page, jours)
    page.goto(f"{live_server.url}/o/{seance.acces.jeton}/fr/")
    attendre(page, "pret", "1")
    repondre(page)
    envoyer(page)
    attendre(page, "attente", "0")
    renvoyer(page, settings, timezone.now() - timedelta(hours=1))
    assert la_passation()
    if jours < 0:
        return
    renvoyer(page, settings, timezone.now() + timedelta(hours=1))  # nothing was sent that late
    assert not Passation.objects.exists()


@pytest.fixture
def depuis_quand(page, live_server):
    """Open a question that takes no month to come, on a telephone forty days ahead."""
    definition = lire("mois") | {"titre": {"fr": "Mois"}, "langues": ["fr"]}
    question = definition["pages"][0]["questions"][0]
    question["texte"] = {"fr": "Depuis quel mois ?"}
    question["options"] = question["options"] | {"futur": "non"}
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(definition), langues=("fr",)
    )
    avancer_l_horloge(page, 40)
    page.goto(f"{live_server.url}/o/{builders.lien_principal(collecte).jeton}/fr/")
    attendre(page, "pret", "1")
    page.get_by_role("button", name="Commencer").click()
    return page.get_by_role("textbox")


def test_a_month_to_come_is_told_by_a_telephone_that_is_ahead(page, depuis_quand):
    """Else it would say « bien envoyées » of what the server puts aside (« futur: non »)."""
    aujourdhui = timezone.localdate()
    depuis_quand.fill(f"{aujourdhui + timedelta(days=40):%m/%Y}")
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator("#err")).to_contain_text("pas encore")
    depuis_quand.fill(f"{aujourdhui:%m/%Y}")
    page.get_by_role("button", name="Continuer").click()
    envoyer(page)
    attendre(page, "attente", "0")
    assert la_passation().reponses == {"q": f"{aujourdhui:%Y-%m}"}
    for _ in range(20):
        assert not Enveloppe.objects.filter(etat="quarantaine").exists()
        time.sleep(0.05)


def test_a_clock_that_jumps_to_2099_throws_nothing_of_the_bin_away(
    page, live_server, seance, settings
):
    page.goto(f"{live_server.url}/o/{seance.acces.jeton}/fr/")
    attendre(page, "pret", "1")
    repondre(page)
    envoyer(page)
    attendre(page, "attente", "0")
    avancer_l_horloge(page, 73 * 365)
    page.reload()
    attendre(page, "pret", "1")
    renvoyer(page, settings, timezone.now() - timedelta(hours=1))
    assert la_passation()


def attendre_la_corbeille(page, nombre):
    for _ in range(80):
        if len(magasin(page, "corbeille")) == nombre:
            break
        page.wait_for_timeout(100)
    return magasin(page, "corbeille")


def test_the_bin_is_emptied_of_what_the_server_has_had_for_a_week(document):
    page = document
    repondre(page)
    envoyer(page)
    la_passation()
    (recente,) = attendre_la_corbeille(page, 1)
    vieillir = """([e, le]) => new Promise(ok => { const o = indexedDB.open("voix"); o.onsuccess = () => {
      const t = o.result.transaction("corbeille", "readwrite"); t.objectStore("corbeille").put({...e, id: "vieille", le});
      t.oncomplete = () => { o.result.close(); ok(); }; }; })"""
    page.evaluate(vieillir, [recente, recente["le"] - 8 * 86_400_000])
    assert len(magasin(page, "corbeille")) == 2
    page.evaluate("dispatchEvent(new Event('online'))")
    assert [e["id"] for e in attendre_la_corbeille(page, 1)] == [recente["id"]]
