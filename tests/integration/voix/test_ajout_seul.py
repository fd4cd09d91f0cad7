"""What is only added to: the database refuses to change or remove it, whoever asks."""

import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from tests import builders
from voix.commun import ajout_seul
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Trace

pytestmark = pytest.mark.django_db

TABLES = {
    "comptes_trace",
    "analyses_plananalyse",
    "analyses_publication",
    "analyses_population",
    "analyses_cellule",
    "analyses_regroupement",
    "analyses_refus",
    "analyses_changement",
    "analyses_verification",
    "analyses_abaissement",
    "analyses_composition",
    "analyses_tranche",
}


def test_every_memory_is_held_by_the_database_after_all_migrations():
    """On SQLite a later migration that alters a table drops its triggers: it must pose them again."""
    assert set(ajout_seul.posees(connection)) == TABLES
    assert {modele._meta.db_table for modele in apps.get_models()} >= TABLES


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE comptes_trace SET verbe = 'rien'",
        "DELETE FROM comptes_trace",
        "UPDATE comptes_trace SET details = '{}'",
    ],
)
def test_a_trace_is_neither_changed_nor_removed(ordre):
    tracer(par=builders.un_compte(), verbe="essayer", objet=builders.un_territoire())
    with (
        pytest.raises(Error, match=ajout_seul.REFUS),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(ordre)
    assert Trace.objects.get().verbe == "essayer"


@pytest.mark.parametrize("geste", ["update", "delete"])
def test_nor_by_the_orm(geste):
    tracer(par=builders.un_compte(), verbe="essayer", objet=builders.un_territoire())
    with pytest.raises(Error, match=ajout_seul.REFUS), transaction.atomic():
        Trace.objects.update(verbe="rien") if geste == "update" else Trace.objects.all().delete()
    assert Trace.objects.exists()
