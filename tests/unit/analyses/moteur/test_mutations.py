"""Mutation checks: each rule is read again in plain words; break it and the comparison fails."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from analyses.confidentialite.moteur import regles
from analyses.confidentialite.moteur.auditeur import auditer
from analyses.confidentialite.moteur.parametres import ORDINAIRE, SENSIBLE

from .enumerateur import regle_enfreinte
from .fabrique import exact, probleme

LECTURE = {
    "A1": lambda n, bas, haut, x, p: (
        n < p.n_min and (bas in (haut, n) or haut == 0 or (bas >= 1 and n - bas <= p.c))
    ),
    "A2": lambda n, bas, haut, x, p: n >= p.n_min and bas == haut and min(bas, n - bas) < p.m,
    "A3": lambda n, bas, haut, x, p: (bas >= 1 and haut < p.m) or (haut < n and n - bas < p.m),
    "A4": lambda n, bas, haut, x, p: min(x, n - x) < p.m and haut - bas < min(p.w, n),
    "A5": lambda n, bas, haut, x, p: (bas >= 1 and n - bas <= p.c) or (haut <= p.c and haut < n),
}
"""§4.4 in words, one number at a time."""

FAUTES = {
    "oubliée": None,
    "m trop petit": {"m": -1},
    "m trop grand": {"m": 1},
    "n_min trop petit": {"n_min": -1},
    "n_min trop grand": {"n_min": 1},
    "w trop petit": {"w": -1},
    "c trop petit": {"c": -1},
    "c trop grand": {"c": 1},
}
CONCERNENT = {
    "A1": ("oubliée", "n_min trop petit", "n_min trop grand", "c trop petit", "c trop grand"),
    "A2": ("oubliée", "m trop petit", "m trop grand", "n_min trop petit", "n_min trop grand"),
    "A3": ("oubliée", "m trop petit", "m trop grand"),
    "A4": ("oubliée", "m trop petit", "m trop grand", "w trop petit"),
    "A5": ("oubliée", "c trop petit", "c trop grand"),
}


def _grille(parametres):
    """Return every interval and truth of sets up to a few more persons than ``n_min``."""
    cas = [
        (n, bas, haut, x)
        for n in range(1, parametres.n_min + 4)
        for bas, haut in product(range(n + 1), repeat=2)
        if bas <= haut
        for x in range(bas, haut + 1)
    ]
    return np.array(cas, dtype=np.int64)


class _Faux:
    """Parameters that no code would build: those of a broken rule."""

    def __init__(self, p, ecarts):
        for nom in ("n_min", "m", "w", "c"):
            setattr(self, nom, getattr(p, nom) + ecarts.get(nom, 0))


def _verdict(regle, cas, parametres):
    n, bas, haut, x = cas.T
    return np.broadcast_to(regle(regles.Mesure(n, bas, haut, x, x, parametres)), n.shape)


def _attendu(nom, cas, parametres):
    lecture = LECTURE[nom]
    return np.array([bool(lecture(a, b, c, d, parametres)) for a, b, c, d in cas.tolist()])


@pytest.mark.parametrize("parametres", [SENSIBLE, ORDINAIRE], ids=["sensible", "ordinaire"])
@pytest.mark.parametrize("nom", LECTURE)
def test_each_rule_is_what_it_says(nom, parametres):
    cas = _grille(parametres)
    assert np.array_equal(
        _verdict(regles.REGLES[nom], cas, parametres), _attendu(nom, cas, parametres)
    )


@pytest.mark.parametrize(
    ("nom", "faute"), [(n, f) for n, fautes in CONCERNENT.items() for f in fautes]
)
def test_a_broken_rule_is_seen(nom, faute):
    """The comparison above fails for each mutant: it is a test that can fail."""
    cas, ecarts = _grille(SENSIBLE), FAUTES[faute]
    if ecarts is None:
        mutant = np.zeros(len(cas), bool)
    else:
        mutant = _verdict(regles.REGLES[nom], cas, _Faux(SENSIBLE, ecarts))
    assert not np.array_equal(mutant, _attendu(nom, cas, SENSIBLE))


@pytest.mark.parametrize("parametres", [SENSIBLE, ORDINAIRE, replace(SENSIBLE, w=1, c=1)])
def test_all_rules_together_refuse_what_the_enumerator_refuses(parametres):
    cas = _grille(parametres)
    n, bas, haut, x = cas.T
    ensemble = regles.enfreint(regles.Mesure(n, bas, haut, x, x, parametres))
    attendu = [regle_enfreinte(a, b, c, d, parametres) for a, b, c, d in cas.tolist()]
    assert np.array_equal(ensemble, np.array(attendu))


@pytest.mark.parametrize("oubliee", ["A1", "A4", "A5"])
def test_the_auditor_lets_through_what_a_forgotten_rule_kept(oubliee, monkeypatch):
    """The whole auditor, not only the formula: with one rule left, its leaks are all that is found."""
    appartenance = np.ones((2, 30), bool)
    appartenance[1, 20:] = False
    p = probleme(appartenance, [0] * 6 + [1] * 14 + [0] * 5 + [1] * 5, 2)
    for nom in regles.REGLES:
        if nom != oubliee:
            monkeypatch.setitem(regles.REGLES, nom, lambda e: np.zeros(e.n.shape, bool))
    seule = {f.regle for f in auditer(p, *exact(p)).fuites}
    monkeypatch.setitem(regles.REGLES, oubliee, lambda e: np.zeros(e.n.shape, bool))
    assert auditer(p, *exact(p)).sur
    if oubliee == "A1":
        # Ten persons told apart by subtraction, five and five: nothing but A1 forbids it.
        assert seule == {"A1"}


@pytest.mark.parametrize(("etendue", "connue"), [(0.0, True), (1.0, True), (1.01, False)])
def test_a_mean_within_a_point_is_too_well_known(etendue, connue):
    assert (
        bool(regles.moyenne_trop_connue(np.array([2.0]), np.array([2.0 + etendue]))[0]) is connue
    )


@pytest.mark.parametrize("point", [-1.0, 0.5])
def test_a_broken_a6_is_seen(point, monkeypatch):
    monkeypatch.setattr(regles, "POINT", point)
    assert not regles.moyenne_trop_connue(np.array([2.0]), np.array([3.0]))[0]
