"""A purge while people erase: two threads, two connections, on the database of the tests."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from enquetes.actions import journal_effacements as journal
from enquetes.actions.effacements import effacer_par_code
from enquetes.actions.passations import code_effacement, terminer_passation
from enquetes.actions.retention import purger_reponses
from enquetes.models import Collecte, Passation
from tests import builders

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

NOMBRE = 24
AVIS = {"code": "avis", "type": "texte_long", "texte": {"fr": "Votre avis ?"}}
DEFINITION = builders.UNE_DEFINITION | {
    "code": "effacer",
    "pages": [{"code": "p1", "questions": [AVIS]}],
}


def test_a_purge_and_erasures_at_the_same_time_lose_and_count_nothing_twice():
    collecte = builders.une_collecte_ouverte(version=builders.une_version(DEFINITION))
    brouillons = builders.des_passations(
        collecte, NOMBRE, etat="brouillon", reponses={"avis": "un texte"}
    )
    codes = [
        code_effacement(terminer_passation(passation_id=b.pk, acces=b.acces)) for b in brouillons
    ]
    moment = timezone.now() - timedelta(days=31 * 40)
    Collecte.objects.filter(pk=collecte.pk).update(etat="close", close_le=moment, ouvre_le=moment)
    depart, purgees, fautes = threading.Barrier(2), [], []

    def faire(geste):
        depart.wait()
        try:
            geste()
        except Exception as faute:  # noqa: BLE001  (whatever it is, the test shows it)
            fautes.append(faute)
        finally:
            connections.close_all()

    def effacer():
        for code in codes:
            effacer_par_code(code=code)

    def purger():
        purgees.extend(
            purger_reponses(au=timezone.localdate(), par="essai").passations for _ in range(3)
        )

    fils = [threading.Thread(target=faire, args=(geste,)) for geste in (effacer, purger)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert fautes == []
    assert set(Passation.objects.values_list("etat", flat=True)) == {"effacee"}
    inscrites = {journal.empreinte(b.pk) for b in brouillons} & journal.inscrits()
    assert len(inscrites) + sum(purgees) >= NOMBRE
    assert sum(purgees) <= NOMBRE
