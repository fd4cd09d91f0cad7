"""What is ticked or typed and not sent yet survives every button of its page, without JavaScript."""

import random
from urllib.parse import urlsplit

import pytest

from enquetes.models import Passation
from enquetes.views.passation import attente
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from tests.navigateur import HTML, Personne

pytestmark = pytest.mark.django_db

MOTS = "Un texte long\nque j’écris depuis dix minutes"
AIDES = ["Besoin d’aide ?", "Où trouver de l’aide", "Vos données", "Accessibilité"]


@pytest.fixture
def lien():
    version = builders.une_version(PETIT)
    collecte = builders.une_collecte_ouverte(version=version, langues=("fr", "ar"))
    return f"/r/{builders.lien_principal(collecte).jeton}/"


@pytest.fixture
def personne(lien):
    return Personne().ouvrir(lien).suivre("Commencer")


def aux_mots(personne) -> str:
    """Answer up to the question whose words are typed; return its address."""
    personne.repondre({"venu": "non"}).repondre({"foyer": "2"})
    assert personne.etape == "mots"
    return personne.adresse


@pytest.mark.parametrize("aide", AIDES)
def test_help_keeps_what_is_typed_and_stores_nothing(personne, aide):
    ici = urlsplit(aux_mots(personne)).path
    personne.suivre(aide, {"mots": MOTS})
    assert urlsplit(personne.adresse).path.startswith(("/aide/", "/vie-privee/", "/access"))
    personne.suivre("Retour au questionnaire")
    assert (urlsplit(personne.adresse).path, personne.saisie()["mots"]) == (ici, MOTS)
    assert "mots" not in Passation.objects.get().reponses
    personne.repondre()
    assert personne.etape == "verifier"
    assert Passation.objects.get().reponses["mots"] == MOTS


def test_the_way_back_from_help_outlives_its_languages_and_its_other_pages(personne):
    ici = urlsplit(aux_mots(personne)).path
    personne.suivre("Besoin d’aide ?", {"mots": MOTS}).suivre("English").suivre("français")
    for aide in AIDES:
        personne.suivre(aide)
    personne.suivre("Retour au questionnaire")
    assert (urlsplit(personne.adresse).path, personne.saisie()["mots"]) == (ici, MOTS)


@pytest.mark.parametrize(
    "venue",
    ["//ailleurs.example/r/", "https://ailleurs.example/r/", "/espace/", "/r/../espace/", "r/x/"],
)
def test_the_way_back_from_help_leads_to_a_questionnaire_or_home(venue):
    personne = Personne()
    personne.page = personne.client.get("/aide/", {"langue": "fr", "de": venue})
    assert "Retour au questionnaire" not in personne.texte
    assert "Accueil" in personne.texte
    assert "ailleurs.example" not in personne.page.content.decode()


def test_the_key_back_finds_what_was_typed_before_help(personne):
    ici = aux_mots(personne)
    personne.suivre("Besoin d’aide ?", {"mots": MOTS}).ouvrir(ici)
    assert personne.saisie()["mots"] == MOTS


def test_back_keeps_what_is_typed_for_the_next_visit(personne):
    aux_mots(personne)
    personne.suivre("Retour", {"mots": MOTS})
    assert personne.etape == "foyer"
    personne.repondre()
    assert (personne.etape, personne.saisie()["mots"]) == ("mots", MOTS)


def test_words_of_several_questions_wait_side_by_side(personne):
    aux_mots(personne)
    personne.suivre("Retour", {"mots": MOTS}).suivre("Besoin d’aide ?", {"foyer": "quatre"})
    personne.suivre("Retour au questionnaire")
    assert (personne.etape, personne.saisie()["foyer"]) == ("foyer", "quatre")
    assert 'id="err"' not in personne.page.content.decode(), "nothing is judged before it is sent"
    personne.repondre({"foyer": "4"})
    assert personne.saisie()["mots"] == MOTS


def test_the_first_question_is_found_again_from_the_welcome(personne, lien):
    personne.suivre("Retour", {"venu": "oui"})
    assert urlsplit(personne.adresse).path == lien
    assert "Vous avez déjà commencé sur ce téléphone." in personne.texte
    assert not Passation.objects.exists()
    personne.suivre("Continuer mes réponses")
    assert (personne.etape, personne.saisie()["venu"]) == ("venue", ["oui"])
    personne.ouvrir(lien).suivre("C’est une autre personne").suivre("Commencer")
    assert "venu" not in personne.saisie()


def test_a_look_at_help_leaves_nothing_on_the_phone(personne):
    personne.suivre("Besoin d’aide ?")
    assert set(personne.client.cookies) <= {"csrftoken"}
    personne.suivre("Retour au questionnaire").repondre({"venu": "oui"})
    personne.repondre({"manque": ["pain"]}).suivre("Retour").suivre("Vos données")
    assert not personne.client.cookies.get(attente.NOM)


def test_what_was_unticked_stays_so(personne):
    personne.repondre({"venu": "oui"}).repondre({"manque": ["pain"]}).suivre("Retour")
    personne.suivre("Besoin d’aide ?", {"manque": []}).suivre("Retour au questionnaire")
    assert "manque" not in personne.saisie()
    assert Passation.objects.get().reponses["manque"] == ["pain"]


