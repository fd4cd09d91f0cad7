"""The wall, looked at in a browser: on a phone and projected."""

import pytest
from playwright.sync_api import expect

from enquetes.actions.seances import clore_seance, ouvrir_seance
from tests import builders
from tests.functional.conftest import BUREAU
from tests.functional.verifications import verifier_axe, verifier_html
from tests.integration.analyses.test_murs import DEFINITION, repondre

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


def test_from_the_button_to_the_room(page, connecter, live_server):
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(
        par=par, version=builders.une_version(DEFINITION), profil="ordinaire"
    )
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    repondre(seance, 7, 5)
    de_la_salle = page.context.browser.new_context(viewport=BUREAU).new_page()
    de_la_salle.goto(f"{live_server.url}/mur/{seance.acces.jeton}/?ecran=1")
    expect(de_la_salle.get_by_role("status")).to_have_text("10 réponses ou plus.")
    verifier_axe(de_la_salle)
    clore_seance(seance=seance, par=par)
    connecter(page, par)
    page.goto(f"{live_server.url}/espace/seances/{seance.pk}/")
    page.get_by_role("link", name="Montrer les réponses à la salle").click()
    verifier_axe(page)
    page.get_by_role("button", name="Montrer maintenant").click()
    verifier_axe(page)
    de_la_salle.reload()
    expect(de_la_salle.get_by_role("heading", name="Question ordi")).to_be_visible()
    expect(de_la_salle.get_by_text("Large accord", exact=True)).to_be_visible()
    verifier_axe(de_la_salle)
    verifier_html({"salle": de_la_salle.content()})
    largeur = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert de_la_salle.evaluate(largeur) == 0
    page.goto(f"{live_server.url}/mur/{seance.acces.jeton}/")
    verifier_axe(page)
    assert page.evaluate(largeur) == 0
    de_la_salle.context.close()
