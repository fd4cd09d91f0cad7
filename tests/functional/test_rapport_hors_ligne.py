"""The report is filled in on the tablet in a hall without network, and arrives afterwards."""

import time

import pytest
from playwright.sync_api import expect

from enquetes.actions.appareils import preparer_appareil
from enquetes.models import Enveloppe, EtatEnveloppe, Rapport
from tests import builders
from tests.boite import poser_la_cle
from tests.functional.test_hors_ligne import attendre, magasin
from tests.functional.test_kiosque import inscrire
from tests.functional.test_kiosque import seance as seance
from tests.functional.verifications import verifier_axe, verifier_html

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


def preparer(live_server, seance):
    """Return the address that makes a tablet ready for this séance."""
    _, jeton = preparer_appareil(seance=seance, par=builders.un_compte())
    return f"{live_server.url}/o/{seance.acces.jeton}/preparer/#t={jeton}"


def ouvrir_le_compte_rendu(page, live_server, seance):
    """Prepare a tablet, cut the network, and go to the report by the facilitator's corner."""
    inscrire(page, preparer(live_server, seance))
    page.context.set_offline(True)
    page.get_by_role("link", name="Animation").click()
    page.get_by_role("link", name="Faire le compte rendu").click()
    donner_le_code(page)
    attendre(page, "pret", "1")


def donner_le_code(page, code="2580"):
    page.get_by_label("Votre code").fill(code)
    page.get_by_role("button", name="Continuer").click()


def se_tromper(page, code):
    """Give a code that is refused; the words of the refusal before it may still be shown meanwhile."""
    donner_le_code(page, code)
    expect(page.get_by_label("Votre code")).to_have_value("")


def enregistrer(page, **champs):
    ecrire(page, **champs)
    page.get_by_role("button", name="Enregistrer").click()


def ecrire(page, **champs):
    """Fill in some of the report, part by part, in its order."""
    for nom, valeur in champs.items():
        champ = page.locator(f"[name={nom}]")
        while not champ.is_visible():
            page.get_by_role("button", name="Continuer").click()
        if nom == "implication":
            champ.select_option(valeur)
        else:
            champ.fill(valeur)


def revenir_au_debut(page):
    while page.get_by_role("button", name="Retour", exact=True).is_visible():
        page.get_by_role("button", name="Retour", exact=True).click()


def rapport_arrive(nombre=1):
    """Return the report, once all that was sealed is opened: a moment after it was acknowledged."""
    for _ in range(100):
        if Enveloppe.objects.filter(etat=EtatEnveloppe.OUVERTE).count() == nombre:
            break
        time.sleep(0.05)
    return Rapport.objects.get()


def test_filled_in_without_network_and_sent_when_it_is_back(page, live_server, seance):
    ouvrir_le_compte_rendu(page, live_server, seance)
    verifier_axe(page)
    verifier_html({"compte rendu": page.content()})
    enregistrer(page, presents_beneficiaires="9", incidents="SECRETB la salle était froide")
    attendre(page, "attente", "1")
    expect(page.locator("#etat")).to_contain_text("gardé sur cet appareil")
    expect(page.locator("#f")).to_be_hidden()  # nothing looks as if it were to be filled in again
    expect(page.locator("#encore")).to_contain_text("ce qui est scellé ne se relit pas ici")
    page.get_by_role("button", name="Ajouter ou corriger").click()
    expect(page.get_by_text("Partie 1 sur 7")).to_be_visible()
    assert page.locator("[name=incidents]").input_value() == ""
    assert "SECRETB" not in str(magasin(page, "file"))
    assert clefs(page, seance) == []  # the draft went with the sealing
    page.context.set_offline(False)
    attendre(page, "attente", "0")
    expect(page.locator("#etat")).to_contain_text("C’est envoyé")
    rapport = rapport_arrive()
    page.get_by_role("link", name="Revenir au questionnaire").click()
    attendre(page, "partage", "1")
    page.go_back()
    assert "compte-rendu" not in page.url
    assert rapport.presents_beneficiaires == 9
    assert rapport.incidents == "SECRETB la salle était froide"


def test_what_is_wrong_is_told_in_its_part_and_nothing_is_sealed(page, live_server, seance):
    ouvrir_le_compte_rendu(page, live_server, seance)
    enregistrer(page)
    expect(page.locator("#etat")).to_contain_text("rien à enregistrer")
    enregistrer(page, debut="14:00", presents_beneficiaires="neuf")
    expect(page.get_by_label("Personnes concernées")).to_be_focused()  # told by the browser
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_label("Personnes concernées")).to_be_visible()
    ecrire(page, presents_beneficiaires="9", implication="2", preuve="")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_label("Ce qui le montre")).to_be_focused()
    assert magasin(page, "file") == []  # a level without its proof
    verifier_axe(page)


def test_a_device_that_is_not_prepared_is_told_so(page, live_server, seance):
    page.goto(f"{live_server.url}/o/{seance.acces.jeton}/compte-rendu/")
    expect(page.locator("#etat")).to_contain_text("n’est pas préparé")
    expect(page.get_by_role("button", name="Enregistrer")).to_be_hidden()


