"""The device is really full: Chromium refuses to write, the person is told, nothing is lost."""

import pytest
from playwright.sync_api import expect

from tests.boite import poser_la_cle
from tests.functional.test_hors_ligne import attendre, envoyer, la_passation, repondre
from tests.functional.test_hors_ligne import seance as seance

REMPLIR = """async () => {
  const base = await new Promise((ok) => { const r = indexedDB.open("remplissage", 1); r.onupgradeneeded = () => r.result.createObjectStore("s"); r.onsuccess = () => ok(r.result); });
  for (let n = 0; n < 60; n++) {
    const bon = await new Promise((ok) => {
      const t = base.transaction("s", "readwrite", { durability: "strict" });
      t.objectStore("s").put(crypto.getRandomValues(new Uint8Array(65536)), n);
      t.oncomplete = () => ok(true); t.onerror = t.onabort = () => ok(false);
    });
    if (!bon) return n;
  }
  return -1;
}"""
"""Writes until Chromium itself refuses: what it believed free a moment ago is used up."""
pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


def test_a_quota_set_by_the_browser_itself(page, live_server, seance):
    page.set_default_timeout(8_000)
    cdp = page.context.new_cdp_session(page)
    adresse = f"{live_server.url}/o/{seance.acces.jeton}/fr/"
    quota = {"origin": live_server.url, "quotaSize": 2_000_000}
    cdp.send("Storage.overrideQuotaForOrigin", quota)
    page.goto(adresse)
    repondre(page)
    assert page.evaluate(REMPLIR) > 0
    page.get_by_role("button", name="Envoyer mes réponses").click()
    attendre(page, "erreur", "QuotaExceededError")
    expect(page.locator("#etat")).to_contain_text("Ne fermez pas")
    expect(page.locator("#bilan")).to_contain_text("Du pain")
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": live_server.url})
    envoyer(page)
    attendre(page, "attente", "0")
    assert la_passation()
