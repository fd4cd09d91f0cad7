"""P14 and P16 read what reports of change display, and nothing else."""

import pytest

from analyses.actions.changements import arreter_changement
from analyses.mesures import mesurer_tout, perimetre_du_territoire
from analyses.models import Changement
from enquetes.models import Carte, Rang
from tests.integration.analyses.registres.scenes import PAR_CODE
from tests.suivi import finir, repondre, une_cohorte

pytestmark = pytest.mark.django_db


def mesure(cohorte, code):
    perimetre = perimetre_du_territoire(cohorte.territoire)
    return mesurer_tout(perimetre, [PAR_CODE[code]])[0]


def un_suivi(mieux, moins, cartes=40, partis=0):
    cohorte = une_cohorte(cartes=cartes)
    for carte in Carte.objects.filter(cohorte=cohorte):
        carte.cohorte = cohorte
        apres = 5 if carte.numero <= mieux else 1 if carte.numero <= mieux + moins else 3
        repondre(carte, Rang.ENTREE, {"a3": "3"})
        if carte.numero > partis:
            repondre(carte, Rang.SORTIE, {"a3": str(apres)})
    finir(cohorte)
    arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par="commande")
    return cohorte


def test_nothing_before_a_report():
    cohorte = une_cohorte(cartes=20)
    for code in ("P14", "P16"):
        lue = mesure(cohorte, code)
        assert (lue.k, lue.n, lue.valeur) == (None, None, None)
        assert "rapport" in lue.motif


def test_coverage_is_exit_over_cards_with_each_wave_beside():
    couverture = mesure(un_suivi(20, 8, partis=10), "P16")
    assert (couverture.k, couverture.n, couverture.valeur) == (30, 40, 75)
    assert couverture.atteint is True
    assert dict(couverture.details)["Ont répondu à l’entrée et à la sortie"] == 30
    assert couverture.intervalle is not None


def test_few_cards_are_not_told():
    assert mesure(un_suivi(4, 2, cartes=9), "P16").k is None


def test_the_power_to_act_is_the_net_share_that_the_report_shows(monkeypatch):
    cohorte = un_suivi(20, 8)
    assert "POUVOIR" in mesure(cohorte, "P14").motif
    monkeypatch.setattr("analyses.mesures.suivis.POUVOIR", frozenset({"a3"}))
    nette = Changement.de(cohorte.pk)[3].contenu["criteres"][0]["nette"]
    evolution = mesure(cohorte, "P14")
    assert evolution.n == 40
    if nette[0][0] == nette[0][1]:
        assert (evolution.k, evolution.valeur) == (nette[0][0], round(100 * nette[0][0] / 40))
    else:
        assert evolution.k is None
        assert evolution.entre[0] <= 30 <= evolution.entre[1]


def test_two_reports_are_added_up_as_the_page_of_several_does(monkeypatch):
    un_suivi(20, 8)
    cohorte = un_suivi(18, 9)
    monkeypatch.setattr("analyses.mesures.suivis.POUVOIR", frozenset({"a3"}))
    evolution = mesure(cohorte, "P14")
    assert evolution.n == 80
    assert evolution.k == 21 or evolution.entre[0] <= 100 * 21 / 80 <= evolution.entre[1]
    assert mesure(cohorte, "P16").n == 80
