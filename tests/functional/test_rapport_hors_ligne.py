"""The report is filled in on the tablet in a hall without network, and arrives afterwards."""

import time

import pytest
from playwright.sync_api import expect

from enquetes.actions.appareils import preparer_appareil
from enquetes.models import Enveloppe, EtatEnveloppe, Rapport
from tests import builders
from tests.boite import poser_la_cle
from tests.functional.test_hors_ligne import attendre, magasin
from tests.functional.test_kiosque import animer, inscrire
from tests.functional.test_kiosque import seance as seance
from tests.functional.verifications import verifier_axe, verifier_html

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


def ouvrir_le_compte_rendu(page, live_server, seance):
    """Prepare a tablet, cut the network, and go to the report by the facilitator's corner."""
    _, jeton = preparer_appareil(seance=seance, par=builders.un_compte())
    inscrire(page, f"{live_server.url}/o/{seance.acces.jeton}/preparer/#t={jeton}")
    page.context.set_offline(True)
    animer(page)
    page.get_by_role("link", name="Faire le compte rendu").click()
    attendre(page, "pret", "1")


def enregistrer(page, **champs):
    for nom, valeur in champs.items():
        champ = page.locator(f"[name={nom}]")
        if nom == "implication":
            champ.select_option(valeur)
        else:
            champ.fill(valeur)
    page.get_by_role("button", name="Enregistrer").click()


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
    enregistrer(page)
    expect(page.locator("#etat")).to_contain_text("rien à enregistrer")
    enregistrer(
        page,
        debut="14:00",
        presents_beneficiaires="neuf",
        incidents="SECRETB la salle était froide",
    )
    assert magasin(page, "file") == []  # « neuf » is told by the browser
    enregistrer(page, presents_beneficiaires="9", implication="2")
    assert magasin(page, "file") == []  # a level without its proof
    enregistrer(page, implication="")
    attendre(page, "attente", "1")
    expect(page.locator("#etat")).to_contain_text("gardé sur cet appareil")
    expect(page.locator("#f")).to_be_hidden()  # nothing looks as if it were to be filled in again
    page.get_by_role("button", name="Ajouter ou corriger").click()
    assert page.locator("[name=incidents]").input_value() == ""
    assert "SECRETB" not in str(magasin(page, "file"))
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
        enregistrer(page, presents_beneficiaires=str(9 + rang))
        attendre(page, "attente", str(rang))
        page.get_by_role("button", name="Ajouter ou corriger").click()
        if rang == 3:
            page.reload()
            attendre(page, "pret", "1")
    page.context.set_offline(False)
    attendre(page, "attente", "0")
    assert rapport_arrive(len(quand)).presents_beneficiaires == 9 + len(quand)
