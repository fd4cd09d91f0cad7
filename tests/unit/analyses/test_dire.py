"""Figures as French writes them: a comma, a true minus, ranges that say what they know."""

import pytest

from analyses.indicateurs.catalogue import catalogue
from analyses.indicateurs.indicateur import Forme, Indicateur
from analyses.indicateurs.mesure import Mesure
from analyses.mesures.dire import MesureDite, fourchette, nombre_dit

PAR_CODE = {i.code: i for i in catalogue()}


@pytest.mark.parametrize(
    ("nombre", "dit"), [(1.9, "1,9"), (-18, "\u221218"), (-0.5, "\u22120,5"), (12, "12")]
)
def test_a_number(nombre, dit):
    assert nombre_dit(nombre) == dit


@pytest.mark.parametrize(
    ("bornes", "plancher", "dite"),
    [
        ((57, 61), 0, "entre 57 et 61\u00a0%"),
        ((57, 57), 0, "57\u00a0%"),
        ((0, 12), 0, "12\u00a0% au plus"),
        ((88, 100), 0, "88\u00a0% ou plus"),
        ((-18, 5), -100, "entre \u221218 et 5\u00a0%"),
        ((0, 12), -100, "entre 0 et 12\u00a0%"),
        ((-100, -60), -100, "\u221260\u00a0% au plus"),
    ],
)
def test_a_range_has_two_bounds_or_is_said_otherwise(bornes, plancher, dite):
    assert fourchette(bornes, plancher=plancher) == dite


def test_fewer_who_improve_has_a_true_minus_everywhere():
    mesure = Mesure(PAR_CODE["P14"], -9, 49, -18, intervalle=(-35, 2))
    dite = MesureDite(mesure)
    assert dite.resultat == "\u221218\u00a0%"
    assert dite.base.startswith("\u22129 sur 49")
    assert dite.intervalle == "entre \u221235 et 2\u00a0%"


def test_a_ratio_keeps_its_comma():
    rapport = Indicateur(
        code="R",
        nom="Réunions par territoire",
        definition="x",
        formule="nombre(reunions) / nombre(territoires)",
        forme=Forme.RAPPORT,
    )
    assert MesureDite(Mesure(rapport, 19, 10, 1.9)).resultat == "1,9"
