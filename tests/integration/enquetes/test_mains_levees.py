"""A show of hands: a count of the room, corrected without losing the first one."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from enquetes.actions.mains_levees import compter_mains, questions_a_main_levee
from enquetes.actions.seances import clore_seance, ouvrir_seance
from enquetes.models import MainLevee, Passation
from tests import builders
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

SALLE = {
    "format": "voix-questionnaire/1",
    "code": "salle",
    "titre": {"fr": "La salle"},
    "langues": ["fr"],
    "pages": [
        {
            "code": "heure",
            "questions": [
                {
                    "code": "heure",
                    "type": "oui_non",
                    "profil": "ordinaire",
                    "texte": {"fr": "L’heure vous convient-elle ?"},
                }
            ],
        },
        {
            "code": "jours",
            "questions": [
                {
                    "code": "jours",
                    "type": "choix_multiple",
                    "profil": "ordinaire",
                    "texte": {"fr": "Quels jours ?"},
                    "choix": [
                        {"code": "lundi", "texte": {"fr": "Lundi"}},
                        {"code": "mardi", "texte": {"fr": "Mardi"}},
                    ],
                }
            ],
        },
        {
            "code": "argent",
            "questions": [
                {"code": "argent", "type": "oui_non", "texte": {"fr": "Assez d’argent ?"}}
            ],
        },
        {
            "code": "mots",
            "questions": [
                {
                    "code": "mots",
                    "type": "texte_court",
                    "profil": "ordinaire",
                    "texte": {"fr": "Un mot ?"},
                }
            ],
        },
    ],
}


@pytest.fixture
def par():
    return builders.un_compte()


@pytest.fixture
def seance(par):
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(SALLE))
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


def compter(seance, par, **changements):
    valeurs = {"question": "heure", "presents": 12, "comptes": {"oui": 8, "non": 3}}
    return compter_mains(seance=seance, par=par, **(valeurs | {"abstentions": 1} | changements))


def test_neither_sensitive_questions_nor_free_texts_are_asked_to_a_room(seance):
    assert [q.code for q in questions_a_main_levee(seance)] == ["heure", "jours"]
    assert questions_a_main_levee(builders.une_seance()) == []


def test_a_count_makes_no_person(seance, par):
    assert compter(seance, par).mains == 11
    assert not Passation.objects.exists()


def test_a_correction_keeps_what_it_corrects_and_a_double_tap_changes_nothing(seance, par):
    compter(seance, par)
    compter(seance, par)
    compter(seance, par, comptes={"oui": 7, "non": 4})
    assert [m.comptes["oui"] for m in MainLevee.histoire(seance, "heure")] == [8, 7]
    (courante,) = MainLevee.de(seance)
    assert (courante.rang, courante.comptes) == (2, {"oui": 7, "non": 4})


@pytest.mark.parametrize(
    "faux",
    [
        {"comptes": {"oui": 12, "non": 1}},
        {"comptes": {"oui": 11}, "abstentions": 2},
        {"comptes": {"jamais": 1}},
        {"comptes": {"oui": -1}},
        {"presents": 0},
        {"question": "argent"},
        {"question": "mots"},
        {"question": "rien"},
        {"question": "jours", "comptes": {"lundi": 13}},
    ],
)
def test_more_hands_than_people_and_other_nonsense_are_refused(seance, par, faux):
    with pytest.raises(SaisieInvalide):
        compter(seance, par, **faux)


def test_several_answers_may_have_all_hands_when_several_may_be_ticked(seance, par):
    compte = compter(
        seance, par, question="jours", comptes={"lundi": 12, "mardi": 11}, abstentions=0
    )
    assert compte.mains == 23


def test_nobody_counts_before_the_seance_nor_in_somebody_elses(seance, par):
    preparee = builders.une_seance(collecte=seance.collecte, par=par)
    with pytest.raises(EtatIncompatible):
        compter(preparee, par)
    autre = builders.un_compte(role=Role.AMBASSADEUR, email="a@exemple.fr")
    with pytest.raises(AccesRefuse):
        compter(seance, autre)


def test_the_database_refuses_more_abstentions_than_people(seance):
    with pytest.raises(IntegrityError), transaction.atomic():
        MainLevee.objects.create(seance=seance, question="heure", presents=2, abstentions=3)


def test_counted_and_corrected_on_the_screen(client, seance, par):
    client.force_login(par)
    adresse = reverse("enquetes:main_levee", args=[seance.pk, "heure"])
    assert client.post(adresse, {"presents": ""}).status_code == 200
    page = client.post(adresse, {"presents": "3", "c_oui": "4"})
    assert "plus de mains que de personnes" in page.content.decode()
    assert client.post(adresse, {"presents": "12", "c_oui": "8"}).status_code == 302
    assert client.post(adresse, {"presents": "12", "c_oui": "7"}).status_code == 302
    liste = client.get(reverse("enquetes:mains_levees", args=[seance.pk])).content.decode()
    assert "7 mains pour 12 personnes, compte corrigé" in liste
    page = client.get(adresse).content.decode()
    assert "Oui&nbsp;: 8" in page
    assert "<strong>7</strong> au lieu de 8" in page
    assert (
        client.get(reverse("enquetes:main_levee", args=[seance.pk, "argent"])).status_code == 404
    )


def test_the_history_says_which_values_changed_even_when_the_sums_are_the_same(
    client, seance, par
):
    client.force_login(par)
    compter(seance, par, comptes={"oui": 8, "non": 3})
    compter(seance, par, comptes={"oui": 3, "non": 8})
    adresse = reverse("enquetes:main_levee", args=[seance.pk, "heure"])
    page = client.get(adresse).content.decode()
    assert "<strong>3</strong> au lieu de 8" in page
    assert "<strong>8</strong> au lieu de 3" in page
    assert page.count("au lieu de") == 2


def test_the_closed_seance_and_its_report_show_hands_apart(client, seance, par):
    client.force_login(par)
    compter(seance, par)
    clore_seance(seance=seance, par=par)
    page = client.get(reverse("enquetes:seance", args=[seance.pk])).content.decode()
    assert "Comptes à main levée (1)" in page
    assert reverse("enquetes:mains_levees", args=[seance.pk]) in page
    page = client.get(reverse("enquetes:rapport", args=[seance.pk])).content.decode()
    partie = page.partition("À main levée, à part")[2].partition("</section>")[0]
    assert "12 personnes, à main levée." in partie
    assert "Oui&nbsp;: 8." in partie
    assert "S’abstiennent&nbsp;: 1." in partie
    assert "reçues 0" in page  # no hand is an answer that arrived
