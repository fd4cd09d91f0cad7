"""An evaluator over time: reports of several waves of one cohort, subtracted from each other."""

from itertools import pairwise

import pytest

from analyses.actions.changements import arreter_changement
from analyses.models import Changement
from enquetes.models import Carte, Rang
from tests import builders
from tests.suivi import finir, repondre, une_cohorte

pytestmark = pytest.mark.django_db

PERSONNES = 60
PARTIES = {Rang.MI_PARCOURS: 15, Rang.SORTIE: 17, Rang.POST: 20}
"""How many of the first cards no longer answered: two left between the second and third waves."""


def test_what_those_who_left_between_two_waves_answered_is_in_no_difference():
    par, cohorte = builders.un_compte(), une_cohorte(cartes=PERSONNES)
    for carte in Carte.objects.order_by("numero"):
        carte.cohorte = cohorte
        repondre(carte, Rang.ENTREE, {"a3": "1" if carte.numero % 3 else "6"})
        for rang, parties in PARTIES.items():
            if carte.numero > parties:
                repondre(carte, rang, {"a3": "4"})
    finir(cohorte)
    for rang in PARTIES:
        arreter_changement(cohorte=cohorte, rang=rang, par=par)
    dites = [
        (groupe["groupe"], groupe["n"])
        for changement in Changement.objects.order_by("rang")
        for depart in changement.contenu["departs"]
        for groupe in depart["lignes"]
        if depart["libelle"] == "Légumes secs"
    ]
    assert ("restees", 43) in dites
    assert ("parties", 17) in dites
    tailles = sorted({n for _, n in dites})
    assert all(b - a >= 11 for a, b in pairwise(tailles))
