"""From the welcome page to the thanks, without JavaScript, as a phone does it."""

import uuid
from typing import Any

import html5lib
import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation

from enquetes.actions.effacements import effacer_par_code
from enquetes.actions.passations import code_effacement
from enquetes.forms.passation import formulaire_de_page, initial_de_page
from enquetes.models import EtatPassation, Passation
from enquetes.parcours import code_effacement as codes
from enquetes.parcours.lecture import definition_depuis
from enquetes.views.passation.rendu import contexte_de_page, page_de_question
from tests import builders
from tests.navigateur import Personne

pytestmark = pytest.mark.django_db

PETIT = {
    "format": "voix-questionnaire/1",
    "code": "petit",
    "titre": {"fr": "Votre avis", "ar": "رأيكم"},
    "langues": ["fr", "ar"],
    "pages": [
        {
            "code": "venue",
            "questions": [
                {
                    "code": "venu",
                    "type": "oui_non",
                    "texte": {"fr": "Êtes-vous déjà venu ?", "ar": "هل أتيتم من قبل؟"},
                }
            ],
        },
        {
            "code": "manque",
            "si": {"q": "venu", "eq": "oui"},
            "questions": [
                {
                    "code": "manque",
                    "type": "choix_multiple",
                    "texte": {"fr": "Que manque-t-il ?", "ar": "ما الذي ينقص؟"},
                    "choix": [
                        {"code": "pain", "texte": {"fr": "Du pain", "ar": "الخبز"}},
                        {
                            "code": "autre",
                            "texte": {"fr": "Autre", "ar": "غيره"},
                            "precision": True,
                        },
                        {
                            "code": "rien",
                            "texte": {"fr": "Rien", "ar": "لا شيء"},
                            "exclusif": True,
                        },
                    ],
                }
            ],
        },
        {
            "code": "foyer",
            "questions": [
                {
                    "code": "foyer",
                    "type": "nombre",
                    "texte": {"fr": "Combien êtes-vous ?", "ar": "كم عددكم؟"},
                    "options": {"min": 1, "max": 20, "unite": {"fr": "personnes"}},
                }
            ],
        },
        {
            "code": "mots",
            "questions": [
                {"code": "mots", "type": "texte_long", "texte": {"fr": "Un mot ?", "ar": "كلمة؟"}}
            ],
        },
    ],
}


@pytest.fixture(autouse=True)
def _essais_oublies():
    cache.clear()


@pytest.fixture
def lien():
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    return f"/r/{builders.lien_principal(collecte).jeton}/"


@pytest.fixture
def personne(lien):
    return Personne().ouvrir(lien)


def test_whole_journey_stores_one_row_of_codes(personne):
    assert "Qui vous demande ?" in personne.texte
    personne.suivre("Commencer")
    assert (personne.titre, personne.etape) == ("Êtes-vous déjà venu ?", "venue")
    personne.repondre({"venu": "oui"}).repondre(
        {"manque": ["autre", "pain"], "manque.precision": "du riz"}
    )
    personne.repondre({"foyer": "٤"}).repondre({"mots": "Merci\r\nbeaucoup"})
    assert personne.titre == "Vérifiez vos réponses"
    assert "du riz" in personne.texte
    personne.repondre()
    assert personne.titre == "Merci\u00a0!"
    passation = Passation.objects.get()
    assert passation.etat == EtatPassation.TERMINEE
    assert passation.reponses == {
        "venu": "oui",
        "manque": ["pain", "autre"],
        "manque.precision": "du riz",
        "foyer": 4,
        "mots": "Merci\nbeaucoup",
    }


def test_nothing_is_stored_before_the_first_answer(personne):
    personne.suivre("Commencer")
    assert set(personne.client.cookies) <= {"csrftoken"}
    personne.repondre()
    assert personne.etape == "foyer"
    assert not Passation.objects.exists()
    assert set(personne.client.cookies) <= {"csrftoken"}
    personne.repondre({"foyer": "3"})
    assert Passation.objects.get().reponses == {"foyer": 3}
    assert "reprise" in personne.client.cookies


