"""Mann-Whitney by its Fourier transform: the same law as every choice, whatever is left out."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses.statistiques.deux_groupes import mann_whitney
from analyses.statistiques.frequences import TROP_PETITE
from analyses.statistiques.frequences_rangs import (
    PLUS_PETITE,
    _qui_comptent,
    deux_queues_par_frequences,
)
from analyses.statistiques.tirages import deux_queues

from .choix import tirer_un_ecart


@given(
    tailles=st.lists(st.integers(1, 6), min_size=2, max_size=9)
    | st.lists(st.just(1), min_size=2, max_size=30),
    donnees=st.data(),
)
@settings(max_examples=80)
def test_the_law_is_that_of_whole_numbers(tailles, donnees):
    m, ecart, attendu = tirer_un_ecart(donnees, tailles)
    obtenu = deux_queues_par_frequences(tailles, m, ecart)
    assert obtenu == pytest.approx(attendu, abs=1e-12) or (
        obtenu == TROP_PETITE and attendu < PLUS_PETITE * 1.001
    )


@pytest.mark.parametrize("reponses", [40, 60, 10**6])
@pytest.mark.parametrize(("total", "m"), [(160, 20), (300, 90), (300, 150)])
@pytest.mark.parametrize("rares", [0.2, 1.0, 2.0, 4.0])
def test_many_people_are_as_when_choices_are_counted(reponses, total, m, rares):
    """Here most frequencies are left out; the two ways share nothing."""
    hasard = np.random.default_rng(total + m)
    tailles = np.unique(hasard.integers(0, reponses, total), return_counts=True)[1].tolist()
    ecart = int(rares * math.sqrt(m * (total - m) * (total + 1) / 3))
    ecart += (ecart - m * (total - m)) % 2 if all(t % 2 for t in tailles) else 0
    obtenu = deux_queues_par_frequences(tailles, m, ecart)
    assert obtenu == pytest.approx(deux_queues(tailles, m, ecart), abs=1e-12)


def test_what_is_left_out_is_as_small_as_it_says():
    """Few frequencies stay of three hundred different answers, and the others are computed here."""
    tailles, m = [1] * 40, 15
    rangs = 2 * np.arange(40) + 1 - 40
    points = m * 25 + 200
    gardees = set(_qui_comptent(rangs, np.array(tailles), m / 40, points).tolist())
    theta = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    for frequence in set(range(points // 2 + 1)) - gardees:
        phases = theta[:, None] + 2 * np.pi * frequence / points * rangs
        produit = np.abs(1 - m / 40 + m / 40 * np.exp(1j * phases)).prod(axis=1)
        assert produit.max() < 1e-16
    trois_cents = 2 * np.arange(300) + 1 - 300
    assert len(_qui_comptent(trois_cents, np.ones(300, dtype=np.int64), 0.5, 30_000)) < 100


def test_a_tail_too_small_for_it_is_counted_otherwise():
    tailles, m = [3] * 60, 90
    ecart = m * 90
    assert deux_queues_par_frequences(tailles, m, ecart) == TROP_PETITE
    haut, bas = np.repeat(np.arange(30, 60), 3), np.repeat(np.arange(30), 3)
    p = mann_whitney(haut.tolist(), bas.tolist()).p
    assert p == pytest.approx(2 / math.comb(180, 90), rel=1e-9)


def test_a_thousand_people_and_many_answers_have_an_exact_law():
    hasard = np.random.default_rng(8)
    valeurs = hasard.integers(0, 40, 1000).tolist()
    resultat = mann_whitney(valeurs[:400], valeurs[400:])
    assert resultat.exact
    from scipy.stats import mannwhitneyu

    # With a thousand people the normal law is close: the exact one cannot be far.
    normale = mannwhitneyu(valeurs[:400], valeurs[400:], method="asymptotic", use_continuity=False)
    assert resultat.p == pytest.approx(normale.pvalue, abs=0.002)


def test_nobody_is_drawn_too_often_and_too_much_work_is_refused():
    assert deux_queues_par_frequences([1] * 12, 5, 0) == 1
    assert deux_queues_par_frequences([1] * 5000, 2500, 10) is None
