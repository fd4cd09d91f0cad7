"""Tables whose answer is known from the literature (ADR 0063), rebuilt here with invented counts."""

import numpy as np
import pytest

from analyses.confidentialite.moteur.auditeur import Auditeur, auditer
from analyses.confidentialite.moteur.cibles import cibles_de

from .fabrique import exact, probleme, rien, tableau

# Gusfield, « A graph theoretic approach to statistical data security » (SIAM J. Comput., 1988):
# lines and columns are nodes, a hidden count is an edge; it is known exactly when it is a bridge.
PONT = [[7, 8, 9, 20], [6, 9, 20, 20], [20, 20, 8, 6], [20, 20, 9, 7]]
CACHES = {(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (0, 2)}


def _auditeur(p):
    return Auditeur(p, cibles_de(p.groupes, p.tailles, p.parametres.n_min))


def _cacher(p, lignes, caches):
    """Hide counts of a table (line, answer); the total line is told."""
    bas, haut = exact(p)
    place = {}
    for ligne, comptes in enumerate(lignes):
        for rang, (groupe, classe) in enumerate(p.cellules.tolist()):
            morceaux = p.groupes[[groupe]].indices
            if morceaux.size == 1 and p.verite[morceaux[0]].tolist() == list(comptes):
                place[ligne, classe] = (rang, int(morceaux[0]))
    for ici in caches:
        rang, _ = place[ici]
        bas[rang], haut[rang] = 0, p.bases[rang]
    return bas, haut, place


def _intervalle(p, bas, haut, morceau, classe):
    return _auditeur(p).intervalle(bas, haut, np.arange(p.nb_morceaux) == morceau, classe)


def test_two_holes_a_line_are_not_enough():
    """Gusfield: each line and column hides two counts or more, yet one is given back exactly."""
    p = tableau(PONT)
    bas, haut, place = _cacher(p, PONT, CACHES)
    for ligne in range(4):
        assert sum(c[0] == ligne for c in CACHES) >= 2
        assert sum(c[1] == ligne for c in CACHES) >= 2
    assert _intervalle(p, bas, haut, place[0, 2][1], 2) == (9, 9)


def test_a_cycle_is_as_wide_as_its_least_count():
    """Gusfield: without the bridge, what may move around a rectangle bounds each of its counts."""
    p = tableau(PONT)
    bas, haut, place = _cacher(p, PONT, CACHES - {(0, 2)})
    # + at (0,0) and (1,1), - at (0,1) and (1,0), at most by the least of those that go down.
    assert _intervalle(p, bas, haut, place[0, 0][1], 0) == (0, 7 + min(8, 6))
    assert _intervalle(p, bas, haut, place[0, 1][1], 1) == (8 - min(8, 6), 8 + min(7, 9))


@pytest.mark.parametrize("lignes", [[[12, 8], [9, 31]], [[3, 17, 5], [30, 11, 9]]])
def test_margins_alone_give_frechet_bounds(lignes):
    """Fréchet 1940; Dobra and Fienberg (PNAS, 2000): sums of lines and columns, nothing else."""
    p = tableau(lignes)
    bas, haut = rien(p)
    totaux = np.array(lignes).sum(axis=0)
    n = int(totaux.sum())
    for rang, (groupe, classe) in enumerate(p.cellules.tolist()):
        if p.effectifs[groupe] == n:
            bas[rang] = haut[rang] = totaux[classe]
    for morceau in range(p.nb_morceaux):
        taille = int(p.tailles[morceau])
        for classe, total in enumerate(totaux.tolist()):
            attendu = (max(0, taille + total - n), min(taille, total))
            assert _intervalle(p, bas, haut, morceau, classe) == attendu


def test_three_margins_of_a_cube_leave_one_number():
    """Fienberg (1999): 2 × 2 × 2 with its three two-way margins moves along one direction only."""
    cube = np.array([[[6, 9], [4, 12]], [[10, 7], [8, 5]]])
    i, j, k = (axe.ravel() for axe in np.meshgrid([0, 1], [0, 1], [0, 1], indexing="ij"))
    comptes = cube.ravel()
    a, b, reponse = (np.repeat(v, comptes) for v in (i, j, k))
    groupes = [np.ones(a.size, bool), a == 0, a == 1, b == 0, b == 1]
    # Lines × columns are known as sizes of pieces; lines × answers and columns × answers are told.
    p = probleme([*groupes, (a == 0) & (b == 0)], reponse, 2)
    bas, haut = exact(p)
    for rang, (groupe, _) in enumerate(p.cellules.tolist()):
        if p.groupes[[groupe]].nnz == 1:
            bas[rang], haut[rang] = 0, p.bases[rang]
    signes = np.where((i + j + k) % 2, -1, 1)
    plus = int(comptes[signes < 0].min())
    moins = int(comptes[signes > 0].min())
    morceau = next(m for m in range(p.nb_morceaux) if p.verite[m].tolist() == [6, 9])
    assert _intervalle(p, bas, haut, morceau, 0) == (6 - moins, 6 + plus)


def test_a_tracker_is_found():
    """Denning and Schlörer (1979): two groups that differ by one person give that person back."""
    reponses = [0] * 12 + [1] * 12
    tous = np.ones(24, bool)
    sans_un = tous.copy()
    sans_un[0] = False
    p = probleme([tous, sans_un], reponses, 2)
    fuites = auditer(p, *exact(p)).fuites
    assert any(p.tailles[list(f.morceaux)].sum() == 1 and f.regle == "A1" for f in fuites)


def test_overlapping_groups_single_out_by_a_weighted_sum():
    """A general tracker: no difference of two groups is small, but (A + B - C) / 2 is one person."""
    membres = np.zeros((3, 44), bool)
    membres[0, :22] = True
    membres[1, 21:43] = True
    membres[2, :21] = True
    membres[2, 22:43] = True
    p = probleme(membres, np.arange(44) % 2, 2)
    audit = auditer(p, *exact(p))
    # A + B counts person 21 twice, and once each of those that C holds.
    assert any(p.tailles[list(f.morceaux)].sum() == 1 for f in audit.fuites)