def test_refusal_is_stored_apart_from_silence(personne):
    personne.suivre("Commencer").repondre({"venu": "_pnr"}).repondre({"foyer.pnr": "on"})
    assert Passation.objects.get().reponses == {"venu": "_pnr", "foyer": "_pnr"}


def test_hidden_answers_are_dropped_when_sent(personne):
    personne.suivre("Commencer").repondre({"venu": "oui"}).repondre({"manque": ["pain"]})
    personne.repondre({"foyer": "2"}).repondre()
    personne.suivre("Changer").repondre({"venu": "non"})
    assert personne.etape == "verifier"
    personne.repondre()
    assert Passation.objects.get().reponses == {"venu": "non", "foyer": 2}


def test_a_change_that_opens_a_page_leads_to_it_then_back_to_the_summary(personne):
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre({"foyer": "2"}).repondre()
    personne.suivre("Changer").repondre({"venu": "oui"})
    assert personne.etape == "manque"
    personne.repondre({"manque": ["rien"]})
    assert personne.etape == "verifier"


def test_an_answer_can_be_taken_back(personne):
    personne.suivre("Commencer").repondre({"venu": "oui"}).repondre({"manque": ["pain"]})
    personne.suivre("Retour").repondre({"manque": []})
    assert Passation.objects.get().reponses == {"venu": "oui"}


def test_back_shows_what_was_answered(personne):
    personne.suivre("Commencer").repondre({"venu": "oui"}).repondre({"manque": ["pain"]})
    personne.suivre("Retour")
    assert personne.saisie()["manque"] == ["pain"]
    personne.suivre("Retour")
    assert personne.saisie()["venu"] == ["oui"]


def test_wrong_number_keeps_what_was_typed_and_says_what_to_do(personne):
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre({"foyer": "quatre"})
    assert personne.etape == "foyer"
    assert "Écrivez un nombre. Par exemple : 4." in personne.texte.replace("\u00a0", " ")
    assert personne.saisie()["foyer"] == "quatre"
    assert personne.page.content.decode().count("<title>Erreur") == 1


def test_same_link_resumes_after_the_phone_died(personne, lien):
    personne.suivre("Commencer").repondre({"venu": "non"})
    reveil = Personne()
    reveil.client.cookies = personne.client.cookies
    reveil.ouvrir(lien).suivre("Continuer mes réponses")
    assert reveil.etape == "foyer"
    assert reveil.suivre("Retour").saisie()["venu"] == ["non"]


def test_another_person_on_the_same_phone_sees_nothing(personne, lien):
    personne.suivre("Commencer").repondre({"venu": "non"})
    personne.ouvrir(lien).suivre("autre personne").suivre("Commencer")
    assert "venu" not in personne.saisie()
    personne.repondre({"venu": "oui"})
    assert Passation.objects.count() == 2


def test_return_after_sending_says_already_sent(personne, lien):
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre().repondre().repondre()
    merci = personne.adresse
    assert personne.ouvrir(merci).titre == "Merci\u00a0!"
    assert personne.ouvrir(lien).titre == "Déjà envoyé"
    personne.ouvrir(merci.replace("merci", "venue"))
    assert personne.titre == "Déjà envoyé"
    assert personne.suivre("Revoir mon code").adresse == merci
    assert Passation.objects.get().reponses == {"venu": "non"}


def test_pages_stay_out_of_caches_and_still_say_their_origin_to_the_site(personne):
    """« no-referrer » would make browsers send « Origin: null », and every form be refused."""
    personne.suivre("Commencer")
    assert personne.page["Cache-Control"] == "no-store"
    assert personne.page["X-Robots-Tag"] == "noindex, nofollow"
    assert personne.page["Referrer-Policy"] == "same-origin"


def test_nothing_to_send_is_said(personne):
    personne.suivre("Commencer").repondre().repondre().repondre()
    assert "rien à envoyer" in personne.texte
    assert not list(personne.arbre.iter("{http://www.w3.org/1999/xhtml}form"))


