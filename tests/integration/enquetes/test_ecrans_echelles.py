"""Pasting a published scale: checked, read again, then published with or without its name."""

import pytest

from analyses.statistiques.refus import CalculImpossible
from analyses.statistiques.scores import BAREMES, Score, coter
from enquetes.actions.questionnaires import publier_version
from enquetes.bibliotheque.echelles import (
    NON_COMPARABLE,
    definition_de,
    echelle_de,
    gabarits,
    valeurs,
)
from enquetes.models import Passation, Questionnaire, VersionQuestionnaire
from tests import builders
from tests.navigateur import Personne
from voix.commun.erreurs import SaisieInvalide

pytestmark = pytest.mark.django_db
ADRESSE = "/espace/questionnaires/echelles/"
CODES = list(gabarits())


@pytest.fixture
def coordination(client):
    compte = builders.un_compte()
    client.force_login(compte)
    return compte


def saisie(code, **autres):
    gabarit = gabarits()[code]
    textes = {e.code: f"Texte collé {n}" for n, e in enumerate(gabarit.emplacements)}
    lieu = f"t{builders.un_territoire().pk}"
    return textes | {"source": "Guide 2016, page 3", "confirme": "on", "lieu": lieu} | autres


def test_every_scale_is_listed_and_opens(client, coordination):
    html = client.get(ADRESSE).content.decode()
    for gabarit in gabarits().values():
        assert gabarit.titre in html
        assert gabarit.lien in client.get(f"{ADRESSE}{gabarit.code}/").content.decode()
    assert ADRESSE in client.get("/espace/questionnaires/").content.decode()
    assert client.get(f"{ADRESSE}pnns-gs2/").status_code == 404


@pytest.mark.parametrize("code", CODES)
def test_whole_text_is_read_again_then_published_as_the_scale(client, coordination, code):
    html = client.post(f"{ADRESSE}{code}/", saisie(code)).content.decode()
    assert "Le texte est entier" in html
    assert not VersionQuestionnaire.objects.exists()
    page = client.post(f"{ADRESSE}{code}/", saisie(code, publier="oui"), follow=True)
    html = page.content.decode()
    assert "est publié" in html
    version = VersionQuestionnaire.objects.get()
    assert echelle_de(version.lue()).code == code
    assert version.publiee_par == coordination
    assert gabarits()[code].nom in html


def test_missing_question_or_unticked_box_is_a_module_that_compares_to_nothing(
    client, coordination
):
    incomplete = saisie("fies", fies_8="", confirme="")
    assert "Sans note" in client.post(f"{ADRESSE}fies/", incomplete).content.decode()
    client.post(f"{ADRESSE}fies/", incomplete | {"publier": "oui"})
    version = VersionQuestionnaire.objects.get()
    assert version.lue().module == NON_COMPARABLE
    assert echelle_de(version.lue()) is None


@pytest.mark.parametrize(
    ("code", "faute", "phrase"),
    [
        ("fies", {"fies_3": ""}, "Question 3\u00a0: collez-la, ou décochez"),
        ("fies", {"source": ""}, "Écrivez d’où vient ce texte"),
        ("fies", {"fies_3": "Texte  collé 0"}, "Ce texte est déjà là"),
        (
            "fies",
            {"fies_3": "x" * 401},
            "Question 3\u00a0: ce texte est trop long. Gardez 400 signes au plus",
        ),
        ("fies", {"lieu": "t0"}, "Choisissez un territoire"),
        ("fies", {f"fies_{n}": "" for n in range(1, 9)}, "Collez au moins une question"),
        ("who5", {"reponse_4": "", "confirme": ""}, "Réponse qui vaut 4\u00a0: collez"),
        ("hfias", {"frequence": "", "confirme": ""}, "Collez ce texte, qui sert"),
    ],
)
def test_mistakes_are_said_and_what_was_pasted_is_kept(client, coordination, code, faute, phrase):
    page = client.post(f"{ADRESSE}{code}/", saisie(code, **faute) | {"publier": "oui"})
    html = page.content.decode()
    assert page.status_code == 200
    assert phrase in html
    assert "<title>Erreur" in html
    assert "Texte collé 1" in html or "Guide 2016" in html
    assert not VersionQuestionnaire.objects.exists()


