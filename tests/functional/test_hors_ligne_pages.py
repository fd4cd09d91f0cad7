"""What the document of a device leaves out and its script gives back: the markup of the wizard, node for node."""

import re

import pytest
from django.template import Context, Template
from django.utils import translation
from playwright.sync_api import expect

from enquetes.actions.questionnaires import charger_bibliotheque
from enquetes.echanges.fichier import lire_texte
from enquetes.forms.passation import formulaire_de_page
from enquetes.parcours.lecture import definition_depuis
from tests import builders
from tests.boite import poser_la_cle
from tests.functional.test_hors_ligne import attendre
from tests.integration.enquetes.test_numeros import ATTENDUES, FICHIER

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]

DESSINER = Template("{% load crispy_forms_tags %}{% crispy form %}")
DIFFERENTES = """attendues => attendues.filter(([rang, html]) => {
  const modele = document.createElement("template");
  modele.innerHTML = html;
  const dites = [...modele.content.children], vues = [...document.querySelectorAll("[data-page]")[rang].querySelectorAll(":scope>.q")];
  return dites.length !== vues.length || !dites.every((dite, n) => dite.isEqualNode(vues[n]));
}).map(([rang]) => rang)"""


def pages_du_wizard(definition, langue):
    """Return each page that asks something, as the wizard draws its fields before any answer."""
    with translation.override(langue):
        for rang, page in enumerate(definition.pages):
            form = formulaire_de_page(page, langue)()
            if form.fields:
                html = DESSINER.render(Context({"form": form, "langue": langue}))
                yield rang, re.sub(r"\s*\n\s*", "\n", html)


@pytest.mark.parametrize("langue", ["fr", "ar"])
def test_every_bundled_page_is_the_one_of_the_wizard(page, live_server, langue):
    poser_la_cle()
    comparees = 0
    for version in charger_bibliotheque(par="essai"):
        nom = version.questionnaire.code
        collecte = builders.une_collecte_ouverte(version=version, nom=nom, langues=("fr", "ar"))
        page.goto(f"{live_server.url}/o/{builders.lien_principal(collecte).jeton}/{langue}/")
        attendre(page, "partage", "0")
        attendues = list(pages_du_wizard(definition_depuis(version.definition), langue))
        assert page.evaluate(DIFFERENTES, attendues) == [], nom
        assert page.evaluate(DIFFERENTES, [[attendues[0][0], "<p></p>"]])
        comparees += len(attendues)
    assert comparees > 80


def test_the_document_counts_questions_as_the_wizard_does(page, live_server):
    poser_la_cle()
    version = builders.une_version(lire_texte(FICHIER).donnees)
    collecte = builders.une_collecte_ouverte(version=version, langues=("fr",))
    page.goto(f"{live_server.url}/o/{builders.lien_principal(collecte).jeton}/fr/")
    attendre(page, "partage", "0")
    page.get_by_role("button", name="Commencer").click()
    for place in ATTENDUES:
        expect(page.locator("#rang")).to_have_text(place)
        page.locator("#suite").click()
    expect(page.locator("#rang")).to_have_text("")
