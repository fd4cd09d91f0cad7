"""Closing, as those who decide do it: on a telephone, without script, with a keyboard alone.

``VOIX_IMAGES=docs/images`` keeps the pictures of docs/guide-cloture.md.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from analyses.actions.clotures import publier_releve
from analyses.models import Demande, Publication
from enquetes.actions.collectes import arreter_releve
from tests import builders
from tests.functional.clavier import aller_a, presser
from tests.functional.conftest import BUREAU
from tests.functional.verifications import verifier_html, verifier_page
from voix.comptes.roles import Role

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]
ADRESSE = "/espace/resultats/avis/"
DEFINITION = builders.UNE_DEFINITION | {
    "pages": [
        {
            "code": code,
            "questions": [
                {
                    "code": code,
                    "type": "choix_unique",
                    "profil": profil,
                    "texte": {"fr": texte},
                    "choix": [{"code": c, "texte": {"fr": lib}} for c, lib in choix],
                }
            ],
        }
        for code, profil, texte, choix in (
            (
                "produits",
                "ordinaire",
                "Les produits vous conviennent-ils ?",
                (("oui", "Oui"), ("moitie", "À moitié"), ("non", "Non")),
            ),
            (
                "repas",
                "sensible",
                "Le mois dernier, avez-vous sauté un repas faute d’argent ?",
                (("jamais", "Jamais"), ("parfois", "Parfois"), ("souvent", "Souvent")),
            ),
        )
    ],
}
LIEUX = (("Épicerie du Marché", 34), ("Centre social des Deux-Ponts", 24), ("Table commune", 7))


@pytest.fixture
def releve():
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(DEFINITION), nom="avis", profil="ordinaire"
    )
    for nom, nombre in LIEUX:
        structure = builders.une_structure(builders.un_territoire(), nom)
        for rang in range(nombre):
            reponses = {
                "produits": ("oui", "oui", "moitie", "non")[rang % 4],
                "repas": ("jamais", "jamais", "jamais", "parfois", "souvent")[rang % 5],
            }
            builders.des_passations(collecte, 1, structure=structure, reponses=reponses)
    return arreter_releve(collecte=collecte, par=builders.un_compte())


def photographier(page, nom):
    if dossier := os.environ.get("VOIX_IMAGES"):
        page.screenshot(path=Path(dossier) / f"{nom}.png", full_page=True)


def test_every_screen_is_right_for_a_telephone(page, connecter, live_server, releve):
    sources = {}

    def voir(nom):
        verifier_page(page)
        photographier(page, nom)
        sources[page.url] = page.request.get(page.url).text()

    connecter(page, builders.un_compte()).goto(live_server.url + ADRESSE)
    voir("cloture-a-preparer")
    page.get_by_role("button", name="Préparer les tableaux").click()
    expect(page.get_by_role("heading", name="Groupes réunis")).to_be_visible()
    voir("cloture-proposition")
    page.get_by_role("button", name="Publier ces tableaux").click()
    expect(page.get_by_text("Les tableaux sont publiés")).to_be_visible()
    page.set_viewport_size(BUREAU)
    page.goto(f"{live_server.url}{ADRESSE}repas/?par=structure")
    page.get_by_text("Pourquoi certaines cases sont-elles masquées").click()
    voir("cloture-tableau")
    page.goto(f"{live_server.url}{ADRESSE}autres-comparaisons/")
    page.set_viewport_size({"width": 360, "height": 640})
    voir("cloture-demande")
    verifier_html(sources)


def test_it_is_read_and_published_with_a_keyboard_alone(page, connecter, live_server, releve):
    connecter(page, builders.un_compte()).goto(live_server.url + ADRESSE)
    presser(page, "Préparer les tableaux")
    presser(page, "Publier ces tableaux")
    assert Publication.objects.count() == 1


def test_a_grouping_is_asked_for_and_decided_without_script(
    page_sans_js, connecter, live_server, releve
):
    publier_releve(releve_id=releve.pk, par="essai")
    adresse = f"{live_server.url}{ADRESSE}autres-comparaisons/"
    evaluation = builders.un_compte(role=Role.EVALUATION, email="e@exemple.fr")
    page = connecter(page_sans_js, evaluation)
    page.goto(adresse)
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_role("alert")).to_contain_text("Dites à quoi servira cette comparaison")
    page.get_by_label("Comparer selon").select_option("produits")
    page.get_by_label("À quoi servira cette comparaison").fill("Voir qui n’aime pas les produits.")
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_text("Demande transmise")).to_be_visible()
    page.context.clear_cookies()
    connecter(page, builders.un_compte(role=Role.REFERENT, email="r@exemple.fr")).goto(adresse)
    page.get_by_label("Raison de votre décision").fill("Le groupe est assez grand.")
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("Demande acceptée")).to_be_visible()
    assert Demande.objects.get().raison == "Le groupe est assez grand."


def test_the_referent_lowers_a_question_on_a_telephone(page, connecter, live_server, releve):
    referent = builders.un_compte(role=Role.REFERENT, email="r@exemple.fr")
    connecter(page, referent).goto(f"{live_server.url}{ADRESSE}profils-des-questions/")
    verifier_page(page)
    aller_a(page, "Pourquoi n’est-elle pas sensible", "textarea")
    page.keyboard.type("Posée sur un ton de jeu.")
    presser(page, "Rendre cette question ordinaire")
    expect(page.get_by_text("Posée sur un ton de jeu.")).to_be_visible()
    verifier_page(page)