def test_signs_that_no_database_holds_are_refused_not_crashed_on(client, coordination):
    for signe in ("\x00", "\u202e", "\x07"):
        for champ in ("fies_1", "source"):
            faute = {champ: f"a{signe}b"}
            page = client.post(f"{ADRESSE}fies/", saisie("fies", **faute) | {"publier": "oui"})
            assert page.status_code == 200
    assert not VersionQuestionnaire.objects.exists()


def test_a_file_cannot_claim_a_scale_that_it_does_not_ask():
    fies = gabarits()["fies"]
    textes = {e.code: "x" for e in fies.emplacements}
    menteuse = definition_de(fies, textes, source="Guide")
    menteuse["pages"] = menteuse["pages"][:5]
    with pytest.raises(SaisieInvalide, match="pas toute l’échelle"):
        publier_version(
            definition=menteuse,
            origine=Questionnaire.Origine.IMPORT,
            territoire=builders.un_territoire(),
            par="essai",
        )


def test_all_questions_pasted_at_once_go_to_their_places(client, coordination):
    bloc = "\r\n\r\n".join(f"{n}. Question collée {n}" for n in range(1, 9))
    page = client.post(f"{ADRESSE}fies/", {"bloc": bloc, "repartir": "oui"})
    initiales = page.context["form"].initial
    assert [initiales[f"fies_{n}"] for n in range(1, 9)] == [
        f"Question collée {n}" for n in range(1, 9)
    ]
    assert "Question collée 8</textarea>" in page.content.decode()


@pytest.mark.parametrize("bloc", ["", "une\ndeux", "\n".join("abcdefghi"), "\x00\n\u202e"])
def test_another_number_of_lines_is_said_and_kept(client, coordination, bloc):
    page = client.post(f"{ADRESSE}fies/", {"bloc": bloc, "repartir": "oui"})
    html = page.content.decode()
    assert page.status_code == 200
    assert "Il faut 8 lignes" in html
    assert "<title>Erreur" in html
    assert page.context["bloc"] == bloc
    assert not VersionQuestionnaire.objects.exists()


def publiee(client, code):
    client.post(f"{ADRESSE}{code}/", saisie(code, publier="oui"))
    return VersionQuestionnaire.objects.get()


@pytest.mark.parametrize(
    ("code", "pages", "attendu"),
    [
        # Yes opens the question of frequency, no does not.
        ("hfias", ["oui", "2", *["non"] * 7, "oui", "1"], Score(3, 4)),
        ("who5", ["5", "0", "3", "2", "1"], Score(44, "bas")),
        ("fcs", ["7", "0", "7", "0", "3", "0", "4", "1"], Score(35.5, "acceptable")),
        ("suffisance", ["3"], Score(3, "insuffisant")),
    ],
)
def test_from_the_pasted_text_to_the_score_of_one_person(
    client, coordination, code, pages, attendu
):
    version = publiee(client, code)
    collecte = builders.une_collecte_ouverte(par=coordination, version=version)
    personne = Personne().ouvrir(f"/r/{builders.lien_principal(collecte).jeton}/")
    personne.suivre("Commencer")
    for reponse in pages:
        page = version.lue().page(personne.etape)
        personne.repondre({page.questions[0].code: reponse})
    personne.repondre()
    gabarit = echelle_de(version.lue())
    assert coter(BAREMES[code], valeurs(gabarit, Passation.objects.get().reponses)) == attendu


def test_a_person_who_skips_a_question_has_no_score(client, coordination):
    version = publiee(client, "fies")
    collecte = builders.une_collecte_ouverte(par=coordination, version=version)
    personne = Personne().ouvrir(f"/r/{builders.lien_principal(collecte).jeton}/")
    personne.suivre("Commencer")
    for n in range(1, 9):
        personne.repondre({f"fies_{n}": "nsp" if n == 4 else "oui"})
    personne.repondre()
    lues = valeurs(echelle_de(version.lue()), Passation.objects.get().reponses)
    assert lues == [1, 1, 1, None, 1, 1, 1, 1]
    with pytest.raises(CalculImpossible, match="manque"):
        coter(BAREMES["fies"], lues)
