"""Writing down who is helped: what is refused, who may, and what the database keeps."""

from datetime import date

import pytest
from django.db import Error, IntegrityError, connection, transaction

from analyses.actions.registres import Ecrite, ecrire_composition, retirer_composition
from analyses.confidentialite.traits import AGE, TRANSPORT
from analyses.models import Composition, Tranche
from tests import builders
from tests.integration.analyses.registres.scenes import un_membre, une_coordination, une_region
from tests.integration.analyses.registres.test_diversite import composer, scene
from voix.commun import ajout_seul
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

__all__ = ["scene"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("trait", "nombres", "total", "mot"),
    [
        (AGE, (0, 0, 0, 0, 0), None, "combien"),
        (AGE, (1, 2, 3, 4, 5), 16, "somme"),
        (AGE, (1, 2, 3, 4, -5), None, "de 0 à"),
        (TRANSPORT, (1, 2, 3, 4, 5, 6), None, "combien"),
        (TRANSPORT, (1, 2, 3, 4, 5, 60), 50, "plus de personnes que le total"),
    ],
)
def test_numbers_that_cannot_be_are_refused(trait, nombres, total, mot):
    un_membre()
    with pytest.raises(SaisieInvalide, match=mot):
        composer(*nombres, trait=trait, total=total)
    assert not Composition.objects.exists()


def test_every_tranche_is_asked_for_and_no_other_trait():
    ou, par = un_membre(), une_coordination()
    for ecrite, mot in [
        (Ecrite("age", date(2026, 1, 1), {"moins_26": 3}, "x"), "chaque tranche"),
        (Ecrite("sante", date(2026, 1, 1), {}, "x"), "Seuls"),
        (Ecrite("age", date(2090, 1, 1), dict.fromkeys(AGE.codes, 30), "x"), "pas encore venu"),
        (Ecrite("age", date(2026, 1, 1), dict.fromkeys(AGE.codes, 30), " "), "d’où viennent"),
    ]:
        with pytest.raises(SaisieInvalide, match=mot):
            ecrire_composition(territoire=ou, ecrite=ecrite, par=par)


def test_two_who_write_at_once_are_told_to_read_again(scene):
    """The second finds the number taken; nothing of it is kept."""
    Composition.objects.create(
        territoire=un_membre(),
        trait="age",
        numero=3,
        arrete_le=date(2026, 1, 1),
        total=3,
        origine="x",
        ecrite_le=date(2026, 1, 1),
    )
    with pytest.raises(EtatIncompatible, match="Relisez-la"):
        composer(40, 60, 80, 80, 41)
    assert Composition.objects.count() == 2
    assert Tranche.objects.count() == 5


def test_who_may_write_it_and_what_is_traced():
    la = builders.un_territoire("75", nom="Ailleurs")
    ailleurs = builders.un_compte(Role.COORDINATION, la, "la@exemple.fr")
    evaluation = builders.un_compte(Role.EVALUATION, une_region(), "eval@exemple.fr")
    for compte in (ailleurs, evaluation):
        with pytest.raises(AccesRefuse):
            composer(40, 60, 80, 80, 40, par=compte)
        with pytest.raises(AccesRefuse):
            retirer_composition(territoire=un_membre(), trait="age", par=compte)
    composer(40, 60, 83, 80, 40)
    trace = Trace.objects.get(verbe="ecrire_composition")
    assert trace.details == {"trait": "age"}


@pytest.mark.parametrize("table", ["analyses_composition", "analyses_tranche"])
@pytest.mark.parametrize("ordre", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_the_database_keeps_what_was_written(scene, table, ordre):
    with (
        pytest.raises(Error, match=ajout_seul.REFUS),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(ordre.format(table))
    assert Tranche.objects.count() == 5


@pytest.mark.parametrize(
    "champs",
    [
        {"trait": "sante", "total": 3, "arrete_le": date(2026, 1, 1), "origine": "x"},
        {"trait": "age", "total": 0, "arrete_le": date(2026, 1, 1), "origine": "x"},
        {"trait": "age", "total": 3, "arrete_le": None, "origine": "x"},
        {"trait": "age", "total": 3, "arrete_le": date(2026, 1, 1), "origine": ""},
        {"trait": "age", "total": None, "arrete_le": date(2026, 1, 1), "origine": ""},
    ],
)
def test_the_database_refuses_half_a_composition(champs):
    with pytest.raises(IntegrityError), transaction.atomic():
        Composition.objects.create(
            territoire=un_membre(), numero=1, ecrite_le=date(2026, 1, 2), **champs
        )
