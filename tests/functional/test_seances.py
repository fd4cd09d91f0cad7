"""A séance from the first question to the report, on a telephone."""

import pytest
from playwright.sync_api import expect

from enquetes.actions.seances import clore_seance
from enquetes.models import Seance
from tests import builders
from tests.functional.verifications import verifier_html, verifier_page
from voix.comptes.roles import Role

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]

DANS_VINGT_MINUTES = """() => {
  const n = new Date(Date.now() + 20 * 60000);
  const f = o => new Intl.DateTimeFormat("sv", {timeZone: "Europe/Paris", ...o}).format(n);
  document.querySelector("[name=jour]").value = f({dateStyle: "short"});
  document.querySelector("[name=heure]").value = f({hour: "2-digit", minute: "2-digit"});
}"""

COMPTE_RENDU = [
    ("Fin", "16:00"),
    ("Personnes concernées", "9"),
    ("Sur la tablette", "8"),
    ("Langues parlées", "français, arabe"),
    ("Qui a animé avec vous", "deux personnes de l’épicerie"),
    ("Ce qui s’est mal passé", "Pas de réseau."),
    ("Ce que vous avez promis", "Revenir en janvier."),
]


@pytest.fixture
def animateur():
    return builders.un_compte(role=Role.AMBASSADEUR, email="ambassadeur@exemple.fr")


@pytest.fixture
def voir(page, tmp_path):
    """Return a function that verifies the page in front of one's eyes; the W3C judges at the end."""
    sources = {}

    def verifier():
        verifier_page(page)
        sources[page.url] = page.request.get(page.url).text()

    yield verifier
    verifier_html(sources, tmp_path)


def test_prepared_and_run_on_a_telephone(page, connecter, live_server, animateur, voir):
    builders.une_collecte_ouverte()
    connecter(page, animateur).goto(f"{live_server.url}/espace/seances/")
    voir()
    page.get_by_role("link", name="Préparer une séance").click()
    voir()
    page.get_by_label("Atelier").check()
    page.get_by_role("button", name="Continuer").click()
    voir()
    page.get_by_label("Salle").fill("Salle des fêtes")
    page.get_by_role("button", name="Continuer").click()
    voir()
    page.evaluate(DANS_VINGT_MINUTES)
    page.get_by_role("button", name="Continuer").click()
    voir()
    page.get_by_label("Votre avis sur l’épicerie").check()
    page.get_by_role("button", name="Créer la séance").click()
    voir()
    page.get_by_role("button", name="Ouvrir la séance").click()
    expect(page.get_by_text(Seance.objects.get().code_lisible)).to_be_visible()
    voir()
    page.get_by_role("button", name="Fermer la séance").click()
    expect(page.get_by_role("link", name="Faire le compte rendu")).to_be_visible()
    voir()


def test_moving_and_removing_are_right_too(page, connecter, live_server, animateur, voir):
    seance = builders.une_seance(par=animateur)
    connecter(page, animateur)
    for adresse in ("jour", "supprimer"):
        page.goto(f"{live_server.url}/espace/seances/{seance.pk}/{adresse}/")
        voir()


def test_reported_one_question_a_screen(page, connecter, live_server, animateur, voir):
    collecte = builders.une_collecte_ouverte()
    seance = builders.une_seance(collecte=collecte, par=animateur)
    clore_seance(seance=seance, par=animateur)
    connecter(page, animateur).goto(f"{live_server.url}/espace/seances/{seance.pk}/")
    page.get_by_role("link", name="Faire le compte rendu").click()
    for champ, valeur in COMPTE_RENDU:
        page.get_by_label(champ).fill(valeur)
        voir()
        page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("annoncées 8, reçues 0")).to_be_visible()
    voir()
    page.get_by_role("button", name="Terminer le compte rendu").click()
    expect(page.get_by_text("Il en manque 8")).to_be_visible()
    voir()
