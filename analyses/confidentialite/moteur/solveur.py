"""A thin adapter of HiGHS: linear programs that keep their basis, and whole-number ones.

``highspy`` is used for the first because one program is solved for thousands of objectives: from
the basis of the one before, primal simplex needs a millisecond where ``scipy`` starts anew each
time (4 to 25 times slower, measured). It knows nothing of the question; its answers are proposals
that callers check.
"""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from .modele import Entiers, Reels

ITERATIONS = 200_000
"""Most simplex steps of one program: a limit that does not depend on the machine."""
NOEUDS = 5_000
DUREE = 60.0
"""Most nodes and seconds of a whole-number program. Beyond: unfinished, hence refused."""
PRIMAL, DUAL = 4, 1


@dataclass(frozen=True, slots=True)
class Solution:
    """What a program found; ``fini`` is false when it did not conclude or nothing is feasible."""

    fini: bool
    valeur: float
    x: Reels


RIEN = Solution(fini=False, valeur=float("nan"), x=np.empty(0))


class Lineaire:
    """``bas ≤ matrice @ x ≤ haut``, ``0 ≤ x ≤ plafonds``; bounds and costs change between runs."""

    def __init__(
        self, matrice: csr_array, bas: Reels, haut: Reels, plafonds: Reels, *, strategie: int
    ) -> None:
        self._highs = _charger(matrice, bas, haut, plafonds)
        self._highs.setOptionValue("simplex_strategy", strategie)
        self._highs.setOptionValue("simplex_iteration_limit", ITERATIONS)
        self._bases: dict[str, Any] = {}
        self.nb_lignes = int(matrice.shape[0])

    def borner_lignes(self, rangs: Entiers, bas: Reels, haut: Reels) -> None:
        """Change the bounds of some rows."""
        self._highs.changeRowsBounds(
            rangs.size, rangs.astype(np.int32), bas.astype(float), haut.astype(float)
        )

    def borner_colonnes(self, rangs: Entiers, haut: Reels, bas: Reels | None = None) -> None:
        """Change the bounds of some unknowns; the lower ones are 0 if not told."""
        dessous = np.zeros(rangs.size) if bas is None else bas.astype(float)
        self._highs.changeColsBounds(
            rangs.size, rangs.astype(np.int32), dessous, haut.astype(float)
        )

    def minimiser(self, couts: Reels) -> Solution:
        """Minimise ``couts @ x``, from the last basis."""
        self._highs.changeColsCost(couts.size, np.arange(couts.size, dtype=np.int32), couts)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            # A basis can be a bad start: once more from none before giving up.
            self._highs.clearSolver()
            self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self._highs.clearSolver()
            return RIEN
        x = np.array(self._highs.getSolution().col_value)
        return Solution(fini=True, valeur=float(couts @ x), x=x)

    def prix(self) -> Reels:
        """Return the multiplier of each row in the last program: a proposal, like the rest."""
        return np.array(self._highs.getSolution().row_dual, dtype=np.float64)

    def marquer(self, nom: str = "") -> None:
        """Remember the basis of the last solution, under a name."""
        self._bases[nom] = self._highs.getBasis()

    def revenir(self, nom: str = "") -> None:
        """Start the next program from the basis remembered under a name, if there is one."""
        if nom in self._bases:
            self._highs.setBasis(self._bases[nom])
        else:
            self._highs.clearSolver()

    def sous(self, ligne: Reels, bas: float, haut: float, couts: Reels) -> Solution:
        """Minimise with one more row, which is then taken away."""
        indices = np.flatnonzero(ligne).astype(np.int32)
        self._highs.addRow(bas, haut, indices.size, indices, ligne[indices])
        solution = self.minimiser(couts)
        self._highs.deleteRows(1, np.array([self.nb_lignes], dtype=np.int32))
        return solution

    def avec(self, lignes: csr_array, dessous: Reels, couts: Reels, amende: float) -> Solution:
        """Minimise with more rows ``lignes @ x ≥ dessous``, each missed at ``amende`` a unit.

        What each row misses comes after the unknowns. Rows are then taken away.
        """
        nombre, depart = dessous.size, couts.size
        infinis, rangs = np.full(nombre, np.inf), np.arange(nombre)
        self._highs.addRows(
            nombre,
            dessous,
            infinis,
            lignes.nnz,
            lignes.indptr[:-1].astype(np.int32),
            lignes.indices.astype(np.int32),
            lignes.data.astype(float),
        )
        self._highs.addCols(
            nombre,
            np.full(nombre, amende),
            np.zeros(nombre),
            infinis,
            nombre,
            rangs.astype(np.int32),
            (self.nb_lignes + rangs).astype(np.int32),
            np.ones(nombre),
        )
        solution = self.minimiser(np.concatenate([couts, np.full(nombre, amende)]))
        self._highs.deleteCols(nombre, (depart + rangs).astype(np.int32))
        self._highs.deleteRows(nombre, (self.nb_lignes + rangs).astype(np.int32))
        return solution


def _charger(matrice: csr_array, bas: Reels, haut: Reels, plafonds: Reels) -> Any:
    """Return HiGHS holding one program without costs."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # not annotated there
    for option, valeur in (("output_flag", False), ("threads", 1), ("presolve", "off")):
        highs.setOptionValue(option, valeur)
    colonnes = matrice.tocsc()
    modele = highspy.HighsLp()
    modele.num_row_, modele.num_col_ = matrice.shape
    modele.col_cost_ = np.zeros(matrice.shape[1])
    modele.col_lower_, modele.col_upper_ = np.zeros(matrice.shape[1]), plafonds
    modele.row_lower_, modele.row_upper_ = bas, haut
    modele.a_matrix_.start_ = colonnes.indptr
    modele.a_matrix_.index_ = colonnes.indices
    modele.a_matrix_.value_ = colonnes.data
    highs.passModel(modele)
    return highs


def minimiser_en_entiers(
    couts: Reels,
    lignes: tuple[csr_array, Reels, Reels],
    bornes: tuple[Reels, Reels],
    ecart: float = 0.0,
    noeuds: int = NOEUDS,
) -> Solution:
    """Minimise over whole numbers; ``ecart``: relative gap at which the search may stop.

    With a gap, any population found before the limit of nodes will do.
    """
    matrice, bas, haut = lignes
    solution = milp(
        couts,
        constraints=[LinearConstraint(matrice, bas, haut)] if bas.size else None,
        bounds=Bounds(*bornes),
        integrality=np.ones(couts.size),
        options={"time_limit": DUREE, "node_limit": noeuds, "mip_rel_gap": ecart},
    )
    if solution.x is None or (solution.status != 0 and not ecart):
        return RIEN
    return Solution(fini=True, valeur=float(solution.fun), x=np.asarray(solution.x))