def test_the_last_correction_wins_whatever_the_clock_says(page, live_server, seance):
    """The queue leaves in any order, and a tablet may believe itself in 1970, then in 2099."""
    ouvrir_le_compte_rendu(page, live_server, seance)
    quand = ("2026-11-27", "2099-01-01", "1970-01-02", "2026-11-27", "1970-01-01", "2026-11-26")
    for rang, jour in enumerate(quand, start=1):
        page.clock.set_fixed_time(jour)
        revenir_au_debut(page)
        enregistrer(page, presents_beneficiaires=str(9 + rang))
        attendre(page, "attente", str(rang))
        page.get_by_role("button", name="Ajouter ou corriger").click()
        if rang == 3:
            page.reload()
            donner_le_code(page)
            attendre(page, "pret", "1")
    page.context.set_offline(False)
    attendre(page, "attente", "0")
    assert rapport_arrive(len(quand)).presents_beneficiaires == 9 + len(quand)


def clefs(page, seance):
    """Return the drafts of the report and of the hands that the device keeps, if there are any."""
    lu = "j => new Promise(ok => {const r = indexedDB.open('voix'); r.onsuccess = () => {const q = r.result.transaction('kv').objectStore('kv').getAllKeys(); q.onsuccess = () => {r.result.close(); ok(q.result.filter(k => k === 'rapport:' + j || k === 'mains:' + j));};};})"
    return page.evaluate(lu, seance.acces.jeton)


def longueur(page, seance):
    """Return how long the draft of the report is, sealed as it lies on the device: that of what was typed."""
    lu = "j => new Promise(ok => {const r = indexedDB.open('voix'); r.onsuccess = () => {const q = r.result.transaction('kv').objectStore('kv').get('rapport:' + j); q.onsuccess = () => {r.result.close(); ok(q.result ? q.result.ct.byteLength : 0);};};})"
    return page.evaluate(lu, seance.acces.jeton)


def corriger(page, seance, texte):
    """Type another text, of another length, and wait for it to be written: a moment after the gesture."""
    avant = longueur(page, seance)
    assert avant
    page.locator("[name=incidents]").fill(texte)
    while longueur(page, seance) == avant:
        page.wait_for_timeout(50)


def ferme(page):
    """Check that the page asks the code, and shows nothing of the report."""
    expect(page.get_by_label("Votre code")).to_be_visible()
    expect(page.locator("#f")).to_be_hidden()
    valeurs = "[...document.querySelectorAll('#f [name]')].map(e => e.value).join('')"
    assert page.evaluate(valeurs) == ""


def test_whoever_knows_the_address_is_asked_the_code(page, live_server, seance):
    page.clock.install()
    ouvrir_le_compte_rendu(page, live_server, seance)
    ecrire(page, presents_beneficiaires="9")
    while not clefs(page, seance):  # each gesture is written a moment after it
        page.wait_for_timeout(50)
    page.reload()
    ferme(page)
    donner_le_code(page)
    attendre(page, "pret", "1")
    adresse = page.url
    page.clock.fast_forward(121_000)  # two minutes of silence
    page.wait_for_url("**/fr/")
    attendre(page, "partage", "1")
    page.go_back()
    expect(page.locator("#f [name=presents_beneficiaires]")).to_have_count(0)
    page.goto(adresse)
    ferme(page)
    for code in range(5):
        se_tromper(page, f"{code:04}")
        expect(page.get_by_role("alert")).to_have_text("Ce n’est pas ce code.")
    se_tromper(page, "2580")  # the right one waits, too
    expect(page.get_by_role("alert")).to_contain_text("Trop de codes faux. Attendez")
    ferme(page)
    page.goto(adresse.replace("compte-rendu", "animation"))
    se_tromper(page, "2580")  # the same tries as those of the corner
    expect(page.get_by_role("alert")).to_contain_text("Trop de codes faux. Attendez")
    page.clock.fast_forward(31_000)
    page.goto(adresse)
    donner_le_code(page)
    attendre(page, "pret", "1")
    expect(page.get_by_label("Personnes concernées")).to_have_value("9")


def test_what_is_typed_is_kept_whatever_ends_the_page(page, live_server, seance):
    ouvrir_le_compte_rendu(page, live_server, seance)
    assert page.locator("#f [name]:visible").count() == 3  # one part at a time
    ecrire(page, presents_beneficiaires="9", incidents="SECRETB la salle était froide")
    adresse = page.url
    page.get_by_role("link", name="Revenir au questionnaire").click()
    attendre(page, "partage", "1")
    assert clefs(page, seance)
    assert "SECRETB" not in str(magasin(page, "kv"))
    page.goto(adresse)
    donner_le_code(page)
    expect(page.locator("#etat")).to_have_text("Voici ce que vous aviez commencé.")
    expect(page.locator("[name=incidents]")).to_have_value("SECRETB la salle était froide")
    corriger(page, seance, "SECRETB il faisait froid")
    page.goto("about:blank")  # killed: nothing was pressed
    page.goto(adresse)
    donner_le_code(page)
    attendre(page, "pret", "1")
    expect(page.locator("[name=incidents]")).to_have_value("SECRETB il faisait froid")
    page.get_by_role("button", name="Enregistrer").click()
    attendre(page, "attente", "1")
    assert clefs(page, seance) == []
    page.reload()
    donner_le_code(page)
    attendre(page, "pret", "1")
    expect(page.get_by_text("Partie 1 sur 7")).to_be_visible()
    page.context.set_offline(False)
    attendre(page, "attente", "0")
    rapport = rapport_arrive()
    assert (rapport.presents_beneficiaires, rapport.incidents) == (9, "SECRETB il faisait froid")
