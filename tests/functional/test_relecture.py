"""An ambassadeur reads twenty texts: on a telephone, without script, and with a keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from analyses.models import EtatVerbatim, Relecture, Verbatim
from analyses.views.relecture import TOURNEE
from tests import builders
from tests.functional.clavier import presser
from tests.functional.verifications import verifier_html, verifier_page
from tests.integration.analyses.verbatims import prepares, une_collecte_ecrite, une_lectrice

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def collecte():
    collecte, par = une_collecte_ecrite()
    for rang in range(TOURNEE):
        avis = f"On a vu Rose avec les légumes {rang}"
        builders.des_passations(collecte, 1, reponses={"avis": avis})
    prepares(collecte, par)
    return collecte


@pytest.fixture
def ada():
    return une_lectrice("ada@exemple.fr", "CCAS")


def test_every_screen_is_right_for_a_telephone(page, connecter, live_server, ada, collecte):
    sources = {}

    def voir():
        verifier_page(page)
        sources[page.url] = page.request.get(page.url).text()

    connecter(page, ada).goto(f"{live_server.url}/espace/relire/")
    voir()
    page.get_by_role("link", name=collecte.titre).click()
    voir()
    page.get_by_role("button", name="Non, je n’y étais pas").click()
    voir()
    page.get_by_role("link", name="Oui : cacher des mots").click()
    voir()
    page.get_by_text("Ou récrire plus court").click()
    page.get_by_label("Le texte, sans rien ajouter").fill("un mot inventé : zébulon")
    page.get_by_role("button", name="Garder ce texte").click()
    expect(page.get_by_role("alert")).to_contain_text("zébulon")
    verifier_page(page)
    connecter(page, builders.un_compte()).goto(f"{live_server.url}/espace/textes/{collecte.nom}/")
    voir()
    verifier_html(sources)


def test_a_round_is_read_without_script(page_sans_js, connecter, live_server, ada, collecte):
    page = connecter(page_sans_js, ada)
    page.goto(f"{live_server.url}/espace/relire/{collecte.nom}/")
    page.get_by_role("button", name="Non, je n’y étais pas").click()
    for rang in range(1, TOURNEE + 1):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Texte {rang} sur {TOURNEE}")
        page.get_by_role("button", name="Non : on peut le publier").click()
    expect(page.get_by_text(f"Vous avez relu {TOURNEE} textes.")).to_be_visible()
    assert Relecture.objects.count() == TOURNEE


def test_a_text_costs_one_tap_and_its_buttons_stand_under_the_thumb(
    page, connecter, live_server, ada, collecte
):
    """Twenty ordinary texts in ten minutes: one tap each, the whole text and its answer on a screen."""
    connecter(page, ada).goto(f"{live_server.url}/espace/relire/{collecte.nom}/")
    page.get_by_role("button", name="Non, je n’y étais pas").click()
    gestes = 0
    for _ in range(TOURNEE):
        bouton = page.get_by_role("button", name="Non : on peut le publier")
        place = bouton.bounding_box()
        assert place["height"] >= 44
        assert place["y"] + place["height"] <= page.viewport_size["height"]
        bouton.click()
        gestes += 1
    expect(page.get_by_text(f"Vous avez relu {TOURNEE} textes.")).to_be_visible()
    assert gestes == TOURNEE == Relecture.objects.count()


def test_a_danger_is_told_with_the_keyboard_alone(page, connecter, live_server, ada, collecte):
    connecter(page, ada).goto(f"{live_server.url}/espace/relire/{collecte.nom}/")
    presser(page, "Non, je n’y étais pas")
    presser(page, "Ce texte parle d’un danger")
    verifier_page(page)
    presser(page, "Prévenir la coordination")
    expect(page.get_by_role("status")).to_contain_text("La coordination verra ce texte")
    assert Verbatim.objects.get(danger="signale").etat == EtatVerbatim.REFUSE


def test_words_are_hidden_with_the_keyboard_alone(page, connecter, live_server, ada, collecte):
    connecter(page, ada).goto(f"{live_server.url}/espace/relire/{collecte.nom}/")
    presser(page, "Non, je n’y étais pas")
    presser(page, "Oui")
    mot = page.locator("fieldset.mots label").first.inner_text().strip()
    page.locator("fieldset.mots input").first.focus()
    page.keyboard.press("Space")
    presser(page, "Cacher ces mots")
    expect(page.get_by_role("status")).to_contain_text("Le texte est changé")
    change = Verbatim.objects.get(etat=EtatVerbatim.REFORMULE)
    assert change.texte.startswith("[…]")
    assert not re.match(rf"{re.escape(mot)}\b", change.texte)
