r"""Auditor: the smallest sets of persons that any linear combination of groups singles out (§4.4).

A set of pieces can be isolated when its 0/1 indicator z is a weighted sum of groups' indicators,
that is when z = P z, P the projection on the space of groups. Row p of P bounds what a small set
that contains p can reach: most pieces are excluded so, at once. A mixed whole-number program then
searches those that remain; each set found is forbidden with all that contains it.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye, hstack

from .modele import Booleens, Entiers, Reels

MAXIMUM = 400
"""Sets listed at most; with more, the search is unfinished."""
DUREE = 30.0
"""Seconds for one program."""
_INFAISABLE = 2
_PRECISION = 1e-7


@dataclass(frozen=True, slots=True)
class Recherche:
    """Minimal isolated sets, as pieces; why there may be others, or nothing."""

    ensembles: list[tuple[int, ...]]
    inacheve: str = ""


def petits_ensembles(groupes: csr_array, tailles: Entiers, n_min: int) -> Recherche:
    """Return the minimal sets of fewer than ``n_min`` persons isolated by weights on groups."""
    projection = _projection(groupes)
    seuls = (np.diagonal(projection) > 1 - _PRECISION) & (tailles < n_min)
    trouves: list[tuple[int, ...]] = [(int(p),) for p in np.flatnonzero(seuls)]
    possibles = _possibles(projection, tailles, n_min, ~seuls & (tailles < n_min))
    if not possibles.any():
        return Recherche(trouves)
    programme = _Programme(groupes, tailles, n_min, possibles)
    while len(trouves) < MAXIMUM:
        ensemble, fini = programme.suivant()
        if not fini:
            return Recherche(trouves, "combinaisons de groupes\u00a0: recherche interrompue")
        if ensemble is None:
            return Recherche(trouves)
        trouves.append(ensemble)
        programme.interdire(ensemble)
    return Recherche(trouves, "combinaisons de groupes\u00a0: trop nombreuses")


def _projection(groupes: csr_array) -> Reels:
    """Return the orthogonal projection on the space spanned by the groups (pieces × pieces)."""
    dense = groupes.toarray().astype(float)
    _, valeurs, droite = np.linalg.svd(dense, full_matrices=False)
    garde = droite[valeurs > valeurs.max(initial=0.0) * 1e-10]
    return np.asarray(garde.T @ garde)


def _possibles(projection: Reels, tailles: Entiers, n_min: int, depart: Booleens) -> Booleens:
    """Exclude, until nothing changes, the pieces that no small isolated set can contain.

    For p in such a set S, the sum over S of P[p, q] is 1: a fractional knapsack of ``n_min - 1``
    persons bounds it from above.
    """
    possibles = depart.copy()
    while possibles.any():
        rangs = np.flatnonzero(possibles)
        plafond = _sac(projection[np.ix_(rangs, rangs)], tailles[rangs], n_min - 1)
        garde = plafond > 1 - 1e-6
        if garde.all():
            break
        possibles[rangs[~garde]] = False
    return possibles


def _sac(poids: Reels, tailles: Entiers, capacite: int) -> Reels:
    """Bound from above, for each row p, the weight of a set that contains p."""
    propres = np.diagonal(poids).copy()
    autres = np.maximum(poids, 0.0)
    np.fill_diagonal(autres, 0.0)
    ordre = np.argsort(-autres / tailles[None, :], axis=1)
    tries = np.take_along_axis(autres, ordre, axis=1)
    places = tailles[ordre].astype(float)
    avant = np.cumsum(places, axis=1) - places
    libre = np.clip((capacite - tailles)[:, None] - avant, 0.0, places)
    return np.asarray(propres + (tries * libre / places).sum(axis=1))


class _Programme:
    """min persons of z, z = groups' weighted sum, z 0/1 on the possible pieces and 0 elsewhere."""

    def __init__(
        self, groupes: csr_array, tailles: Entiers, n_min: int, possibles: Booleens
    ) -> None:
        self.rangs = np.flatnonzero(possibles)
        self.nb_groupes = int(groupes.shape[0])
        self.n_min = n_min
        nombre = self.rangs.size
        selection = csr_array(eye(tailles.size, format="csr")[:, self.rangs])
        self.egalites = csr_array(hstack([groupes.T.astype(float), -selection]))
        self.couts = np.concatenate([np.zeros(self.nb_groupes), tailles[self.rangs].astype(float)])
        self.entiers = np.concatenate([np.zeros(self.nb_groupes), np.ones(nombre)])
        libres = np.full(self.nb_groupes, np.inf)
        self.bornes = Bounds(
            np.concatenate([-libres, np.zeros(nombre)]), np.concatenate([libres, np.ones(nombre)])
        )
        taille = np.concatenate([np.zeros(self.nb_groupes), tailles[self.rangs].astype(float)])
        self.coupes = [(taille, 1.0, float(n_min - 1))]

    def suivant(self) -> tuple[tuple[int, ...] | None, bool]:
        """Return the smallest set left, or none; and whether the search is finished."""
        lignes = np.array([ligne for ligne, _, _ in self.coupes])
        solution = milp(
            self.couts,
            constraints=[
                LinearConstraint(self.egalites, 0.0, 0.0),
                LinearConstraint(
                    lignes,
                    [bas for _, bas, _ in self.coupes],
                    [haut for _, _, haut in self.coupes],
                ),
            ],
            bounds=self.bornes,
            integrality=self.entiers,
            options={"time_limit": DUREE},
        )
        if solution.status == _INFAISABLE:
            return None, True
        if solution.status != 0:
            return None, False
        z = solution.x[self.nb_groupes :]
        return tuple(int(p) for p in self.rangs[z > 0.5]), True  # noqa: PLR2004  (0 or 1)

    def interdire(self, ensemble: tuple[int, ...]) -> None:
        """Forbid a set and all that contains it: what remains of those is a set of its own."""
        ligne = np.zeros(self.nb_groupes + self.rangs.size)
        ligne[self.nb_groupes + np.flatnonzero(np.isin(self.rangs, ensemble))] = 1.0
        self.coupes.append((ligne, 0.0, float(len(ensemble) - 1)))
