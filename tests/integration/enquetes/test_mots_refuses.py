"""What was typed is not lost when access shuts before the first stored answer."""

import uuid

import pytest
from django.core.signing import get_cookie_signer

from enquetes.actions.acces import fermer_acces
from enquetes.actions.collectes import clore_collecte, mettre_en_pause
from enquetes.models import Mode, Passation
from enquetes.views.passation import attente, temoin
from enquetes.views.passation.saisie import MOTS_AU_PLUS, NOM, SEL
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from tests.navigateur import Personne

pytestmark = pytest.mark.django_db

MOTS = "Il manque <b>du pain</b> & du lait. " + "Merci beaucoup. " * 18
FERMETURES = [
    (lambda c, par: mettre_en_pause(collecte=c, par=par), 403),
    (lambda c, par: fermer_acces(acces=builders.lien_principal(c), par=par), 410),
    (lambda c, par: clore_collecte(collecte=c, par=par), 410),
]


@pytest.fixture
def par():
    return builders.un_compte()


@pytest.fixture
def collecte(par):
    # The words come first: nothing is stored when they are sent.
    seule = PETIT | {"pages": PETIT["pages"][-1:]}
    return builders.une_collecte_ouverte(
        par=par, version=builders.une_version(seule), langues=("fr", "ar")
    )


@pytest.fixture
def personne(collecte):
    lien = f"/r/{builders.lien_principal(collecte).jeton}/"
    return Personne().ouvrir(lien).suivre("Commencer")


@pytest.mark.parametrize(("fermer", "statut"), FERMETURES)
def test_a_refusal_shows_what_was_typed_and_stores_nothing(
    collecte, par, personne, fermer, statut
):
    fermer(collecte, par)
    personne.repondre({"mots": MOTS})
    assert personne.page.status_code == statut
    assert "Ce que vous aviez écrit" in personne.texte
    assert MOTS.strip() in personne.texte
    assert "<b>du pain" not in personne.page.content.decode()
    assert 'dir="auto"' in personne.page.content.decode()
    assert not Passation.objects.exists()
    assert not {attente.NOM, temoin.NOM, temoin.DEBUT} & set(personne.client.cookies)


def test_whoever_has_not_begun_is_not_told_that_they_can_end(collecte, par, personne):
    mettre_en_pause(collecte=collecte, par=par)
    personne.repondre({"mots": MOTS})
    assert "Revenez un peu plus tard avec le même lien." in personne.texte
    assert "vous pouvez finir" not in personne.texte


def test_a_long_text_is_cut_and_a_page_asked_for_says_no_words(collecte, par, personne):
    mettre_en_pause(collecte=collecte, par=par)
    personne.repondre({"mots": "z" * (MOTS_AU_PLUS + 100)})
    assert personne.texte.count("z" * MOTS_AU_PLUS) == 1
    assert "z" * (MOTS_AU_PLUS + 1) not in personne.texte
    personne.ouvrir(personne.adresse)
    assert "Ce que vous aviez écrit" not in personne.texte


def test_the_longest_text_that_may_be_asked_for_comes_back_whole(par):
    question = PETIT["pages"][-1]["questions"][0] | {"max": 4000}
    seule = PETIT | {"pages": [PETIT["pages"][-1] | {"questions": [question]}]}
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(seule))
    personne = Personne().ouvrir(f"/r/{builders.lien_principal(collecte).jeton}/")
    personne.suivre("Commencer")
    mettre_en_pause(collecte=collecte, par=par)
    personne.repondre({"mots": "z" * 4000})
    assert "z" * 4000 in personne.texte


def test_the_words_are_given_back_in_the_language_of_the_person(collecte, par, personne):
    mettre_en_pause(collecte=collecte, par=par)
    page = personne.client.post(f"{personne.adresse}?langue=ar", {"mots": "خبز"})
    assert "ما كنتم قد كتبتموه" in page.content.decode()
    assert "خبز" in page.content.decode()


def test_nothing_typed_is_shown_on_the_team_s_device(collecte, par, personne):
    identifiant = uuid.UUID(personne.adresse.split("/")[3])
    note = f"{identifiant.hex}:{Mode.TABLETTE}"
    personne.client.cookies[NOM] = get_cookie_signer(salt=NOM + SEL).sign(note)
    mettre_en_pause(collecte=collecte, par=par)
    personne.repondre({"mots": MOTS})
    assert personne.page.status_code == 403
    assert "du pain" not in personne.texte


def test_an_unknown_page_says_that_answers_are_kept_only_when_there_are_some(collecte):
    personne = Personne().ouvrir(f"/r/{builders.lien_principal(collecte).jeton}/")
    etape = personne.suivre("Commencer").adresse
    inconnue = personne.ouvrir(etape.replace("/mots/", "/rien/"))
    assert inconnue.page.status_code == 404
    assert "gardées" not in inconnue.page.content.decode()
    assert inconnue.suivre("Commencer").adresse == etape
    personne.repondre({"mots": "Du pain."})
    inconnue = personne.ouvrir(etape.replace("/mots/", "/rien/"))
    assert "Vos réponses sont gardées." in inconnue.page.content.decode()
