"""Auditor: populations in agreement with what is shown, found by programs and checked one by one.

A population (*témoin*) counts only after ``modele.respecte`` has checked it in whole numbers: a
verdict « safe » never rests on a solver's arithmetic.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from .modele import Booleens, Contraintes, Entiers, Probleme, Reels, contraintes, respecte

DUREE = 20.0
"""Seconds for one program; unfinished means refused."""
_PRECISION = 1e-5


@dataclass(frozen=True, slots=True)
class Optimum:
    """What one program found."""

    fini: bool
    valeur: float = 0.0
    """The optimum over real numbers if ``entier`` is false: a bound from outside."""
    x: Entiers | None = None
    """A checked population, if the solution is one."""


class Programme:
    """All that an attacker knows from one display, ready for any objective."""

    def __init__(self, probleme: Probleme, bas: Entiers, haut: Entiers) -> None:
        self.probleme, self.bas, self.haut = probleme, bas, haut
        self.ecrites: Contraintes = contraintes(probleme, bas, haut)
        self._lignes = LinearConstraint(self.ecrites.matrice, self.ecrites.bas, self.ecrites.haut)
        self._bornes = Bounds(np.zeros_like(self.ecrites.plafonds), self.ecrites.plafonds)
        self.resolus = 0

    def maximiser(self, objectif: Reels, *, entier: bool = False, ecart: float = 0.0) -> Optimum:
        """Maximise a sum over the unknowns (piece-major), over real or whole numbers.

        ``ecart``: relative gap at which a whole-number search may stop (then not an optimum).
        """
        self.resolus += 1
        nombre = objectif.size
        solution = milp(
            -objectif,
            constraints=[self._lignes] if self.ecrites.bas.size else None,
            bounds=self._bornes,
            integrality=np.ones(nombre) if entier else None,
            options={"time_limit": DUREE, "mip_rel_gap": ecart},
        )
        if solution.x is None or solution.status != 0:
            return Optimum(fini=False)
        arrondi = np.rint(solution.x)
        x = None
        if np.abs(arrondi - solution.x).max(initial=0.0) < _PRECISION:
            forme = (self.probleme.nb_morceaux, self.probleme.nb_reponses)
            candidat = arrondi.astype(np.int64).reshape(forme)
            if respecte(self.probleme, self.bas, self.haut, candidat):
                x = candidat
        return Optimum(fini=True, valeur=-float(solution.fun), x=x)

    def extreme(self, objectif: Reels) -> Optimum:
        """Maximise over whole numbers; the whole-number search only if real numbers cut persons."""
        reel = self.maximiser(objectif)
        if not reel.fini or reel.x is not None:
            return reel
        return self.maximiser(objectif, entier=True)


class Reserve:
    """Populations met so far, with the count of each pair (target, class) in each."""

    def __init__(self, probleme: Probleme, ensembles: csr_array, paires: Entiers) -> None:
        """``ensembles``: targets × pieces; ``paires``: pairs (target, class) to follow."""
        self.probleme, self.ensembles, self.paires = probleme, ensembles, paires
        self.populations: list[Entiers] = []
        self._sommes: list[Entiers] = []
        self._comptes: list[Entiers] = []
        self._vues: set[bytes] = set()

    def ajouter(self, x: Entiers) -> bool:
        """Keep a population; return whether it is new."""
        empreinte = x.astype(np.int32).tobytes()
        if empreinte in self._vues:
            return False
        self._vues.add(empreinte)
        self.populations.append(x)
        self._sommes.append(self.probleme.sommes(x).astype(np.int32))
        self._comptes.append(self.compter(x).astype(np.int32))
        return True

    def compter(self, x: Entiers) -> Entiers:
        """Return the count of every followed pair in a population."""
        tous = self.ensembles @ (x @ self.probleme.classes.T)
        return np.asarray(tous[self.paires[:, 0], self.paires[:, 1]])

    def accord(self, bas: Entiers, haut: Entiers) -> list[int]:
        """Return which populations agree with a display (means are checked apart)."""
        return [
            rang
            for rang, sommes in enumerate(self._sommes)
            if bool((sommes >= bas).all() and (sommes <= haut).all())
            and (
                not self.probleme.moyennes
                or respecte(self.probleme, bas, haut, self.populations[rang])
            )
        ]

    def bornes(self, rangs: list[int]) -> tuple[Entiers, Entiers]:
        """Return the least and greatest count of each pair among some populations."""
        comptes = np.stack([self._comptes[rang] for rang in rangs])
        return comptes.min(axis=0).astype(np.int64), comptes.max(axis=0).astype(np.int64)

    def dernier(self) -> Entiers:
        """Return the counts of the population added last."""
        return self._comptes[-1].astype(np.int64)


def indicatrice(morceaux: Booleens | Entiers, classe: Entiers) -> Reels:
    """Return the objective that counts a class in a set of pieces."""
    return np.outer(np.asarray(morceaux), classe).ravel().astype(float)
