"""What is erased each night, and what is not."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from enquetes.actions.collectes import clore_collecte
from enquetes.actions.retention import BROUILLON_JOURS, fin_de_conservation, purger_reponses
from enquetes.models import Collecte, EtatPassation, Passation
from tests import builders
from voix.comptes.models import Trace

pytestmark = pytest.mark.django_db


def close(le: date) -> Collecte:
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, conservation_mois=24)
    builders.des_passations(collecte, 12, code_effacement=None, reponses={"q": "oui"})
    clore_collecte(collecte=collecte, par=par)
    moment = timezone.make_aware(datetime(le.year, le.month, le.day, 12))  # noqa: DTZ001  (made aware)
    Collecte.objects.filter(pk=collecte.pk).update(close_le=moment)
    collecte.refresh_from_db()
    return collecte


@pytest.mark.parametrize(
    ("close_le", "fin"),
    [
        (date(2025, 1, 31), date(2027, 2, 1)),
        (date(2024, 2, 29), date(2026, 3, 1)),
        (date(2025, 12, 1), date(2028, 1, 1)),
        (date(2025, 11, 30), date(2027, 12, 1)),
    ],
)
def test_answers_are_kept_as_long_as_was_said_and_not_a_month_more(close_le, fin):
    collecte = close(close_le)
    assert fin_de_conservation(collecte) == fin
    purger_reponses(au=fin - timedelta(days=1), par="essai")
    assert Passation.objects.terminees().count() == 12
    assert purger_reponses(au=fin, par="essai").passations == 12
    assert set(Passation.objects.values_list("etat", flat=True)) == {EtatPassation.EFFACEE}
    assert all(p.reponses == {} for p in Passation.objects.all())
    assert Trace.objects.filter(verbe="purger_reponses").count() == 1
    assert purger_reponses(au=fin, par="essai").passations == 0


def test_an_open_collecte_loses_only_its_forgotten_drafts():
    collecte = builders.une_collecte_ouverte()
    aujourdhui = timezone.localdate()
    vieux = aujourdhui - timedelta(days=BROUILLON_JOURS + 1)
    builders.des_passations(collecte, 2, etat="brouillon", jour=vieux)
    builders.des_passations(collecte, 3, etat="brouillon", jour=vieux + timedelta(days=1))
    builders.des_passations(collecte, 4, jour=vieux)
    call_command("purger")
    assert Passation.objects.filter(etat="brouillon").count() == 3
    assert Passation.objects.terminees().count() == 4


def test_nothing_is_erased_in_advance():
    with pytest.raises(CommandError, match="pas encore venu"):
        call_command("purger", "--au", str(timezone.localdate() + timedelta(days=1)))
    with pytest.raises(CommandError, match="AAAA-MM-JJ"):
        call_command("purger", "--au", "demain")
