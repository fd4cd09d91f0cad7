"""The mean of a scale: shown under conditions, and never without the true one inside."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.confidentialite.moteur.autres_chiffres import (
    DEJA_DISTRIBUTION,
    TROP_CONCENTRE,
    TROP_PEU,
    moyenne,
)
from analyses.confidentialite.moteur.parametres import SENSIBLE

ECHELLE = (1.0, 2.0, 3.0, 4.0, 5.0, None)


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
