"""Another language on the page of a question keeps what is ticked and typed, without JavaScript (T14)."""

import random
from urllib.parse import urlsplit

import pytest

from enquetes.models import Passation
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from tests.navigateur import Personne

pytestmark = pytest.mark.django_db


@pytest.fixture
def personne():
    version = builders.une_version(PETIT)
    collecte = builders.une_collecte_ouverte(version=version, langues=("fr", "ar"))
    return Personne().ouvrir(f"/r/{builders.lien_principal(collecte).jeton}/")


def test_a_change_of_language_keeps_what_is_ticked_and_stores_nothing(personne):
    personne.suivre("Commencer").repondre({"venu": "oui", ".langue": "ar"})
    assert personne.arbre.attrib["lang"] == "ar"
    assert (personne.etape, personne.saisie()["venu"]) == ("venue", ["oui"])
    assert not Passation.objects.exists()
    personne.repondre({".langue": "fr"})
    assert (personne.arbre.attrib["lang"], personne.saisie()["venu"]) == ("fr", ["oui"])
    personne.repondre()
    assert personne.etape == "manque"
    assert Passation.objects.get().reponses == {"venu": "oui"}
    personne.repondre({"manque": ["pain", "autre"], "manque.precision": "<b>", ".langue": "ar"})
    saisie = personne.saisie()
    assert (saisie["manque"], saisie["manque.precision"]) == (["pain", "autre"], "<b>")
    assert Passation.objects.get().reponses == {"venu": "oui"}


def test_what_was_unticked_does_not_come_back_with_another_language(personne):
    personne.suivre("Commencer").repondre({"venu": "oui"}).repondre({"manque": ["pain"]})
    personne.suivre("Retour").repondre({"manque": [], ".langue": "ar"})
    assert "manque" not in personne.saisie()
    assert Passation.objects.get().reponses["manque"] == ["pain"]


@pytest.mark.parametrize("tape", ["quatre", "99999999", "9" * 300])
def test_a_change_of_language_judges_nothing(personne, tape):
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre(
        {"foyer": tape, ".langue": "ar"}
    )
    assert personne.arbre.attrib["lang"] == "ar"
    assert personne.saisie()["foyer"] == tape
    assert 'id="err"' not in personne.page.content.decode()
    personne.repondre()
    assert (personne.etape, personne.arbre.attrib["lang"]) == ("foyer", "ar")
    assert 'id="err"' in personne.page.content.decode()


def test_a_long_text_goes_to_its_other_language_whole(personne):
    """No cookie holds it: the form itself is sent on (307), and comes to the address of its language."""
    hasard = random.Random(5)  # noqa: S311  (what does not compress, not secrets)
    mots = "".join(chr(hasard.randrange(0x4E00, 0x9FFF)) for _ in range(1900))
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre({"foyer": "2"})
    personne.repondre({"mots": mots, ".langue": "ar"})
    assert personne.page.redirect_chain == [(urlsplit(personne.adresse).path + "?langue=ar", 307)]
    assert (personne.arbre.attrib["lang"], personne.saisie()["mots"]) == ("ar", mots)
    assert "mots" not in Passation.objects.get().reponses
    personne.repondre()
    assert personne.etape == "verifier"
    assert Passation.objects.get().reponses["mots"] == mots


def test_a_change_of_language_comes_back_to_the_summary_all_the_same(personne):
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre({"foyer": "3"}).repondre()
    personne.suivre("Changer").repondre({".langue": "ar"}).repondre()
    assert (personne.etape, personne.arbre.attrib["lang"]) == ("verifier", "ar")


@pytest.mark.parametrize("voulue", ["", "uk", "xx"])
def test_a_language_that_is_not_offered_is_no_change_of_language(personne, voulue):
    personne.suivre("Commencer").repondre({"venu": "non", ".langue": voulue})
    assert (personne.etape, personne.arbre.attrib["lang"]) == ("foyer", "fr")
