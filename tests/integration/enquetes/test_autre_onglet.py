"""What a second tab holds is never lost without a word: sent, erased, or stored in another way meanwhile."""

from urllib.parse import urlsplit
from uuid import UUID

import pytest

from enquetes.echanges.correspondance import identifiant_de
from enquetes.models import Passation
from enquetes.views.passation import attente
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from tests.integration.enquetes.test_relais import ICI
from tests.navigateur import Personne

pytestmark = pytest.mark.django_db

MOTS = "Un texte long que j’écris depuis dix minutes"
RIEN_A_FAIRE = "Vous n’avez plus rien à faire."
NE_COMPTE_PAS = "Ce que vous venez de répondre ne compte pas."


@pytest.fixture
def personne():
    """Return who stands at the summary, with the same draft open at « Un mot ? » in another tab."""
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    personne = Personne().ouvrir(f"/r/{builders.lien_principal(collecte).jeton}/")
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre({"foyer": "2"})
    return personne.repondre()


def autre_onglet(personne, etape="mots"):
    autre = Personne()
    autre.client = personne.client
    return autre.ouvrir(urlsplit(personne.adresse).path.replace("/verifier/", f"/{etape}/"))


def test_words_that_come_after_the_sending_are_shown_and_told_not_to_count(personne):
    autre = autre_onglet(personne)
    personne.repondre()
    autre.repondre({"mots": MOTS})
    assert NE_COMPTE_PAS in autre.texte
    assert RIEN_A_FAIRE not in autre.texte
    assert "Ce que vous aviez écrit" in autre.texte
    assert MOTS in autre.texte
    assert "mots" not in Passation.objects.get().reponses


@pytest.mark.parametrize("saisie", ["7", "sept", ""])
def test_a_number_or_a_fault_that_comes_after_is_told_too(personne, saisie):
    autre = autre_onglet(personne, "foyer")
    personne.repondre()
    autre.repondre({"foyer": saisie})
    assert NE_COMPTE_PAS in autre.texte
    assert Passation.objects.get().reponses["foyer"] == 2


def test_a_second_tap_of_what_was_sent_is_told_that_all_is_done(personne):
    autre = autre_onglet(personne, "foyer")
    personne.repondre()
    autre.repondre({"foyer": "2"})
    assert RIEN_A_FAIRE in autre.texte
    assert NE_COMPTE_PAS not in autre.texte


def test_words_typed_while_another_tab_erases_are_shown_and_bring_nothing_back(personne):
    autre = autre_onglet(personne)
    personne.suivre("Effacer mes réponses").repondre()
    assert not Passation.objects.exists()
    autre.repondre({"mots": MOTS})
    assert autre.page.status_code == 410
    assert "Ces réponses sont effacées" in autre.texte
    assert MOTS in autre.texte
    assert not Passation.objects.exists()
    autre.suivre("Commencer").suivre("Commencer").repondre({"venu": "non"})
    assert Passation.objects.get().reponses == {"venu": "non"}


def test_what_waits_never_goes_over_what_the_document_has_stored_since(personne):
    autre = autre_onglet(personne)
    ici = autre.adresse
    autre.suivre("Retour", {"mots": "ANCIEN"})
    debut, identifiant, _, _ = ici.rsplit("/", 3)
    relais = f"{debut}/{identifiant_de(UUID(identifiant))}/"  # as the document says it
    champs = {"venu": "non", "foyer": "2", "mots": "NOUVEAU"}
    assert autre.client.post(relais, champs, headers=ICI).status_code == 200
    assert Passation.objects.get().reponses["mots"] == "NOUVEAU"
    assert autre.client.cookies[attente.NOM].value == ""
    assert autre.ouvrir(ici).saisie()["mots"] == "NOUVEAU"
    autre.repondre()
    assert Passation.objects.get().reponses["mots"] == "NOUVEAU"


def test_the_document_is_given_what_waits(personne):
    autre = autre_onglet(personne)
    ici = autre.adresse
    autre.suivre("Retour", {"mots": "EN ATTENTE"}).suivre(
        "Retour", {"foyer.pnr": "on", "foyer": ""}
    )
    page = autre.client.get(ici.replace("/mots/", "/"), headers={"accept": "application/json"})
    champs = page.json()["champs"]
    assert (champs["mots"], champs["foyer.pnr"], champs["venu"]) == (
        ["EN ATTENTE"],
        ["on"],
        ["non"],
    )
    assert champs["foyer"] in ([""], [])


SIENS = {"manque": ["autre"], "manque.precision": MOTS}


@pytest.fixture
def hesitante(personne):
    """Return who writes on a page that her other tab has hidden meanwhile."""
    autre_onglet(personne, "venue").repondre({"venu": "oui"})
    autre = autre_onglet(personne, "manque")
    autre_onglet(personne, "venue").repondre({"venu": "non"})
    return autre


@pytest.mark.parametrize(
    "faute", [{}, {"manque": ["autre", "rien"]}, {"csrfmiddlewaretoken": "x"}]
)
def test_words_typed_where_another_tab_hid_the_page_are_given_back(hesitante, faute):
    hesitante.repondre(SIENS | faute)
    assert hesitante.page.status_code == 409
    assert "Cette question ne se pose plus" in hesitante.texte
    assert MOTS in hesitante.texte
    assert Passation.objects.get().reponses == {"venu": "non", "foyer": 2}
    assert hesitante.suivre("Reprendre").etape == "mots"


def test_what_is_only_ticked_there_leads_on(hesitante):
    hesitante.repondre({"manque": ["pain"]})
    assert hesitante.etape == "mots"
    assert Passation.objects.get().reponses == {"venu": "non", "foyer": 2}
