"""What a device sends, and sends again: lost acknowledgements, a full server, another page that sends."""

import json
import time

import pytest
from django.db import OperationalError
from playwright.sync_api import expect

from enquetes.actions import boite
from enquetes.models import Passation
from tests.boite import poser_la_cle
from tests.functional.test_hors_ligne import attendre, envoyer, la_passation, magasin, repondre
from tests.functional.test_hors_ligne import document as document
from tests.functional.test_hors_ligne import seance as seance

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


def test_lost_acknowledgements_are_sent_again_and_make_one_row(document):
    page = document
    perdues = []

    def avaler(route):
        reponse = route.fetch()  # the server commits; the device never hears of it
        if len(perdues) < 3:
            perdues.append(reponse.status)
            route.abort()
        else:
            route.fulfill(response=reponse)

    page.route("**/o/envois/", avaler)
    repondre(page)
    envoyer(page)
    for _ in range(4):
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(300)
    attendre(page, "attente", "0")
    assert perdues == [202, 202, 202]
    assert la_passation()


@pytest.mark.parametrize(
    ("statut", "corps"),
    [
        (200, "<html>Bienvenue sur le wifi</html>"),
        (200, json.dumps({"voix": 1, "items": {}})),
        (202, "<html>"),
        (202, json.dumps({"items": {}})),
        (401, json.dumps({"voix": 1})),
        (502, "Bad gateway"),
    ],
)
def test_what_is_no_acknowledgement_leaves_the_queue(document, statut, corps):
    page = document
    page.route("**/o/envois/", lambda r: r.fulfill(status=statut, body=corps))
    repondre(page)
    envoyer(page)
    page.wait_for_timeout(300)
    assert len(magasin(page, "file")) == 1
    page.unroute("**/o/envois/")
    page.evaluate("dispatchEvent(new Event('online'))")
    attendre(page, "attente", "0")
    assert la_passation()


SCELLER = """async (combien) => {
  const m = await import(document.querySelector("script[src]").src), plan = JSON.parse(document.querySelector("#plan").textContent);
  for (let n = 0; n < combien; n++) {
    const une = await m.sceller(m.uuid(), plan, { langue: "fr", lien: plan.j, champs: { venu: ["non"] }, signes: [] });
    await m.mettreEnFile({ ...une, lien: plan.j }, "x");
  }
}"""


def test_a_server_that_can_store_nothing_is_left_alone_then_gets_everything(document, monkeypatch):
    """A full disk, a stopped database: twenty-five wait, and the device does not send in a loop."""
    page, envois = document, []
    page.context.set_offline(True)
    page.evaluate(SCELLER, 25)

    def plein(_lignes):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(boite, "deposer", plein)
    page.on("request", lambda r: envois.append(r.url.endswith("/o/envois/")))
    page.context.set_offline(False)
    page.wait_for_timeout(4_000)
    assert 1 <= sum(envois) <= 4
    assert len(magasin(page, "file")) == 25

    monkeypatch.undo()
    expect(page.locator("html")).to_have_attribute("data-attente", "0", timeout=60_000)
    for _ in range(100):
        if Passation.objects.count() == 25:
            break
        time.sleep(0.05)
    assert Passation.objects.count() == 25
    assert sum(envois) <= 8


TENIR = "new Promise((la) => navigator.locks.request('voix-envoi', () => new Promise((rendre) => { window.rendre = rendre; la(); })))"


def test_a_retry_that_finds_another_page_sending_is_drawn_again(document, monkeypatch):
    """The other page is then closed: nothing but this one is left to send, hours later."""
    page = document
    autre = page.context.new_page()
    autre.goto(page.url)

    def plein(_lignes):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(boite, "deposer", plein)
    page.bring_to_front()
    repondre(page)
    with page.expect_response("**/o/envois/"):
        page.get_by_role("button", name="Envoyer mes réponses").click()
    autre.evaluate(TENIR)
    page.wait_for_timeout(4_000)  # the retry, drawn within three seconds, finds the lock held
    monkeypatch.undo()
    autre.close()
    expect(page.locator("html")).to_have_attribute("data-attente", "0", timeout=10_000)
    assert la_passation()


def test_answers_sealed_while_another_send_ends_leave_within_seconds(document):
    """Nothing had failed yet, so no retry was drawn: they waited for the next minute."""
    page = document
    repondre(page)
    page.evaluate(TENIR)
    envoyer(page)
    assert len(magasin(page, "file")) == 1
    page.evaluate("rendre()")
    attendre(page, "attente", "0")
    assert la_passation()
