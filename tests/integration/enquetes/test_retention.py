"""What is erased each night, and what is not."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from enquetes.actions.collectes import clore_collecte
from enquetes.actions.retention import BROUILLON_JOURS, fin_de_conservation, purger_reponses
from enquetes.models import Cohorte, Collecte, EtatPassation, Passation
from tests import builders
from tests.suivi import finir, une_cohorte
from voix.commun.cles import CleDetruite, empreinte_de_campagne
from voix.comptes.models import Trace

pytestmark = pytest.mark.django_db


def close(le: date, nom: str = "essai") -> Collecte:
    par = builders.un_compte(email=f"{nom}@exemple.fr")
    collecte = builders.une_collecte_ouverte(par=par, nom=nom, conservation_mois=24)
    builders.des_passations(collecte, 12, code_effacement=None, reponses={"q": "oui"})
    clore_collecte(collecte=collecte, par=par)
    moment = timezone.make_aware(datetime(le.year, le.month, le.day, 12))  # noqa: DTZ001  (made aware)
    Collecte.objects.filter(pk=collecte.pk).update(close_le=moment)
    collecte.refresh_from_db()
    return collecte


def refuser(table: str, quand: str) -> None:
    """Make the database refuse such an update, with a message that quotes somebody."""
    with connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            curseur.execute(
                "CREATE FUNCTION refuser() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'une parole'; END $$"
            )
            geste = "EXECUTE FUNCTION refuser()"
        else:
            geste = "BEGIN SELECT RAISE(ABORT, 'une parole'); END"
        curseur.execute(
            f"CREATE TRIGGER refus BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({quand}) {geste}"
        )


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


def test_a_last_day_at_the_end_of_the_calendar_keeps_for_ever_and_stops_nothing():
    par = builders.un_compte()
    lointaine = builders.une_collecte_ouverte(par=par)
    Collecte.objects.filter(pk=lointaine.pk).update(ferme_le=date.max)
    lointaine.refresh_from_db()
    assert fin_de_conservation(lointaine) == date.max
    finie = close(date(2020, 1, 31), "finie")
    call_command("purger")
    assert finie.passations.filter(etat=EtatPassation.EFFACEE).count() == 12


def test_a_collecte_that_fails_stops_no_other_and_the_command_ends_in_error(caplog):
    """A trigger of the database refuses to erase the first: nothing of it, all of the second."""
    refusee, finie = close(date(2020, 1, 31)), close(date(2020, 2, 28), "finie")
    refuser("enquetes_passation", f"NEW.etat = 'effacee' AND NEW.collecte_id = {refusee.pk}")
    with pytest.raises(CommandError, match="échoué\u00a0: 1"):
        call_command("purger")
    assert refusee.passations.terminees().count() == 12
    assert finie.passations.filter(etat=EtatPassation.EFFACEE).count() == 12
    assert f"collecte {refusee.pk}" in caplog.text
    assert "parole" not in caplog.text
    assert "Traceback" not in caplog.text


def test_a_link_that_cannot_be_cut_stops_no_other(caplog, django_capture_on_commit_callbacks):
    par = builders.un_compte()
    refusee, cohorte = une_cohorte(par=par), une_cohorte(par=par)
    for suivie in (refusee, cohorte):
        finir(suivie)
    Cohorte.objects.update(coupe_le=timezone.localdate())
    refuser("enquetes_cohorte", f"NEW.id = {refusee.pk}")
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(CommandError, match="échoué\u00a0: 1"),
    ):
        call_command("purger")
    assert list(Cohorte.objects.filter(coupee_le__isnull=False)) == [cohorte]
    assert f"lien {refusee.pk}" in caplog.text
    with pytest.raises(CleDetruite):
        empreinte_de_campagne(cohorte.cle, "essai")
    assert empreinte_de_campagne(refusee.cle, "essai")


def test_nothing_is_erased_in_advance():
    with pytest.raises(CommandError, match="pas encore venu"):
        call_command("purger", "--au", str(timezone.localdate() + timedelta(days=1)))
    with pytest.raises(CommandError, match="AAAA-MM-JJ"):
        call_command("purger", "--au", "demain")
