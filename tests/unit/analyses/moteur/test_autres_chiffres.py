"""Percentages, means, amounts, medians: never more than the counts allow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.confidentialite.moteur.autres_chiffres import (
    DEJA_DISTRIBUTION,
    DOMINANT,
    TROP_CONCENTRE,
    TROP_PEU,
    appariable,
    bornes_de_campagne,
    classe_mediane,
    croiser,
    moyenne,
    moyenne_de_montants,
    permise,
    pourcentage,
)
from analyses.confidentialite.moteur.parametres import SENSIBLE

ECHELLE = (1.0, 2.0, 3.0, 4.0, 5.0, None)


@given(st.integers(11, 60), st.data())
def test_a_percentage_holds_the_truth_and_no_more_than_its_interval(n, tirage):
    bas = tirage.draw(st.integers(0, n))
    haut = tirage.draw(st.integers(bas, n))
    vrai = tirage.draw(st.integers(bas, haut))
    rendu = pourcentage(bas, haut, n)
    assert rendu.bas <= 100 * vrai / n + 0.5
    assert rendu.haut >= 100 * vrai / n - 0.5
    if bas < haut:
        # What a reader can rebuild from the text is no narrower than the interval of counts.
        assert np.ceil(rendu.bas * n / 100) <= bas
        assert np.floor(rendu.haut * n / 100) >= haut


@pytest.mark.parametrize(
    ("bas", "haut", "n", "texte"),
    [
        (0, 4, 12, "moins de 34\u00a0%"),
        (8, 12, 12, "plus de 66\u00a0%"),
        (5, 7, 12, "entre 41 et 59\u00a0%"),
        (6, 6, 12, "50\u00a0%"),
        (0, 12, 12, "non diffusable"),
    ],
)
def test_what_a_percentage_says(bas, haut, n, texte):
    assert pourcentage(bas, haut, n).texte == texte


@pytest.mark.parametrize(
    ("comptes", "montree", "valeur", "motif"),
    [
        ([0, 0, 0, 1, 9, 0], False, None, TROP_PEU),
        ([1, 0, 0, 0, 11, 0], False, None, TROP_CONCENTRE),
        ([2, 3, 5, 1, 3, 0], True, None, DEJA_DISTRIBUTION),
        ([2, 3, 5, 1, 3, 0], False, 3.0, ""),
        ([5, 5, 10, 10, 10, 3], True, 3.4, ""),
    ],
)
def test_a_mean_is_shown_under_conditions(comptes, montree, valeur, motif):
    rendue = moyenne(comptes, ECHELLE, SENSIBLE, distribution_montree=montree)
    assert (rendue.valeur, rendue.motif) == (valeur, motif)


@given(st.lists(st.integers(0, 12), min_size=6, max_size=6))
def test_a_shown_mean_holds_the_true_one(comptes):
    rendue = moyenne(comptes, ECHELLE, SENSIBLE, distribution_montree=False)
    if rendue.valeur is not None:
        vraie = np.average(ECHELLE[:5], weights=comptes[:5])
        assert rendue.marge[0] - 1e-9 <= vraie <= rendue.marge[1] + 1e-9


def test_amounts_are_winsorised_and_one_large_share_is_refused():
    campagne = np.concatenate([np.full(95, 20.0), np.full(5, 900.0), [np.nan]])
    bornes = bornes_de_campagne(campagne)
    assert bornes[1] < 900
    ordinaires = np.arange(10.0, 30.0)
    assert moyenne_de_montants(ordinaires, (0.0, 25.0), SENSIBLE).valeur == 19
    dominees = np.concatenate([np.zeros(11), [900.0]])
    assert moyenne_de_montants(dominees, bornes, SENSIBLE).motif == DOMINANT
    assert moyenne_de_montants(ordinaires[:10], bornes, SENSIBLE).motif == TROP_PEU


@pytest.mark.parametrize(
    ("comptes", "classe"),
    [([2, 3, 9, 2], 2), ([6, 1, 6], None), ([3, 3, 3], None), ([10, 10], None), ([0, 12], 1)],
)
def test_a_median_is_a_class_of_enough_persons(comptes, classe):
    assert classe_mediane(comptes, SENSIBLE) == classe


def test_what_is_never_shown():
    assert not permise("minimum", 500)
    assert not permise("ecart_type", 29)
    assert permise("ecart_type", 30)
    assert permise("moyenne", 11)
    assert not appariable(10, SENSIBLE)


def test_joint_answers():
    assert croiser(np.array([0, 1]), np.array([2, 0]), 3).tolist() == [2, 3]
    with pytest.raises(ValueError, match="ranks"):
        croiser(np.array([0]), np.array([3]), 3)