def test_to_keep_my_answers_comes_back_to_the_question(personne):
    ici = urlsplit(aux_mots(personne)).path
    personne.suivre("Effacer mes réponses", {"mots": MOTS})
    assert personne.titre == "Effacer mes réponses\u00a0?"
    assert Passation.objects.exists()
    personne.suivre("Non, garder mes réponses")
    assert (urlsplit(personne.adresse).path, personne.saisie()["mots"]) == (ici, MOTS)


def test_to_keep_my_answers_in_another_language_too(personne):
    ici = urlsplit(aux_mots(personne)).path
    personne.suivre("Effacer mes réponses", {"mots": MOTS}).suivre("العربية")
    assert personne.arbre.attrib["lang"] == "ar"
    personne.ouvrir(_second_bouton(personne))
    assert (urlsplit(personne.adresse).path, personne.arbre.attrib["lang"]) == (ici, "ar")
    assert personne.saisie()["mots"] == MOTS


def _second_bouton(personne) -> str:
    liens = personne.arbre.iter(f"{HTML}a")
    return next(a.attrib["href"] for a in liens if a.attrib.get("class") == "bouton second")


def test_to_keep_my_answers_comes_back_to_the_summary(personne):
    aux_mots(personne)
    personne.repondre().suivre("Effacer mes réponses").suivre("Non, garder mes réponses")
    assert personne.etape == "verifier"
    personne.suivre("Changer").suivre("Effacer mes réponses").suivre("Non, garder mes réponses")
    assert personne.etape == "venue"
    assert personne.repondre({"venu": "non"}).etape == "verifier"


@pytest.mark.parametrize("suite", ["", "?de=rien", "?de=manque", "?de=//ailleurs.org/"])
def test_to_keep_my_answers_never_leads_astray(personne, suite):
    ici = aux_mots(personne)
    personne.ouvrir(ici.replace("/mots/", "/effacer/") + suite)
    personne.suivre("Non, garder mes réponses")
    assert (personne.page.status_code, personne.etape) == (200, "mots")


def test_erasing_leaves_no_word_on_the_phone(personne):
    ici = aux_mots(personne)
    personne.suivre("Retour", {"mots": MOTS})
    personne.suivre("Effacer mes réponses", {"foyer": "12"}).repondre()
    assert not Passation.objects.exists()
    personne.ouvrir(ici)
    assert personne.client.cookies[attente.NOM].value == ""
    assert "dix minutes" not in personne.page.content.decode()


def test_the_summary_says_what_was_typed_and_is_not_kept(personne):
    aux_mots(personne)
    personne.repondre().suivre("Changer : Un mot ?").suivre("Retour", {"mots": MOTS})
    assert personne.etape == "verifier"
    assert personne.texte.count("Pas encore gardé") == 1
    personne.suivre("Changer : Un mot ?")
    assert personne.saisie()["mots"] == MOTS
    personne.repondre()
    assert (personne.etape, "Pas encore gardé" in personne.texte) == ("verifier", False)


def test_sending_leaves_no_word_on_the_phone(personne):
    aux_mots(personne)
    personne.repondre().suivre("Changer : Un mot ?").suivre("Retour", {"mots": MOTS}).repondre()
    assert personne.etape == "merci"
    assert personne.client.cookies[attente.NOM].value == ""


def test_help_comes_back_to_a_page_opened_from_the_summary(personne):
    aux_mots(personne)
    personne.repondre().suivre("Changer : Combien").suivre("Besoin d’aide ?", {"foyer": "3"})
    personne.suivre("Retour au questionnaire").repondre()
    assert personne.etape == "verifier"


def test_what_no_cookie_holds_is_said_and_stays_on_the_page(personne):
    hasard = random.Random(5)  # noqa: S311  (what does not compress, not secrets)
    mots = "".join(chr(hasard.randrange(0x4E00, 0x9FFF)) for _ in range(1900))
    aux_mots(personne)
    personne.suivre("Besoin d’aide ?", {"mots": mots})
    assert (personne.etape, personne.saisie()["mots"]) == ("mots", mots)
    assert "Votre texte est trop long pour attendre." in personne.texte
    assert "mots" not in Passation.objects.get().reponses


def test_the_key_enter_continues_whatever_the_languages(personne):
    collecte = builders.une_collecte_ouverte(
        nom="seule", version=builders.une_version(PETIT | {"code": "seule"}), langues=("fr",)
    )
    seule = Personne().ouvrir(f"/r/{builders.lien_principal(collecte).jeton}/")
    for chacune in (personne, seule.suivre("Commencer")):
        premier = next(chacune.arbre.iter(f"{HTML}button"))
        assert (premier.attrib["form"], "name" in premier.attrib) == ("q", False)


@pytest.mark.parametrize("vers", ["", "ailleurs", "//ailleurs.org/", "accueil"])
def test_a_button_that_is_not_ours_only_continues(personne, vers):
    personne.repondre({"venu": "non", ".vers": vers})
    assert personne.etape == "foyer"


def test_a_shared_device_keeps_no_word(lien):
    tablette = Personne().ouvrir(lien.replace("/r/", "/k/")).repondre()
    tablette.repondre({"venu": "non", ".vers": "retour"})
    assert attente.NOM not in tablette.client.cookies
    assert "Combien" in tablette.titre
