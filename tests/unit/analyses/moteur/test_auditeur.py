"""The auditor against brute force, and against tables whose secrets are known."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from analyses.confidentialite.moteur import regles, temoins
from analyses.confidentialite.moteur.auditeur import Auditeur, auditer
from analyses.confidentialite.moteur.cibles import cibles_de
from analyses.confidentialite.moteur.combinaisons import petits_ensembles
from analyses.confidentialite.moteur.parametres import SENSIBLE, Parametres

from .enumerateur import combien, ensembles_a_attaquer, intervalles, regle_enfreinte
from .fabrique import exact, probleme, rien, tableau

MINUSCULE = Parametres("SENSIBLE", n_min=4, m=2, w=1, c=1)
"""Thresholds so low that brute force can follow."""


@st.composite
def petits_problemes(draw):
    """Draw a few persons in overlapping groups, and a display that keeps the truth inside."""
    nb_reponses = draw(st.integers(2, 3))
    nb = draw(st.integers(4, 9))
    reponses = draw(st.lists(st.integers(0, nb_reponses - 1), min_size=nb, max_size=nb))
    nb_groupes = draw(st.integers(1, 3))
    groupes = [[True] * nb] + [
        draw(st.lists(st.booleans(), min_size=nb, max_size=nb)) for _ in range(nb_groupes)
    ]
    reunions = draw(st.sampled_from([(), ((0, 1),)])) if nb_reponses == 3 else ()
    p = probleme(groupes, reponses, nb_reponses, parametres=MINUSCULE, reunions=reunions)
    assume(combien(p) <= 3000)
    vrai = p.sommes(p.verite)
    marges = draw(
        st.lists(
            st.tuples(st.sampled_from([0, 0, 1, 2, 9]), st.sampled_from([0, 0, 1, 2, 9])),
            min_size=vrai.size,
            max_size=vrai.size,
        )
    )
    bas = np.maximum(vrai - np.array([a for a, _ in marges]), 0)
    haut = np.minimum(vrai + np.array([b for _, b in marges]), p.bases)
    return p, bas, haut


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(petits_problemes())
def test_auditor_and_brute_force_agree(cas):
    p, bas, haut = cas
    ensembles = ensembles_a_attaquer(p)
    connus = intervalles(p, bas, haut, ensembles)
    attendues = {}
    for (ensemble, classe), (lo, hi) in connus.items():
        n = int(sum(p.tailles[q] for q in ensemble))
        vrai = int(sum(p.verite[q] @ p.classes[classe] for q in ensemble))
        if regle_enfreinte(n, lo, hi, vrai, p.parametres):
            attendues[ensemble, classe] = (lo, hi)
    audit = auditer(p, bas, haut)
    assert not audit.inacheve
    trouvees = {
        (frozenset(f.morceaux), f.classe): (f.bas, f.haut)
        for f in audit.fuites
        if f.cible != "combinaison" and not _affichee(p, f, bas, haut)
    }
    for cle, (moins, plus) in trouvees.items():
        # A leak may be proved by real numbers: bounds that contain the exact ones.
        assert cle in attendues
        assert moins <= attendues[cle][0] <= attendues[cle][1] <= plus
    assert set(attendues) <= {(frozenset(f.morceaux), f.classe) for f in audit.fuites}


def _affichee(p, fuite, bas, haut):
    n = sum(p.tailles[list(fuite.morceaux)])
    return fuite.regle == "A1" and fuite.cible == "groupe" and n < p.parametres.n_min


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(petits_problemes())
def test_intervals_are_exact(cas):
    p, bas, haut = cas
    auditeur = Auditeur(p, cibles_de(p.groupes, p.tailles, p.parametres.n_min))
    for (ensemble, classe), attendu in intervalles(p, bas, haut, ensembles_a_attaquer(p)).items():
        morceaux = np.isin(np.arange(p.nb_morceaux), list(ensemble))
        assert auditeur.intervalle(bas, haut, morceaux, classe) == attendu


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 6).flatmap(
        lambda p: st.tuples(
            st.lists(st.lists(st.booleans(), min_size=p, max_size=p), min_size=2, max_size=5),
            st.lists(st.integers(1, 4), min_size=p, max_size=p),
        )
    )
)
def test_small_combinations_are_all_found(cas):
    groupes, tailles = np.array(cas[0], dtype=np.int64), np.array(cas[1])
    attendus = set()
    for code in range(1, 2**tailles.size):
        z = np.array([code >> i & 1 for i in range(tailles.size)])
        residu = np.linalg.lstsq(groupes.T, z, rcond=None)[0]
        if tailles @ z < 6 and np.allclose(groupes.T @ residu, z, atol=1e-8):
            attendus.add(frozenset(np.flatnonzero(z).tolist()))
    minimaux = {e for e in attendus if not any(autre < e for autre in attendus)}
    recherche = petits_ensembles(csr_array(groupes), tailles, 6)
    assert not recherche.inacheve
    assert {frozenset(e) for e in recherche.ensembles} == minimaux


def test_nothing_shown_is_safe():
    p = tableau([[3, 20], [9, 4], [0, 30]])
    assert auditer(p, *rien(p)).sur


def test_exact_middle_counts_are_safe():
    p = tableau([[8, 12], [9, 11]])
    assert auditer(p, *exact(p)).sur


REVELATEURS = {
    # One group of six persons of which an answer is told.
    "A1": lambda: (tableau([[3, 3], [40, 41]]), exact),
    # Nobody in a group gave an answer.
    "A2": lambda: (tableau([[0, 20], [30, 31]]), exact),
    # A group of 20 where between one and four persons answered so.
    "A3": lambda: (tableau([[3, 17], [30, 31]]), _entre(1, 4)),
    # Between none and three: one less than the room that is due.
    "A4": lambda: (tableau([[2, 18], [30, 31]]), _entre(0, 3)),
    # At most two answered so: two insiders who did know that nobody else did.
    "A5": lambda: (tableau([[2, 18], [30, 31]]), _entre(0, 2)),
}


def _entre(lo, hi):
    """Show one count of the second row in an interval, its complement too, and nothing else."""

    def affichage(p):
        bas, haut = rien(p)
        groupe, _ = next(c for c in p.cellules.tolist() if p.effectifs[c[0]] == 20)
        for rang, (g, k) in enumerate(p.cellules.tolist()):
            if g == groupe:
                bas[rang], haut[rang] = (lo, hi) if k == 0 else (20 - hi, 20 - lo)
        return bas, haut

    return affichage


@pytest.mark.parametrize("regle", REVELATEURS)
def test_each_rule_is_found(regle):
    p, affichage = REVELATEURS[regle]()
    assert regle in _toutes_les_regles(p, *affichage(p))


SEULES = {
    # n, low, high, truth: what this rule refuses, and no other. Some are implied by others, and
    # kept for the day when parameters change: A2 by A3 to A5; A3 and A5 by A4, while w = m-1 > c.
    "A1": (10, 5, 5, 5),
    "A2": (20, 4, 4, 4),
    "A3": (40, 1, 4, 3),
    "A4": (40, 3, 6, 4),
    "A5": (20, 0, 3, 1),
}


@pytest.mark.parametrize("regle", SEULES)
def test_without_a_rule_its_leak_would_pass(regle, monkeypatch):
    """Mutation check: a rule taken away is missed, by name for A2, by verdict for the others."""
    n, bas, haut, vrai = (np.array([v]) for v in SEULES[regle])
    parametres = replace(SENSIBLE, w=3, c=3) if regle in ("A3", "A5") else SENSIBLE
    mesure = regles.Mesure(n, bas, haut, vrai, vrai, parametres)
    assert regles.nommer(mesure) == regle
    monkeypatch.setitem(regles.REGLES, regle, lambda e: np.zeros(e.n.shape, bool))
    assert regles.nommer(mesure) == ("A3" if regle == "A2" else "")


def test_a_mean_of_few_known_within_a_point_is_found(monkeypatch):
    """A6: five persons of a scale between 4 and 5, though no count of them is known."""
    appartenance = np.ones((2, 40), bool)
    appartenance[1, :5] = False
    reponses = [3, 3, 4, 4, 4] + [0] * 6 + [1] * 6 + [2] * 6 + [3] * 8 + [4] * 9
    p = probleme(appartenance, reponses, 5, valeurs=np.arange(1.0, 6.0))
    bas, haut = exact(p)
    for rang, (_, classe) in enumerate(p.cellules.tolist()):
        if classe >= 3:
            # 4 and 5 hidden everywhere: the sum of both remains known.
            bas[rang], haut[rang] = 0, p.bases[rang]
    assert {f.regle for f in auditer(p, bas, haut).fuites} >= {"A6"}
    monkeypatch.setattr("analyses.confidentialite.moteur.regles.POINT", -1.0)
    assert "A6" not in {f.regle for f in auditer(p, bas, haut).fuites}


def _toutes_les_regles(p, bas, haut):
    """Return every rule that each known interval breaks, not only the first."""
    trouvees = set()
    for fuite in auditer(p, bas, haut).fuites:
        if fuite.classe < 0:
            continue
        n = np.array([sum(p.tailles[list(fuite.morceaux)])])
        vrai = np.array([sum(int(p.verite[q] @ p.classes[fuite.classe]) for q in fuite.morceaux)])
        mesure = regles.Mesure(
            n, np.array([fuite.bas]), np.array([fuite.haut]), vrai, vrai, p.parametres
        )
        trouvees |= {nom for nom, regle in regles.REGLES.items() if regle(mesure).all()}
    return trouvees


@given(petits_problemes())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_stopping_at_the_first_leak_changes_no_verdict(cas):
    p, bas, haut = cas
    entier, presse = auditer(p, bas, haut), auditer(p, bas, haut, limite=1)
    assert presse.sur == entier.sur
    assert {f.morceaux for f in presse.fuites} <= {f.morceaux for f in entier.fuites}


@pytest.mark.parametrize(("nombres", "gardees"), [(0, 3), (10**9, 5)])
def test_populations_kept_are_bounded_by_memory_and_the_truth_stays(nombres, gardees, monkeypatch):
    monkeypatch.setattr(temoins, "RESERVE", (3, 5))
    monkeypatch.setattr(temoins, "NOMBRES", nombres)
    p = tableau([[6, 14], [9, 11]])
    auditeur = Auditeur(p, cibles_de(p.groupes, p.tailles, p.parametres.n_min))
    for ecart in range(1, 7):
        auditeur.ajouter(p.verite + ecart * np.array([[-1, 1], [1, -1]]))
    vues = auditeur.temoins(*rien(p))
    assert len(vues) == gardees
    assert any(np.array_equal(x, p.verite) for x in vues)
