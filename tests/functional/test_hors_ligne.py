"""One visit, then no network: the questionnaire still opens, answers wait sealed, then leave once."""

import time

import pytest
from playwright.sync_api import expect

from enquetes.actions.appareils import preparer_appareil
from enquetes.actions.effacements import effacer_par_code
from enquetes.actions.questionnaires import remettre_version, retirer_version
from enquetes.actions.seances import ouvrir_seance
from enquetes.models import EtatPassation, Mode, Passation
from tests import builders
from tests.boite import poser_la_cle, rangee
from tests.functional.test_pages_repondants import LANGUES, TOUS_TYPES
from tests.functional.verifications import verifier_axe, verifier_html
from tests.integration.enquetes.test_passation import PETIT

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]

LU = "() => new Promise(ok => {const r = indexedDB.open('voix'); r.onsuccess = () => {const q = r.result.transaction('%s').objectStore('%s').getAll(); q.onsuccess = () => {r.result.close(); ok(q.result);};};})"


def magasin(page, nom):
    return page.evaluate(LU % (nom, nom))


def la_passation():
    """Return the only passation, opened a moment after it was acknowledged."""
    for _ in range(100):
        if Passation.objects.exists():
            break
        time.sleep(0.05)
    return Passation.objects.get()


def attendre(page, attribut, valeur):
    expect(page.locator("html")).to_have_attribute(f"data-{attribut}", valeur, timeout=8_000)


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


@pytest.fixture
def seance():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(
        par=par, version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


@pytest.fixture
def document(page, live_server, seance):
    """Open the document as a person's own phone does, and wait until it is kept."""
    page.set_default_timeout(8_000)
    page.goto(f"{live_server.url}/o/{seance.acces.jeton}/")
    attendre(page, "pret", "1")
    return page


def repondre(page, venu="Oui", manque=("Du pain",), texte=""):
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label(venu, exact=True).check()
    page.get_by_role("button", name="Continuer").click()
    if venu == "Oui":
        for choix in manque:
            page.get_by_label(choix, exact=True).check()
        page.get_by_role("button", name="Continuer").click()
    if page.locator("textarea:visible").count():
        page.locator("textarea:visible").fill(texte)
        page.get_by_role("button", name="Continuer").click()
    while not page.locator("#bilan").is_visible():
        page.get_by_role("button", name="Continuer").click()


def envoyer(page):
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(page.locator("#fin")).to_be_visible()


def test_answered_without_network_and_sent_when_it_is_back(document, seance):
    page = document
    page.context.set_offline(True)
    page.reload()
    repondre(page)
    envoyer(page)
    attendre(page, "attente", "1")
    expect(page.locator("#envoi")).to_contain_text("Elles partiront")
    assert not Passation.objects.exists()
    code = page.locator("#code").text_content()
    page.context.set_offline(False)
    attendre(page, "attente", "0")
    passation = la_passation()
    assert passation.reponses == {"venu": "oui", "manque": ["pain"]}
    assert (passation.mode, passation.acces) == (Mode.TELEPHONE, seance.acces)
    assert [rangee(e) for e in magasin(page, "corbeille")] == [passation.pk]
    effacer_par_code(code=code)
    passation.refresh_from_db()
    assert passation.etat == EtatPassation.EFFACEE


def test_online_it_is_one_document_and_one_send(document):
    page = document
    demandes = []
    page.on("request", lambda r: demandes.append((r.method, r.url.partition("/o/")[2])))
    repondre(page, venu="Non")
    assert demandes == []  # no network between questions
    envoyer(page)
    expect(page.locator("#envoi")).to_have_text("Vos réponses sont bien envoyées.")
    assert [m for m, _ in demandes] == ["POST"]
    assert la_passation().reponses == {"venu": "non"}


def test_a_captive_portal_does_not_replace_what_is_kept(document):
    page = document
    page.context.route("**/o/**", lambda r: r.fulfill(status=200, body="<h1>Portail</h1>"))
    page.reload()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    page.wait_for_timeout(300)
    page.context.unroute("**/o/**")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()


def test_the_path_follows_the_answers_and_hidden_ones_do_not_leave(document):
    page = document
    repondre(page)
    page.get_by_role("button", name="Changer : Êtes-vous déjà venu ?").click()
    page.get_by_label("Non", exact=True).check()
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator("#bilan")).to_be_visible()
    envoyer(page)
    attendre(page, "attente", "0")
    assert la_passation().reponses == {"venu": "non"}


def test_a_half_filled_questionnaire_is_there_again_on_ones_own_phone(document):
    page = document
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Oui", exact=True).check()
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_timeout(200)
    page.context.set_offline(True)
    page.reload()
    attendre(page, "repris", "1")
    expect(page.get_by_text("Que manque-t-il ?").first).to_be_visible()


def test_a_second_tab_says_that_it_is_open_already(document):
    page = document
    autre = page.context.new_page()
    autre.goto(page.url)
    expect(autre.locator("#etat")).to_contain_text("déjà ouvert")
    expect(autre.get_by_role("button", name="Commencer")).to_be_hidden()


