"""The simulation of the bench: its truth is right, and few cohorts already show no excess."""

import numpy as np
import pytest

from bench.simulation import SEUIL, Verite, loi_d_un_resultat, simuler

pytestmark = pytest.mark.xdist_group("simulation")


@pytest.fixture(scope="module")
def parts():
    return simuler(cohortes=60, graine=2).parts()


def test_what_is_said_to_be_true_is_what_many_families_show():
    hasard = np.random.default_rng(3)
    loi = loi_d_un_resultat(0.7)
    assert loi.sum() == pytest.approx(1)
    tirages = hasard.choice(25, 400_000, p=loi.ravel() / loi.sum())
    ecarts = tirages % 5 - tirages // 5
    verite = Verite.de(loi)
    assert np.sign(ecarts).mean() == pytest.approx(verite.nette, abs=0.005)
    assert (ecarts > 0).mean() == pytest.approx(verite.progressent, abs=0.005)
    oui = (tirages % 5 > 2).mean() - (tirages // 5 > 2).mean()
    assert oui == pytest.approx(verite.difference_oui, abs=0.005)
    assert np.median((ecarts[::2] + ecarts[1::2]) / 2) == verite.typique


def test_without_change_both_directions_are_as_likely():
    loi = loi_d_un_resultat(0)
    assert loi == pytest.approx(loi.T)
    assert Verite.de(loi) == Verite(
        pytest.approx(0), pytest.approx(np.triu(loi, 1).sum()), pytest.approx(0), 0
    )


def test_no_false_alarm_is_more_frequent_than_the_level(parts):
    alertes = {q: bornes for q, bornes in parts.items() if q.startswith("fausse alerte")}
    sans_correction = alertes.pop("fausse alerte, cinq questions sans correction")
    assert len(alertes) == 9
    for quoi, (_, bas, _) in alertes.items():
        assert bas <= SEUIL, quoi
    # The bench can see an excess: five questions without correction are one.
    assert sans_correction[1] > SEUIL


def test_no_interval_covers_less_than_it_says(parts):
    couvertures = {q: bornes for q, bornes in parts.items() if q.startswith("couverture")}
    assert len(couvertures) == 7
    for quoi, (_, _, haut) in couvertures.items():
        assert haut >= 1 - SEUIL, quoi


def test_real_changes_are_seen_more_often_than_chance(parts):
    _, _, au_plus = parts["fausse alerte, une des trois autres questions"]
    assert parts["les deux vrais changements sont vus"][1] > au_plus


def test_what_is_printed_sees_real_changes_and_covers_at_least_what_the_counts_would(parts):
    """Bands cost power, and never coverage: intervals are the union of what the display allows."""
    imprimee = parts["couverture, imprimée"]
    assert imprimee[0] >= parts["couverture, part nette (Tango)"][0]
    assert parts["imprimé, les deux vrais changements sont conclus"][0] > 0.2
    assert parts["imprimé, signal fragile"][0] < 0.05
