"""The statements of respondents' pages: planned once on PostgreSQL, Django's own elsewhere."""

import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction

from enquetes.models import EtatPassation, Passation, prepare
from enquetes.models.fin import clore, tel_que_garde
from enquetes.models.porte import derriere
from tests import builders

pytestmark = pytest.mark.django_db


def un_brouillon(**champs) -> Passation:
    collecte = builders.une_collecte_ouverte()
    return builders.des_passations(
        collecte, 1, **({"etat": "brouillon", "reponses": {"a": "é"}} | champs)
    )[0]


def test_what_is_read_is_what_django_reads():
    passation = un_brouillon()
    trouve = derriere(passation.acces.jeton, passation.pk)
    assert trouve
    acces, lue = trouve
    voulue = Passation.objects.get(pk=passation.pk)
    for champ in Passation._meta.concrete_fields:
        assert getattr(lue, champ.attname) == getattr(voulue, champ.attname), champ.name
    assert lue == voulue
    assert not lue._state.adding
    # A field left out is read when it is asked for, as with Django's ``defer``.
    assert acces.collecte.creee_le == voulue.collecte.creee_le


def test_statements_are_prepared_where_the_database_can():
    passation = un_brouillon()
    for _ in range(3):
        derriere(passation.acces.jeton, passation.pk)
    if connection.vendor != "postgresql":
        assert type(prepare.curseur().cursor) is type(connection.cursor().cursor)
        return
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%jeton%'"
        )
        assert curseur.fetchone() == (1,)


def test_its_errors_are_those_of_django():
    with (
        pytest.raises((ProgrammingError, OperationalError)),
        transaction.atomic(),
        prepare.curseur() as curseur,
    ):
        curseur.execute("SELECT rien FROM nulle_part")


def test_a_draft_that_changed_meanwhile_is_not_ended():
    passation = un_brouillon()
    lu = tel_que_garde(passation.pk, passation.acces_id)
    Passation.objects.filter(pk=passation.pk).update(reponses={"autre": "chose"})
    passation.etat = EtatPassation.TERMINEE
    passation.code_effacement = "0" * 32
    assert not clore(passation, lu.document)
    assert Passation.objects.get(pk=passation.pk).etat == EtatPassation.BROUILLON


def test_a_code_already_taken_is_told_and_spoils_nothing():
    prise = un_brouillon(etat="terminee", code_effacement="0" * 32)
    passation = builders.des_passations(prise.collecte, 1, etat="brouillon", reponses={"a": 1})[0]
    passation.code_effacement = prise.code_effacement
    with transaction.atomic():
        assert not clore(passation, tel_que_garde(passation.pk, passation.acces_id).document)
        assert Passation.objects.get(pk=passation.pk).etat == EtatPassation.BROUILLON
