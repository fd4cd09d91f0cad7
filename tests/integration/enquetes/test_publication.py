"""A published version: stored once, numbered in order, never changed, whatever happens at once."""

import copy
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from enquetes.actions.questionnaires import charger_bibliotheque, publier_version
from enquetes.bibliotheque import codes
from enquetes.models import Questionnaire, VersionQuestionnaire
from enquetes.models.questionnaire import LUES_AU_PLUS
from enquetes.parcours.lecture import definition_depuis, en_json
from tests import builders
from tests.questionnaires import lire
from voix.commun.erreurs import AccesRefuse, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

IMPORT = Questionnaire.Origine.IMPORT


def publier(definition, territoire, par="essai"):
    return publier_version(definition=definition, origine=IMPORT, territoire=territoire, par=par)


def avec_titre(titre):
    return lire("nombre") | {"titre": titre}


@pytest.mark.django_db
def test_same_definition_is_stored_once_whatever_the_order_of_its_keys():
    territoire = builders.un_territoire()
    premiere = publier(lire("nombre"), territoire)
    renversee = dict(reversed(lire("nombre").items()))
    assert publier(renversee, territoire) == premiere
    assert premiere.numero == 1
    assert len(premiere.empreinte) == 64
    assert Trace.objects.filter(verbe="publier_version").count() == 1


@pytest.mark.django_db
def test_what_is_stored_is_the_canonical_definition():
    version = publier(avec_titre("E\u0301picerie "), builders.un_territoire())
    version.refresh_from_db()
    assert version.definition == en_json(definition_depuis(version.definition))
    assert version.definition["titre"] == {"fr": "Épicerie"}
    assert version.lue() is VersionQuestionnaire.objects.get().lue()


@pytest.mark.django_db
def test_changed_words_make_the_next_version_and_name_the_questionnaire():
    territoire = builders.un_territoire()
    ancienne = publier(avec_titre("Avant"), territoire)
    nouvelle = publier(avec_titre("Après"), territoire)
    assert (ancienne.numero, nouvelle.numero) == (1, 2)
    questionnaire = Questionnaire.objects.get()
    assert questionnaire.titre == "Après"
    assert publier(avec_titre("Avant"), territoire) == ancienne
    assert VersionQuestionnaire.objects.dernieres().get() == nouvelle


@pytest.mark.django_db
def test_two_territoires_may_use_the_same_code():
    ici, ailleurs = builders.un_territoire("11"), builders.un_territoire("32")
    assert (
        publier(lire("nombre"), ici).questionnaire
        != publier(lire("nombre"), ailleurs).questionnaire
    )


@pytest.mark.django_db
def test_an_account_publishes_only_where_its_role_allows():
    ici, ailleurs = builders.un_territoire("11"), builders.un_territoire("32")
    coordination = builders.un_compte(territoire=ici)
    assert publier(lire("nombre"), ici, coordination).publiee_par == coordination
    for par, ou in (
        (coordination, ailleurs),
        (builders.un_compte(Role.EVALUATION, ici, "evaluation@exemple.fr"), ici),
        (builders.un_compte(None, email="personne@exemple.fr"), ici),
    ):
        with pytest.raises(AccesRefuse):
            publier(lire("nombre"), ou, par)
    with pytest.raises(SaisieInvalide, match="Choisissez le territoire"):
        publier(lire("nombre"), None, coordination)
    assert VersionQuestionnaire.objects.count() == 1


@pytest.mark.django_db
def test_a_wrong_definition_is_refused_with_what_to_do():
    territoire = builders.un_territoire()
    for defaut in (
        {"titre": ""},
        {"titre": "x" * 201},
        {"titre": "a\0b"},
        {"titre": "\ud800"},
        {"code": "Mon code"},
        {"pages": []},
    ):
        with pytest.raises(SaisieInvalide) as refus:
            publier(lire("nombre") | defaut, territoire)
        assert refus.value.message.endswith((".", "fr"), 0) or refus.value.message
    with pytest.raises(SaisieInvalide, match="choses à corriger"):
        publier({"format": "voix-questionnaire/1"}, territoire)
    licorne = copy.deepcopy(lire("nombre"))
    licorne["pages"][0]["questions"][0]["pictogramme"] = "licorne"
    with pytest.raises(SaisieInvalide, match="licorne"):
        publier(licorne, territoire)
    assert not Questionnaire.objects.exists()


@pytest.mark.django_db
def test_loading_the_library_twice_loads_it_once():
    premieres = charger_bibliotheque(par="essai")
    assert charger_bibliotheque(par=builders.un_compte()) == premieres
    assert [version.questionnaire.code for version in premieres] == codes()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changement",
    [
        {"definition": {}},
        {"numero": 9},
        {"empreinte": "0" * 64},
        {"publiee_le": "2000-01-01T00:00:00Z"},
    ],
)
def test_database_refuses_to_change_a_published_version(changement):
    version = publier(lire("nombre"), builders.un_territoire())
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        VersionQuestionnaire.objects.filter(pk=version.pk).update(**changement)
    with pytest.raises(TypeError):
        version.save()
    assert VersionQuestionnaire.objects.get(pk=version.pk).definition == version.definition


@pytest.mark.django_db
def test_the_account_that_published_may_leave():
    compte = builders.un_compte()
    version = publier(lire("nombre"), builders.un_territoire(), compte)
    compte.delete()
    version.refresh_from_db()
    assert version.publiee_par is None


@pytest.mark.django_db
def test_definitions_read_are_remembered_but_not_for_ever():
    version = publier(lire("nombre"), builders.un_territoire())
    lue = version.lue()
    for numero in range(LUES_AU_PLUS):
        VersionQuestionnaire(empreinte=f"{numero:064x}", definition=version.definition).lue()
    assert version.lue() == lue
    assert version.lue() is not lue


@pytest.mark.django_db(transaction=True)
def test_publishing_at_the_same_time_gives_each_version_its_number():
    territoire = builders.un_territoire()

    def un_envoi(rang):
        try:
            return publier(avec_titre(f"Titre {rang % 3}"), territoire).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as fils:
        publies = list(fils.map(un_envoi, range(12)))
    assert len(set(publies)) == 3
    numeros = VersionQuestionnaire.objects.values_list("numero", flat=True)
    assert sorted(numeros) == [1, 2, 3]
    assert Questionnaire.objects.count() == 1
