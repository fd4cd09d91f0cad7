"""The library and its preview: who sees what, in which words, and nothing stored."""

import re

import pytest
from django.urls import reverse

from enquetes.actions.collectes import preparer_collecte
from enquetes.actions.questionnaires import charger_bibliotheque
from enquetes.models import Passation, Questionnaire, VersionQuestionnaire
from tests import builders
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordination(client):
    charger_bibliotheque(par="essai")
    compte = builders.un_compte()
    client.force_login(compte)
    return compte


def version_de(code):
    return VersionQuestionnaire.objects.get(questionnaire__code=code)


def une_page(client, nom, *args, suite="", code=200):
    page = client.get(reverse(f"enquetes:{nom}", args=args) + suite)
    assert page.status_code == code
    return page.content.decode()


def texte(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_library_tells_what_a_coordinator_needs_to_choose(client, coordination):
    page = texte(une_page(client, "questionnaires"))
    assert "Cuisiner à la maison" in page
    assert "6 questions, 2 minutes" in page
    assert "français, anglais, arabe, ukrainien" in page
    assert "Pas encore relu par une personne dont c’est la langue" in page
    assert "module Voix v1, non comparable" in page


def test_newest_version_only_is_offered(client, coordination):
    version = version_de("cuis")
    nouvelle = VersionQuestionnaire.objects.create(
        questionnaire=version.questionnaire,
        numero=2,
        empreinte="2" * 64,
        definition=version.definition,
    )
    page = une_page(client, "questionnaires")
    assert reverse("enquetes:questionnaire", args=[nouvelle.pk]) in page
    assert reverse("enquetes:questionnaire", args=[version.pk]) not in page


def test_questionnaire_of_a_territoire_beside_is_not_there(client, coordination):
    version = version_de("cuis")
    Questionnaire.objects.filter(pk=version.questionnaire_id).update(
        origine="import", territoire=builders.un_territoire("32")
    )
    assert "Cuisiner à la maison" not in une_page(client, "questionnaires")
    for nom, args in (
        ("questionnaire", [version.pk]),
        ("apercu_page", [version.pk, "restes"]),
        ("nouvelle_collecte", [version.pk]),
    ):
        une_page(client, nom, *args, code=404)


@pytest.mark.parametrize("role", [Role.AMBASSADEUR, Role.DIETETIQUE, Role.EVALUATION])
def test_library_is_for_those_who_open_collectes(client, coordination, role):
    client.force_login(builders.un_compte(role=role, email="autre@exemple.fr"))
    version = version_de("cuis")
    une_page(client, "questionnaires", code=403)
    une_page(client, "questionnaire", version.pk, code=403)
    une_page(client, "apercu_page", version.pk, "restes", code=403)


def test_conditions_are_said_in_words(client, coordination):
    page = texte(une_page(client, "questionnaire", version_de("alim").pk))
    assert re.search(r"Montrée seulement si la réponse à « [^»]+ » est « 1[^»]*» ou plus", page)


def test_unknown_page_and_language_show_the_first_ones(client, coordination):
    version = version_de("cuis")
    page = une_page(client, "questionnaire", version.pk, suite="?page=nulle&langue=xx")
    premiere = version.lue().pages[0].code
    assert f"/apercu/{premiere}/?langue=fr" in page


def test_preview_is_the_respondents_page_without_any_way_out(client, coordination):
    version = version_de("cuis")
    reponse = client.get(reverse("enquetes:apercu_page", args=[version.pk, "restes"]))
    page = reponse.content.decode()
    assert reponse["X-Frame-Options"] == "SAMEORIGIN"
    assert "Sauriez-vous faire un repas" in page
    assert 'type="radio"' in page
    assert 'type="submit"' not in page
    menes = re.findall(r"<a\b[^>]*href=[^>]*>", page)
    assert len(menes) == 2
    assert all(re.search(r'#apercu" target="_parent">$', lien) for lien in menes)


def test_continuer_of_the_preview_leads_to_the_next_page_until_the_last(client, coordination):
    """It did nothing, and « Page suivante » was under the frame, out of sight of a telephone."""
    version = version_de("cuis")
    codes = [page.code for page in version.lue().pages]
    pages = [une_page(client, "apercu_page", version.pk, code) for code in codes]
    menees = [re.findall(r"\?page=([\w-]+)&amp;langue=fr#apercu", page) for page in pages]
    voisines = [[*codes[max(0, n - 1) : n], *codes[n + 1 : n + 2]] for n in range(len(codes))]
    assert menees == voisines
    assert "C’est la dernière page de l’aperçu." in pages[-1]


def test_preview_in_arabic_reads_from_right_to_left(client, coordination):
    version = version_de("cuis")
    page = une_page(client, "apercu_page", version.pk, "restes", suite="?langue=ar")
    assert '<html lang="ar" dir="rtl">' in page


def test_every_page_of_the_library_can_be_previewed_and_stores_nothing(client, coordination):
    for version in VersionQuestionnaire.objects.all():
        for page in version.lue().pages:
            une_page(client, "apercu_page", version.pk, page.code)
    une_page(client, "apercu_page", version.pk, "inconnue", code=404)
    assert not Passation.objects.exists()


def test_welcome_page_is_read_again_before_opening(client, coordination):
    projet = builders.un_projet(version=version_de("cuis"), raison="Pour de <b>vrai</b>.")
    collecte = preparer_collecte(projet=projet, par=coordination)
    page = une_page(client, "apercu_accueil", collecte.nom)
    assert "L’épicerie du Marché" in page
    assert "Pour de &lt;b&gt;vrai&lt;/b&gt;." in page
    (mene,) = re.findall(r"<a\b[^>]*href=[^>]*>", page)
    questions = reverse("enquetes:questionnaire", args=[collecte.version_id])
    premiere = collecte.version.lue().pages[0].code
    assert f'href="{questions}?page={premiere}&amp;langue=fr#apercu" target="_parent"' in mene


def test_commencer_of_the_preview_leads_to_the_first_page_or_says_that_it_ends(
    client, coordination
):
    """It was a button that did nothing: neither a link, nor told as one that does not work."""
    collecte = preparer_collecte(
        projet=builders.un_projet(version=version_de("cuis")), par=coordination
    )
    fiche = une_page(client, "collecte", collecte.nom)
    assert 'sandbox="allow-scripts allow-top-navigation-by-user-activation"' in fiche
    client.force_login(
        builders.un_compte(
            role=Role.EVALUATION, territoire=collecte.territoire, email="autre@exemple.fr"
        )
    )
    page = une_page(client, "apercu_accueil", collecte.nom)
    assert not re.search(r"<a\b[^>]*href=", page)
    assert '<button type="button" disabled>Commencer</button>' in page
    assert "L’aperçu s’arrête ici." in page


def test_welcome_page_bears_the_posters_title_in_french_and_the_translated_one_elsewhere(
    client, coordination
):
    projet = builders.un_projet(version=version_de("cuis"), langues=("fr", "ar"))
    collecte = preparer_collecte(projet=projet, par=coordination)
    assert "Votre avis sur l’épicerie</h1>" in une_page(client, "apercu_accueil", collecte.nom)
    arabe = une_page(client, "apercu_accueil", collecte.nom, suite="?langue=ar")
    assert "الطبخ في البيت</h1>" in arabe
    assert 'dir="rtl"' in arabe
