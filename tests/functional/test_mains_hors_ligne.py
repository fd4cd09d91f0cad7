"""Hands are counted on the tablet in a hall without network, and arrive afterwards."""

import pytest
from playwright.sync_api import expect

from enquetes.actions.seances import ouvrir_seance
from enquetes.models import MainLevee
from tests import builders
from tests.boite import poser_la_cle
from tests.functional.test_hors_ligne import attendre, magasin
from tests.functional.test_kiosque import inscrire
from tests.functional.test_rapport_hors_ligne import clefs, donner_le_code, preparer
from tests.functional.verifications import verifier_axe, verifier_html
from tests.integration.enquetes.test_mains_levees import SALLE

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


@pytest.fixture
def seance():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(SALLE))
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


@pytest.fixture
def compteur(page, live_server, seance):
    """Prepare a tablet, cut the network, and go to the hands by the facilitator's corner."""
    inscrire(page, preparer(live_server, seance))
    page.context.set_offline(True)
    page.get_by_role("link", name="Animation").click()
    page.get_by_role("link", name="Compter à main levée").click()
    donner_le_code(page)
    attendre(page, "pret", "1")
    return page


def compter(page, **nombres):
    for libelle, nombre in nombres.items():
        page.get_by_label(libelle, exact=True).and_(page.locator(":visible")).fill(nombre)


def partir_et_revenir(page):
    """Leave by the page's own way, which waits until what was typed is written, and come back."""
    adresse = page.url
    page.get_by_role("link", name="Revenir au questionnaire").click()
    attendre(page, "partage", "1")
    page.goto(adresse)
    donner_le_code(page)
    attendre(page, "pret", "1")


def test_counted_without_network_and_sent_when_it_is_back(compteur, seance):
    page = compteur
    expect(page.get_by_role("heading", name="L’heure vous convient-elle ?")).to_be_focused()
    expect(page.get_by_text("Partie 1 sur 2")).to_be_visible()
    verifier_axe(page)
    verifier_html({"mains": page.content()})
    compter(page, **{"Personnes présentes": "8", "Oui": "6", "S’abstiennent": "3"})
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_label("Personnes présentes").first).to_be_focused()  # nine hands of eight
    assert magasin(page, "file") == []
    compter(page, **{"S’abstiennent": "2"})
    partir_et_revenir(page)  # the draft is there, sealed by the device
    page.get_by_role("button", name="Continuer").click()
    compter(page, **{"Personnes présentes": "8", "Lundi": "5", "Mardi": "8"})
    page.get_by_role("button", name="Enregistrer").click()
    attendre(page, "attente", "1")
    assert clefs(page, seance) == []
    page.context.set_offline(False)
    attendre(page, "attente", "0")
    expect(page.locator("#etat")).to_contain_text("C’est envoyé")
    page.wait_for_timeout(300)
    heure, jours = MainLevee.de(seance).order_by("question")
    assert (heure.presents, heure.comptes["oui"], heure.abstentions) == (8, 6, 2)
    assert jours.comptes == {"lundi": 5, "mardi": 8}


def test_hands_are_counted_with_big_buttons_without_network(compteur):
    page = compteur
    oui = page.get_by_label("Oui", exact=True)
    plus = page.get_by_role("button", name="Plus\u00a0: Oui")
    for _ in range(3):
        plus.click()
    expect(oui).to_have_value("3")
    page.get_by_role("button", name="Moins\u00a0: Oui").click()
    expect(oui).to_have_value("2")
    page.get_by_role("button", name="Moins\u00a0: Non").click()  # nobody, not fewer
    expect(page.get_by_label("Non", exact=True)).to_have_value("0")
    cadre = plus.bounding_box()
    moins = page.get_by_role("button", name="Moins\u00a0: Oui").bounding_box()
    assert cadre["height"] >= 44
    assert cadre["y"] == moins["y"]  # on one line: the page is not twice as long
    plus.focus()
    page.keyboard.press("Enter")
    expect(oui).to_have_value("3")
    partir_et_revenir(page)
    expect(oui).to_have_value("3")  # a press is a gesture like another: it is in the draft


def test_several_answers_of_one_person_are_not_too_many_hands(compteur):
    page = compteur
    page.get_by_role("button", name="Continuer").click()
    compter(page, **{"Personnes présentes": "8", "Lundi": "7", "S’abstiennent": "2"})
    page.get_by_role("button", name="Enregistrer").click()
    expect(
        page.get_by_label("Personnes présentes").nth(1)
    ).to_be_focused()  # seven and two of eight
    compter(page, Lundi="6", Mardi="6")
    page.get_by_role("button", name="Enregistrer").click()
    attendre(page, "attente", "1")
