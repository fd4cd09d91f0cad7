"""What a page costs: statements counted outside any transaction of the tests, as in real life."""

import json
from pathlib import Path
from uuid import uuid4

import pytest

from enquetes.actions.passations import changer_page, enregistrer_page, terminer_passation
from enquetes.models import EtatPassation, Passation
from enquetes.views.passation import stockage
from tests import builders
from tests.navigateur import Personne

pytestmark = pytest.mark.django_db(transaction=True)

TOUS_TYPES = json.loads(
    (Path(__file__).parents[2] / "questionnaires/tous_types.json").read_text("utf-8")
)


@pytest.fixture
def personne():
    collecte = builders.une_collecte_ouverte(version=builders.une_version(TOUS_TYPES))
    lien = f"/r/{builders.lien_principal(collecte).jeton}/"
    # The first person makes the process read the definition and draw the pages.
    Personne().ouvrir(lien).suivre("Commencer").repondre().repondre({"cu": "autre"})
    return Personne().ouvrir(lien)


def test_showing_any_page_is_one_statement(personne, django_assert_num_queries):
    with django_assert_num_queries(1):
        personne.client.get(personne.adresse)
    personne.suivre("Commencer").repondre().repondre({"cu": "epicerie"})
    for etape in ("choix-unique", "texte-long", "verifier"):
        adresse = personne.adresse.replace("choix-multiple", etape)
        personne.client.get(adresse)
        with django_assert_num_queries(1):
            assert personne.client.get(adresse).status_code == 200


def test_storing_a_page_is_two_statements_the_first_one_included(
    personne, django_assert_num_queries
):
    personne.suivre("Commencer").repondre()
    with django_assert_num_queries(2):
        personne.client.post(personne.adresse, {"cu": "epicerie"})
    with django_assert_num_queries(2):
        personne.client.post(personne.adresse, {"cu": "autre"})
    with django_assert_num_queries(2):
        personne.client.post(personne.adresse, {"csrfmiddlewaretoken": ""})
    assert Passation.objects.filter(reponses={}).exists()


def la_sienne(personne: Personne):
    """Return what is stored at the address where this person is."""
    return Passation.objects.filter(pk=personne.adresse.split("/")[3])


def test_a_draft_that_goes_between_its_reading_and_its_writing_is_made_again(
    personne, monkeypatch
):
    personne.suivre("Commencer").repondre().repondre({"cu": "epicerie"})
    brouillon = la_sienne(personne)

    def trop_tard(**page) -> bool:
        assert brouillon.delete()[0] == 1
        return changer_page(**page)

    monkeypatch.setattr(stockage, "changer_page", trop_tard)
    ici = personne.adresse
    personne.repondre({"cm": ["pain"]})
    assert personne.adresse != ici
    assert brouillon.get().reponses == {"cm": ["pain"]}


@pytest.mark.parametrize("etat", [EtatPassation.TERMINEE, EtatPassation.EFFACEE])
def test_what_is_no_draft_any_more_is_never_changed(personne, etat):
    personne.suivre("Commencer").repondre().repondre({"cu": "epicerie"})
    lue = la_sienne(personne).select_related("version").get()
    gardees = {} if etat == EtatPassation.EFFACEE else lue.reponses
    la_sienne(personne).update(etat=etat, reponses=gardees)
    page = lue.version.lue().page("choix-unique")
    assert not changer_page(passation=lue, page=page, valeurs={"cu": "autre"}, langue="ar")
    apres = la_sienne(personne).get()
    assert (apres.reponses, apres.langue) == (gardees, lue.langue)


def test_sending_is_three_statements_and_sending_again_one(personne, django_assert_num_queries):
    personne.suivre("Commencer").repondre().repondre({"cu": "epicerie"})
    adresse = personne.adresse.replace("choix-multiple", "verifier")
    lues = personne.ouvrir(adresse).saisie()
    assert lues[".vu"]
    with django_assert_num_queries(3):
        assert personne.client.post(adresse, lues).status_code == 302
    with django_assert_num_queries(1):
        personne.client.post(adresse)


def test_the_cost_of_a_page_does_not_grow_with_the_questionnaire(django_assert_num_queries):
    """Answered pages are read with the draft, never validated or fetched again."""
    page = TOUS_TYPES["pages"][8]
    longue = TOUS_TYPES | {
        "code": "longue",
        "pages": [
            {"code": f"p{n}", "questions": [page["questions"][0] | {"code": f"q{n}"}]}
            for n in range(60)
        ],
    }
    collecte = builders.une_collecte_ouverte(version=builders.une_version(longue))
    acces = builders.lien_principal(collecte)
    identifiant = uuid4()
    for page in collecte.version.lue().pages[:-1]:
        question = page.questions[0].code
        with django_assert_num_queries(1):
            enregistrer_page(
                passation_id=identifiant,
                acces=acces,
                page=page,
                valeurs={question: "oui"},
                langue="fr",
            )
    with django_assert_num_queries(2):
        passation = terminer_passation(passation_id=identifiant, acces=acces)
    assert passation.etat == EtatPassation.TERMINEE
    assert len(passation.reponses) == 59