def test_a_full_device_says_so_and_keeps_the_answers_on_the_screen(document):
    page = document
    repondre(page)
    page.evaluate("""() => {
      const vrai = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...a) { if (this.name === "file") throw new DOMException("", "QuotaExceededError"); return vrai.apply(this, a); };
      window.rendre = () => { IDBObjectStore.prototype.put = vrai; };
    }""")
    page.get_by_role("button", name="Envoyer mes réponses").click()
    attendre(page, "erreur", "QuotaExceededError")
    expect(page.locator("#etat")).to_contain_text("Ne fermez pas")
    expect(page.locator("#bilan")).to_contain_text("Du pain")
    page.evaluate("rendre()")
    envoyer(page)
    attendre(page, "attente", "0")
    assert la_passation()


def test_emptied_by_the_system_under_ones_feet_the_answers_leave_all_the_same(document):
    """Safari, or a full telephone, takes everything away: queue, draft, cached pages."""
    page = document
    repondre(page)
    page.evaluate(
        """async () => {
          for (const nom of await caches.keys()) await caches.delete(nom);
          await new Promise((ok) => { const r = indexedDB.deleteDatabase("voix"); r.onsuccess = r.onblocked = ok; });
        }"""
    )
    expect(page.locator("#bilan")).to_contain_text("Du pain")
    envoyer(page)
    expect(page.locator("#envoi")).to_contain_text("bien envoyées")
    assert la_passation().reponses["manque"] == ["pain"]


def test_a_closed_database_opens_again(document):
    """IOS closes it under memory pressure (enketo#1576)."""
    page = document
    repondre(page)
    page.evaluate("""() => new Promise(ok => {
      const vrai = IDBDatabase.prototype.transaction; let une = true;
      IDBDatabase.prototype.transaction = function (...a) { if (une) { une = false; throw new DOMException("", "InvalidStateError"); } return vrai.apply(this, a); };
      ok();
    })""")
    envoyer(page)
    attendre(page, "attente", "0")
    assert la_passation()


def test_a_device_says_why_nobody_starts_any_more(document, seance):
    page, version = document, seance.collecte.version
    commencer, etat = page.get_by_role("button", name="Commencer"), page.locator("#etat")
    page.context.set_offline(True)
    repondre(page)
    envoyer(page)
    retirer_version(version=version, raison="Une question blesse.", par="essai")
    page.context.set_offline(False)
    attendre(page, "attente", "0")
    assert la_passation().version == version  # what it kept is taken in
    for reseau in (True, False):
        page.context.set_offline(not reseau)
        page.reload()
        expect(etat).to_contain_text("Ce questionnaire a un défaut")
        expect(commencer).to_be_hidden()
    verifier_axe(page)
    remettre_version(version=version, par="essai")
    page.context.set_offline(False)
    page.reload()
    expect(commencer).to_be_visible()
    expect(etat).to_have_text("")


LAQUELLE = "[...document.querySelectorAll('[data-page]')].findIndex((s) => !s.hidden)"


@pytest.mark.parametrize("langue", LANGUES)
def test_every_page_type_is_right_in_every_language(page, live_server, langue):
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(TOUS_TYPES), langues=LANGUES
    )
    adresse = f"{live_server.url}/o/{builders.lien_principal(collecte).jeton}/{langue}/"
    verifier_html({"document": page.goto(adresse).text()})
    attendre(page, "attente", "0")
    verifier_axe(page)
    page.locator("#commencer").click()
    while not page.locator("#bilan").is_visible():
        section = page.locator("[data-page]:visible")
        verifier_axe(page)
        if section.locator("fieldset input").count():
            section.locator("fieldset input").first.check()
        elif section.locator("textarea").count():
            section.locator("textarea").fill("Merci ! <b> \u202e")
        elif section.locator("input[type=text]").count():
            code = TOUS_TYPES["pages"][page.evaluate(LAQUELLE)]["code"]
            if code in {"nombre", "mois"}:
                section.locator("input[type=text]").fill("quatre")
                page.locator("#suite").click()
                expect(page.locator("#err")).to_be_focused()
                verifier_axe(page)
            section.locator("input[type=text]").fill("03/2025" if code == "mois" else "3")
        page.locator("#suite").click()
    verifier_axe(page)
    page.locator("#suite").click()
    expect(page.locator("#fin")).to_be_visible()
    verifier_axe(page)
    attendre(page, "attente", "0")
    assert len(la_passation().reponses) >= 9


def test_a_tablet_is_prepared_with_a_real_trial_without_network(page, live_server, seance):
    _, jeton = preparer_appareil(seance=seance, par=builders.un_compte())
    page.goto(f"{live_server.url}/o/{seance.acces.jeton}/preparer/#t={jeton}")
    page.get_by_label("Code à quatre chiffres").fill("2580")
    page.get_by_role("button", name="Continuer").click()
    attendre(page, "pret", "1")
    assert jeton not in page.url
    verifier_axe(page)
    page.get_by_role("button", name="J’ai coupé le réseau").click()
    expect(page.get_by_text("Le réseau marche encore")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("button", name="J’ai coupé le réseau").click()
    attendre(page, "essai", "1")
    verifier_axe(page)
    page.get_by_role("link", name="français").click()
    attendre(page, "partage", "1")
    repondre(page)
    envoyer(page)
    page.context.set_offline(False)
    attendre(page, "attente", "0")
    assert la_passation().mode == Mode.TABLETTE
