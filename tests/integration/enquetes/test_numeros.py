"""« Question n sur N »: the number that was announced, whatever pages explain on the way."""

import re

import pytest
from django.test import Client

from enquetes.actions.seances import ouvrir_seance
from enquetes.echanges.fichier import lire_texte
from enquetes.views.fiches import Fiche
from tests import builders
from tests.navigateur import Personne

pytestmark = pytest.mark.django_db

FICHIER = """format: voix-questionnaire/1
code: numeros
titre: {fr: Votre avis}
langues: [fr]
pages:
  - code: bonjour
    questions: [{code: bonjour, type: information, texte: Bonjour.}]
  - code: un
    questions: [{code: un, type: oui_non, texte: "Un ?"}]
  - code: encore
    questions: [{code: encore, type: information, texte: Encore deux questions.}]
  - code: deux
    questions: [{code: deux, type: jours, texte: "Deux ?"}]
  - code: trois
    questions: [{code: trois, type: texte_court, texte: "Trois ?"}]
"""
ATTENDUES = ["", "Question 1 sur 3", "", "Question 2 sur 3", "Question 3 sur 3"]


@pytest.fixture
def version():
    return builders.une_version(lire_texte(FICHIER).donnees)


def lus(personne, avancer):
    """Return what each page says of its place, and each title, until the summary."""
    places, titres = [], []
    while "Vérifiez vos réponses" not in personne.texte:
        html = personne.page.content.decode()
        trouve = re.search(r'<p class="etape">([^<]*)</p>', html)
        places.append(trouve[1] if trouve else "")
        titres.append(re.search(r"<title>([^<]*)</title>", html)[1])
        avancer()
    return places, titres


def test_pages_that_explain_are_not_counted(version):
    assert Fiche(version.lue(), version).nb_questions == 3
    collecte = builders.une_collecte_ouverte(version=version, langues=("fr",))
    personne = Personne().ouvrir(f"/r/{builders.lien_principal(collecte).jeton}/")
    personne.suivre("Commencer")
    places, titres = lus(personne, personne.repondre)
    assert places == ATTENDUES
    assert titres[0].startswith("Bonjour.")
    assert "question" not in titres[0]
    assert "(question 1 sur 3)" in titres[1]


def test_nor_on_a_shared_device(version):
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, version=version, langues=("fr",))
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    personne = Personne().ouvrir(f"/k/{seance.acces.jeton}/").repondre()

    def avancer():
        personne.client.post(personne.adresse, personne.saisie())
        personne.ouvrir(personne.adresse)

    personne.ouvrir(f"/k/{seance.acces.jeton}/q/")
    assert lus(personne, avancer)[0] == ATTENDUES


def test_nor_in_the_preview(version):
    client = Client()
    client.force_login(builders.un_compte())
    for etape, place in zip(("bonjour", "un", "deux"), ("", "1 sur 3", "2 sur 3"), strict=True):
        page = client.get(f"/espace/questionnaires/{version.pk}/apercu/{etape}/").content.decode()
        assert ("Question" in page) == bool(place)
        assert place in page