def test_draft_can_be_erased(personne):
    personne.suivre("Commencer").repondre({"venu": "non"}).suivre(
        "Effacer mes réponses"
    ).repondre()
    assert not Passation.objects.exists()
    assert personne.titre == "Votre avis sur l’épicerie"


def test_language_is_kept_across_steps_and_stored_with_the_first_answer(personne, lien):
    personne.ouvrir(f"{lien}?langue=ar")
    assert personne.arbre.attrib["dir"] == "rtl"
    debut = next(a for a in personne.arbre.iter() if a.attrib.get("class") == "bouton")
    personne.ouvrir(debut.attrib["href"])
    assert personne.titre == "هل أتيتم من قبل؟"
    personne.repondre()
    assert personne.arbre.attrib["lang"] == "ar"
    personne.repondre({"foyer": "3"})
    assert Passation.objects.get().langue == "ar"
    assert "langue=" not in personne.adresse
    assert personne.titre == "كلمة؟"
    personne.ouvrir(personne.adresse + "?langue=fr")
    assert personne.titre == "Un mot ?"


def test_phone_language_is_used_when_offered(lien):
    arabe = Personne(headers={"accept-language": "ar-MA,fr;q=0.5"}).ouvrir(lien)
    assert arabe.arbre.attrib["lang"] == "ar"
    autre = Personne(headers={"accept-language": "de"}).ouvrir(lien)
    assert autre.arbre.attrib["lang"] == "fr"


def test_erasure_code_erases_and_the_page_says_the_same_when_it_finds_nothing(personne):
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre().repondre().repondre()
    code = next(p for p in personne.arbre.iter() if p.attrib.get("class") == "code").text
    assert codes.lire(code) == code
    reponse = Personne().ouvrir("/effacer/").repondre({"code": code.lower().replace("-", " ")})
    assert "S’il existait des réponses" in reponse.texte
    passation = Passation.objects.get()
    assert (passation.etat, passation.reponses, passation.code_effacement) == ("effacee", {}, None)
    encore = Personne().ouvrir("/effacer/").repondre({"code": code})
    assert encore.texte == reponse.texte
    assert personne.ouvrir(personne.adresse).titre == "Ces réponses sont effacées"


def test_after_an_erasure_the_same_telephone_can_answer_anew(personne, lien):
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre().repondre().repondre()
    efface = Passation.objects.get()
    effacer_par_code(code=code_effacement(efface))
    personne.ouvrir(lien).suivre("Commencer").repondre({"venu": "oui"})
    neuve = Passation.objects.exclude(pk=efface.pk).get()
    assert neuve.reponses == {"venu": "oui"}


def test_a_mistyped_code_is_told_and_kept(personne):
    page = Personne().ouvrir("/effacer/").repondre({"code": "7K4M-2XTR"})
    assert page.page.status_code == 400
    assert page.saisie()["code"] == "7K4M-2XTR"


def test_codes_cannot_be_tried_for_long():
    essais = Personne().ouvrir("/effacer/")
    code = codes.depuis_octets(b"0" * 16)
    statuts = [essais.client.post("/effacer/", {"code": code}).status_code for _ in range(7)]
    assert statuts == [200] * 5 + [429] * 2
    effacer_par_code(code="pas un code")


def _elements(html: bytes) -> list[tuple[str, dict[str, str], str]]:
    arbre = html5lib.parse(html.decode())
    noeuds = [(n.tag, dict(n.attrib), (n.text or "").strip()) for n in arbre.iter()]
    return [
        (
            tag,
            {k: v for k, v in attributs.items() if attributs.get("name") != "csrfmiddlewaretoken"},
            texte,
        )
        for tag, attributs, texte in noeuds
    ]


REMPLIES: dict[str, dict[str, Any]] = {
    "venue": {"venu": "oui"},
    "manque": {"manque": ["autre"], "manque.precision": 'du "riz" <b>&amp;'},
    "foyer": {"foyer": 3},
    "mots": {"mots": "</textarea><script>x</script>\nEt \u202eéà"},
}


