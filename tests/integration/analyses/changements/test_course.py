"""A report counts what is stored when it is written: nothing may slip between the count and the closing."""

import pytest

from analyses.actions import changements
from analyses.actions.changements import arreter_changement
from analyses.models import Changement
from enquetes.models import Carte, EtatCollecte, Rang
from tests import builders
from tests.suivi import finir, repondre, une_cohorte
from voix.commun.erreurs import EtatIncompatible

pytestmark = pytest.mark.django_db


def test_answers_that_arrive_while_it_is_proved_are_counted_by_the_next_try(monkeypatch):
    par, cohorte = builders.un_compte(), une_cohorte(cartes=40)
    cartes = list(Carte.objects.order_by("numero"))
    for carte in cartes:
        repondre(carte, Rang.ENTREE, {"a3": "1"})
    for carte in cartes[:38]:
        repondre(carte, Rang.SORTIE, {"a3": str(carte.numero % 4)})
    finir(cohorte)
    prouver = changements.accorder

    def pendant(*args):
        for carte in cartes[38:]:
            repondre(carte, Rang.SORTIE, {"a3": "3"})
        return prouver(*args)

    monkeypatch.setattr(changements, "accorder", pendant)
    with pytest.raises(EtatIncompatible, match="pendant la préparation"):
        arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    assert not Changement.objects.exists()
    assert cohorte.vague(Rang.SORTIE).collecte.etat != EtatCollecte.CLOSE
    monkeypatch.undo()
    assert arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par).nombre == 40
