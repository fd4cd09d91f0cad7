"""Importing a questionnaire: every error at once, a second reading, then published once."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enquetes.echanges.fichier import EXEMPLE, TAILLE_MAX
from enquetes.models import VersionQuestionnaire
from tests import builders
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
ADRESSE = "/espace/questionnaires/importer/"


@pytest.fixture
def coordination(client):
    compte = builders.un_compte()
    client.force_login(compte)
    return compte


def envoyer(client, contenu, **autres):
    fichier = SimpleUploadedFile("essai.yaml", contenu)
    lieu = f"t{builders.un_territoire().pk}"
    return client.post(ADRESSE, {"fichier": fichier, "lieu": lieu} | autres)


def test_right_file_is_read_again_then_published_once(client, coordination):
    page = envoyer(client, EXEMPLE.read_bytes())
    html = page.content.decode()
    assert "Tout est juste" in html
    assert "Montrée seulement si la réponse à" in html
    assert not VersionQuestionnaire.objects.exists()
    publication = {"texte": page.context["texte"], "lieu": page.context["form"].initial["lieu"]}
    for _ in range(2):
        suite = client.post(ADRESSE, publication | {"publier": "oui"}, follow=True)
        assert "est publié" in suite.content.decode()
    version = VersionQuestionnaire.objects.get()
    assert suite.redirect_chain[-1][0] == reverse("enquetes:questionnaire", args=[version.pk])
    assert version.publiee_par == coordination
    assert "Votre avis sur l’épicerie" in client.get("/espace/questionnaires/").content.decode()


def test_every_error_is_shown_with_its_line_and_the_text_is_kept(client, coordination):
    faux = EXEMPLE.read_text("utf-8").replace("type: sourire", "type: sourir")
    page = envoyer(client, faux.replace("q: renonce", "q: renonse").encode())
    html = page.content.decode()
    assert "2 choses à corriger" in html
    assert "<code>type: sourir" in html
    assert "type: sourir" in page.context["form"].initial["texte"]
    assert "<title>Erreur" in html
    assert "Publier</button>" not in html


def test_errors_are_listed_and_the_text_kept_even_without_a_territoire(client, coordination):
    faux = EXEMPLE.read_bytes().replace(b"type: sourire", b"type: sourir")
    html = envoyer(client, faux, lieu="").content.decode()
    assert "Choisissez un territoire." in html
    assert "1 chose à corriger" in html
    assert re.search(r"type: sourir\b", html.split("<textarea")[1])
    assert html.count(" autofocus") == 1


def test_a_right_text_without_a_territoire_only_asks_for_it(client, coordination):
    html = envoyer(client, EXEMPLE.read_bytes(), lieu="").content.decode()
    assert "Choisissez un territoire." in html
    assert "à corriger</h2>\n  <ol" not in html
    assert "format: voix-questionnaire/1" in html.split("<textarea")[1]


def test_wrong_text_is_never_published(client, coordination):
    envoyer(client, b"code: 3", publier="oui")
    assert not VersionQuestionnaire.objects.exists()


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (EXEMPLE.read_bytes().replace(b"\xc3\xa9", b"\xe9"), "UTF-8"),
        (b"a\x00b: c", "signe invisible"),
        (b"<html>", "n’est pas un questionnaire"),
        (b"x" * (TAILLE_MAX + 5), "trop gros"),
        (b"", "n’est pas un questionnaire"),
    ],
)
def test_anything_that_is_no_questionnaire_is_explained(client, coordination, contenu, phrase):
    page = envoyer(client, contenu)
    assert page.status_code == 200
    assert phrase in page.content.decode()


def test_a_file_saved_in_ansi_is_not_published_from_the_box_with_its_lost_letters(
    client, coordination
):
    page = envoyer(client, EXEMPLE.read_text("utf-8").encode("cp1252", "replace"))
    champ = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page.content.decode(), re.DOTALL)
    texte = unescape(champ[1])
    assert "\ufffd" in texte
    lieu = f"t{builders.un_territoire().pk}"
    encore = client.post(ADRESSE, {"texte": texte, "lieu": lieu, "publier": "oui"})
    assert "Une lettre a été perdue" in encore.content.decode()
    assert not VersionQuestionnaire.objects.exists()


def test_text_is_pasted_too(client, coordination):
    lieu = f"t{builders.un_territoire().pk}"
    page = client.post(ADRESSE, {"texte": "code: \x00", "lieu": lieu})
    assert "signe invisible" in page.content.decode()


def test_nothing_sent_is_told(client, coordination):
    page = client.post(ADRESSE, {"lieu": f"t{builders.un_territoire().pk}"})
    assert "Choisissez un fichier, ou collez le texte." in page.content.decode()


def test_territoire_of_others_is_refused(client, coordination):
    ailleurs = builders.un_territoire("32")
    page = envoyer(client, EXEMPLE.read_bytes(), lieu=f"t{ailleurs.pk}", publier="oui")
    assert "Choisissez un territoire de la liste." in page.content.decode()
    assert not VersionQuestionnaire.objects.exists()


def test_second_version_says_that_open_collectes_do_not_change(client, coordination):
    envoyer(client, EXEMPLE.read_bytes(), publier="oui")
    page = envoyer(client, EXEMPLE.read_bytes().replace(b"duree_minutes: 4", b"duree_minutes: 5"))
    assert "Celles qui sont ouvertes ne changent pas" in page.content.decode()


def test_example_is_sent_as_a_file_and_explained_in_the_product(client, coordination):
    page = client.get("/espace/questionnaires/exemple.yaml")
    assert page.content == EXEMPLE.read_bytes()
    assert "exemple.yaml" in page["Content-Disposition"]
    assert "choix_multiple" in client.get("/espace/questionnaires/ecrire/").content.decode()


@pytest.mark.parametrize("role", [Role.AMBASSADEUR, Role.DIETETIQUE, Role.EVALUATION])
def test_other_roles_import_nothing(client, role):
    client.force_login(builders.un_compte(role=role, email="autre@exemple.fr"))
    for nom in ("importer", "ecrire"):
        assert client.get(f"/espace/questionnaires/{nom}/").status_code == 403
    assert envoyer(client, EXEMPLE.read_bytes(), publier="oui").status_code == 403
    assert not VersionQuestionnaire.objects.exists()


def test_advice_is_shown_with_its_line(client, coordination):
    large = EXEMPLE.read_text("utf-8").replace("min: 1, max: 15", "min: 7, max: 15")
    ligne = large[: large.index("min: 7")].count("\n") + 1
    html = unescape(envoyer(client, large.encode()).content.decode())
    assert "Tout est juste" in html
    assert f"<strong>Conseil, ligne {ligne}.</strong>" in html
    assert "Écrivez plutôt\u00a0: classes: [7, 10]" in html
    assert "comptée en classes\u00a0: 7 et plus." in html