@pytest.mark.parametrize("etape", REMPLIES)
@pytest.mark.parametrize("langue", ["fr", "ar"])
def test_ready_page_is_the_page_that_the_template_gives(rf, etape, langue):
    """Filled in from the ready form, a page is element by element the one rendered in full."""
    page = definition_depuis(PETIT).page(etape)
    initial = initial_de_page(page, REMPLIES[etape])
    mots = {"csrf_token": "j", "rang": "2", "total": "4"}
    prete = page_de_question(page, langue, ("fr", "ar"), mots, initial)
    with translation.override(langue):
        form = formulaire_de_page(page, langue)(initial=initial)
        contexte = contexte_de_page(form, langue, ("fr", "ar")) | mots
        entiere = render_to_string("enquetes/passation/question.html", contexte)
    assert _elements(prete.encode()) == _elements(entiere.encode())
    assert "<script>x" not in prete


BIZARRES = [
    ("/r/inconnu/", 404),
    ("/r/inconnu/6b6ee7ed-1111-4111-8111-111111111111/venue/", 404),
    ("/r/%00/", 404),
    ("/r/%ff%fe/", 404),
    ("/r/", 404),
    ("/r/inconnu/pas-un-uuid/venue/", 404),
]


@pytest.mark.parametrize(("adresse", "statut"), BIZARRES)
def test_unknown_links_get_a_short_page(client, adresse, statut):
    page = client.get(adresse)
    assert page.status_code == statut
    assert "ne mène nulle part" in page.content.decode()


def test_forged_steps_and_identifiers(personne, lien):
    personne.suivre("Commencer").repondre({"venu": "non"})
    base = personne.adresse.removesuffix("foyer/")
    assert personne.ouvrir(base + "inconnue/").page.status_code == 404
    assert personne.suivre("Reprendre").etape == "foyer"
    assert personne.ouvrir(base + "manque/").etape == "foyer"
    personne.client.post(base + "manque/", {"manque": ["pain"]})
    assert Passation.objects.get().reponses == {"venu": "non"}
    assert personne.client.get(f"{lien}{uuid.uuid1()}/venue/").status_code == 404


def test_identifier_of_another_collecte_is_never_touched(personne):
    autre = builders.une_collecte_ouverte(nom="autre", version=builders.une_version(PETIT))
    jeton = builders.lien_principal(autre).jeton
    personne.suivre("Commencer").repondre({"venu": "non"})
    identifiant = Passation.objects.get().pk
    page = personne.client.post(f"/r/{jeton}/{identifiant}/venue/", {"venu": "oui"})
    assert page.status_code < 500
    assert Passation.objects.get().reponses == {"venu": "non"}


def test_unknown_choice_is_explained(personne):
    personne.suivre("Commencer").repondre({"venu": "peut-être"})
    assert "Cette réponse n’existe pas" in personne.texte
    assert not Passation.objects.exists()


@pytest.mark.parametrize("temoin", ["", "x", "é", "0" * 32, "a" * 5000])
def test_broken_cookie_is_no_cookie(lien, temoin):
    personne = Personne()
    personne.client.cookies["reprise"] = temoin
    assert personne.ouvrir(lien).page.status_code == 200
    assert personne.lien("Commencer")


def test_nul_and_lone_surrogates_do_not_lose_the_words(personne):
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre({"foyer": "2"})
    personne.repondre({"mots": "avant\0après"})
    assert Passation.objects.get().reponses["mots"] == "avant\ufffdaprès"


def test_malformed_utf8_is_stored_readable(personne):
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre({"foyer": "2"})
    page = personne.client.post(
        personne.adresse, b"mots=caf%E9%FF", content_type="application/x-www-form-urlencoded"
    )
    assert page.status_code == 302
    assert Passation.objects.get().reponses["mots"] == "caf\ufffd\ufffd"
