"""Auditor: populations in agreement with what is shown, found by programs and checked one by one.

A population (*témoin*) counts only after ``modele.respecte`` has checked it in whole numbers: a
verdict « safe » never rests on a solver's arithmetic.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_array, vstack

from .certitude import Certitude
from .modele import (
    Booleens,
    Contraintes,
    Entiers,
    Probleme,
    Reels,
    contraintes,
    dites,
    possible,
    respecte,
)
from .solveur import DUAL, PRIMAL, Lineaire, Solution, minimiser_en_entiers

_PRECISION = 1e-5
_PENCHANT = 0.2
"""Most that staying near the truth may cost in one objective: less than a person."""
_GRAINE = 1789
_BON, _NOEUDS = 0.05, 50
_LARGE = 10.0
"""Relative gap at which any population will do."""
PRES = "près de la vérité"
"""Basis from which one count is pushed."""
_AMENDE = 10.0
"""For each person missing from a goal."""
RESERVE = (640, 2_560)
"""Populations kept, at least and at most: what proved one pair is sought anew once it is dropped."""
NOMBRES = 32_000_000
"""Numbers kept of them all: 128 megabytes, when that is enough for the least."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """What one program found."""

    fini: bool
    valeur: float = 0.0
    """The optimum over real numbers if ``x`` is none: a bound from outside."""
    x: Entiers | None = None
    """A checked population, if the solution is one."""
    brut: Reels | None = None
    """The solution as found, when persons are cut in it."""


class Programme:
    """All that an attacker knows from what is shown, ready for any objective."""

    def __init__(self, probleme: Probleme) -> None:
        self.probleme = probleme
        self.bas, self.haut = np.zeros_like(probleme.bases), probleme.bases
        self.ecrites: Contraintes = contraintes(probleme, self.bas, self.haut)
        """Everything known, as it is written now."""
        e = self.ecrites
        self._par_colonne = e.matrice.tocsc()
        self._lineaire = Lineaire(e.matrice, e.bas, e.haut, e.plafonds, strategie=PRIMAL)
        self._marque = self._pres = self._vise = False
        self._hasard = np.random.default_rng(_GRAINE)
        rares = self._hasard.random(probleme.verite.size) + 0.5
        fois = probleme.nb_reponses if probleme.coches else 1
        total = 1.5 * max(1, int(probleme.tailles.sum()) * fois)
        self._penchant = rares * (probleme.verite.ravel() == 0) / total
        self.total = total
        self.resolus = 0

    def montrer(self, bas: Entiers, haut: Entiers) -> None:
        """Take what is shown of each cell now."""
        changees = np.flatnonzero((bas != self.bas) | (haut != self.haut))
        self.bas, self.haut = bas.copy(), haut.copy()
        if changees.size:
            self._marque = self._pres = self._vise = False
            dessous, dessus = dites(self.probleme, bas, haut)
            self._lineaire.borner_lignes(changees, dessous[changees], dessus[changees])
            self.ecrites.bas[: bas.size] = dessous
            self.ecrites.haut[: bas.size] = dessus

    def maximiser(self, objectif: Reels) -> Optimum:
        """Maximise a sum over the unknowns (piece-major), over real numbers."""
        self.resolus += 1
        trouve = self._lire(self._lineaire.minimiser(-objectif))
        # Persons cut anywhere stay cut in the programs that follow: go back to a whole solution,
        # unless what is shown has changed since: its basis would have to be repaired each time.
        if trouve.x is None and self._marque:
            self._lineaire.revenir()
        else:
            self._lineaire.marquer()
            self._marque = trouve.x is not None
        return trouve

    def au_plus(self, objectif: Entiers) -> int | None:
        """Return a whole number that a sum never exceeds, proved by integer arithmetic.

        ``None`` when no program says how. Rows of means have no whole coefficients: they are left
        out, which leaves the bound true.
        """
        self.resolus += 1
        if not self._lineaire.minimiser(-objectif.astype(np.float64)).fini:
            return None
        e, sans = self.ecrites, self._sans_moyennes
        prix = self._lineaire.prix()
        return self._certitude.au_plus(objectif, prix[:sans], e.bas[:sans], e.haut[:sans])

    @cached_property
    def _sans_moyennes(self) -> int:
        """Return how many rows come before those of means."""
        lignes = int(self.ecrites.matrice.shape[0])
        return lignes - (self.probleme.droites.shape[0] if self.probleme.moyennes else 0)

    @cached_property
    def _certitude(self) -> Certitude:
        e = self.ecrites
        return Certitude(csr_array(e.matrice[: self._sans_moyennes]), e.plafonds)

    def maximiser_en_entiers(self, objectif: Reels, ecart: float = 0.0) -> Optimum:
        """Maximise over whole numbers; with ``ecart`` a good population is enough."""
        self.resolus += 1
        plafonds = self.ecrites.plafonds
        return self._lire(
            minimiser_en_entiers(-objectif, self._dites(), (0.0 * plafonds, plafonds), ecart)
        )

    def _dites(self) -> tuple[csr_array, Reels, Reels]:
        """Return the rows; those that say nothing have no bounds."""
        e = self.ecrites
        return e.matrice, e.bas, e.haut

    def _lire(self, solution: Solution) -> Optimum:
        if not solution.fini:
            return Optimum(fini=False)
        arrondi = np.rint(solution.x)
        if np.abs(arrondi - solution.x).max(initial=0.0) < _PRECISION:
            candidat = arrondi.astype(np.int64).reshape(self.probleme.verite.shape)
            if respecte(self.probleme, self.bas, self.haut, candidat):
                return Optimum(fini=True, valeur=-solution.valeur, x=candidat)
        return Optimum(fini=True, valeur=-solution.valeur, brut=solution.x)

    def lire(self, x: Reels, objectif: Reels) -> Optimum:
        """Return unknowns found elsewhere as a population, if they are one."""
        return self._lire(Solution(fini=True, valeur=float(-objectif @ x), x=x))

    def pousser(self, objectif: Reels) -> Optimum:
        """Maximise over real numbers, staying near the truth among equals: more often whole.

        Answers that nobody gave cost a little. ``valeur`` bounds the sum from above: what they may
        have cost is added.
        """
        cout = self._penchant * _PENCHANT
        if not self._pres:
            # The truth, or what is nearest to it: from there one count is moved in few steps.
            self._lineaire.minimiser(cout)
            self._lineaire.marquer(PRES)
            self._pres = True
        self.resolus += 1
        self._lineaire.revenir(PRES)
        trouve = self._lire(self._lineaire.minimiser(cout - objectif))
        if not trouve.fini:
            return trouve
        return replace(trouve, valeur=trouve.valeur + _PENCHANT)

    def approcher_en_entiers(self, objectif: Reels, but: float) -> Optimum:
        """Reach ``but`` over whole numbers, anyhow."""
        self.resolus += 1
        matrice, bas, haut = self._dites()
        lignes = (
            csr_array(vstack([matrice, csr_array(objectif[None, :])])),
            np.append(bas, but),
            np.append(haut, np.inf),
        )
        couts = self._penchant * self.total
        plafonds = self.ecrites.plafonds
        bornes = (0.0 * plafonds, plafonds)
        return self._lire(minimiser_en_entiers(couts, lignes, bornes, _LARGE))

    def viser(self, lignes: Reels, buts: Reels) -> Optimum:
        """Bring each sum to its goal, or as near as can be, with few answers that nobody gave.

        ``lignes``: sums × unknowns. From what is nearest to the truth a goal is a row that does not
        hold yet: dual simplex needs a few steps, where a new objective needs hundreds.
        """
        self.resolus += 1
        e = self.ecrites
        if not self._vise:
            self._vers.borner_lignes(np.arange(e.bas.size), e.bas, e.haut)
            self._vers.minimiser(self._penchant * self.total)
            self._vers.marquer(PRES)
            self._vise = True
        self._vers.revenir(PRES)
        couts = self._penchant * self.total * self._hasard.random(lignes.shape[1])
        solution = self._vers.avec(csr_array(lignes), buts, couts, _AMENDE)
        if not solution.fini:
            return Optimum(fini=False)
        objectif = lignes.sum(axis=0)
        trouve = self.lire(solution.x[: objectif.size], objectif)
        return trouve if trouve.brut is None else self.arrondir(trouve.brut, objectif)

    @cached_property
    def _vers(self) -> Lineaire:
        e = self.ecrites
        return Lineaire(e.matrice, e.bas, e.haut, e.plafonds, strategie=DUAL)

    def arrondir(self, brut: Reels, objectif: Reels) -> Optimum:
        """Make a cut solution whole: what is cut goes up or down; if not enough, its pieces do."""
        coupees = np.abs(np.rint(brut) - brut) > _PRECISION
        libres = np.flatnonzero(coupees)
        trouve = self._rejouer(brut, libres, np.ceil(brut[libres]), objectif)
        if trouve.x is None:
            r = self.probleme.nb_reponses
            libres = np.flatnonzero(np.repeat(coupees.reshape(-1, r).any(axis=1), r))
            trouve = self._rejouer(brut, libres, np.ceil(brut[libres] - _PRECISION) + 1, objectif)
        return trouve

    def _rejouer(self, brut: Reels, libres: Entiers, plafonds: Reels, objectif: Reels) -> Optimum:
        """Search whole numbers near a solution for some unknowns, the others staying where they are."""
        self.resolus += 1
        matrice, bas, haut = self._dites()
        x = np.rint(brut)
        x[libres] = 0.0
        colonnes = csr_array(self._par_colonne[:, libres])
        touchees = np.flatnonzero(np.diff(colonnes.indptr))
        acquis = (matrice @ x)[touchees]
        lignes = (colonnes[touchees], bas[touchees] - acquis, haut[touchees] - acquis)
        bornes = (np.floor(brut[libres] + _PRECISION), plafonds)
        trouve = minimiser_en_entiers(-objectif[libres], lignes, bornes, _BON, _NOEUDS)
        if not trouve.fini:
            return Optimum(fini=False)
        x[libres] = trouve.x
        return self.lire(x, objectif)

    def extreme(self, objectif: Reels) -> Optimum:
        """Maximise over whole numbers; the whole-number search only if real numbers cut persons."""
        reel = self.maximiser(objectif)
        if reel.x is not None:
            return reel
        return self.maximiser_en_entiers(objectif)


class Reserve:
    """Populations met so far, with the count of each pair (target, class) in each.

    The first is kept for ever (the truth, when it is known); of the others, the latest.
    """

    def __init__(self, probleme: Probleme, ensembles: csr_array, paires: Entiers) -> None:
        """``ensembles``: targets × pieces; ``paires``: pairs (target, class) to follow."""
        self.probleme, self.ensembles, self.paires = probleme, ensembles, paires
        self._x = np.zeros((0, probleme.verite.size), dtype=np.int32)
        self._sommes = np.zeros((0, probleme.bases.size), dtype=np.int32)
        self._comptes = np.zeros((0, len(paires)), dtype=np.int32)
        self._vues: dict[bytes, int] = {}
        self._suivante = 0
        largeur = self._x.shape[1] + self._sommes.shape[1] + self._comptes.shape[1]
        self._au_plus = min(max(NOMBRES // max(1, largeur), RESERVE[0]), RESERVE[1])

    def suivre(self, ensemble: Entiers, classe: int) -> None:
        """Follow one more set of pieces (0/1) in a class, in the populations met so far too."""
        self.paires = np.concatenate([self.paires, [[self.ensembles.shape[0], classe]]])
        self.ensembles = csr_array(vstack([self.ensembles, csr_array(ensemble[None, :])]))
        # A place never used holds -1: what it counts is never read.
        comptes = self._x @ indicatrice(ensemble, self.probleme.classes[classe]).astype(np.int32)
        self._comptes = np.column_stack([self._comptes, comptes])

    def ajouter(self, x: Entiers) -> int | None:
        """Keep a population that can exist; return its place if it is new."""
        if not possible(self.probleme, x):
            return None
        ligne = x.astype(np.int32)
        empreinte = ligne.tobytes()
        if empreinte in self._vues:
            return None
        place = self._place()
        self._x[place] = ligne.ravel()
        self._sommes[place] = self.probleme.sommes(x)
        self._comptes[place] = self.compter(x)
        self._vues[empreinte] = place
        return place

    def _place(self) -> int:
        if self._suivante < len(self._x):
            place = self._suivante
        elif len(self._x) < self._au_plus:
            plus = min(self._au_plus, max(64, 2 * len(self._x))) - len(self._x)
            self._x, self._sommes, self._comptes = (
                np.concatenate([t, np.full((plus, t.shape[1]), -1, dtype=np.int32)])
                for t in (self._x, self._sommes, self._comptes)
            )
            place = self._suivante
        else:
            place = self._suivante = 1
        self._vues.pop(self._x[place].tobytes(), None)
        self._suivante = place + 1
        return place

    def compter(self, x: Entiers) -> Entiers:
        """Return the count of every followed pair in a population."""
        tous = self.ensembles @ (x @ self.probleme.classes.T)
        return np.asarray(tous[self.paires[:, 0], self.paires[:, 1]])

    def accord(self, bas: Entiers, haut: Entiers) -> Entiers:
        """Return the places of the populations that agree with a display."""
        d_accord = ((self._sommes >= bas) & (self._sommes <= haut)).all(axis=1)
        d_accord &= self._x[:, 0] >= 0
        places = np.flatnonzero(d_accord)
        if not self.probleme.moyennes:
            return places
        gardees = [respecte(self.probleme, bas, haut, self.population(p)) for p in places]
        return np.asarray(places[np.array(gardees, dtype=np.bool_)])

    def population(self, place: int | np.integer[Any]) -> Entiers:
        """Return one population (pieces × answers)."""
        return np.asarray(self._x[place].reshape(self.probleme.verite.shape), dtype=np.int64)

    def bornes(self, places: Entiers) -> tuple[Entiers, Entiers]:
        """Return the least and greatest count of each pair among some populations."""
        comptes = self._comptes[places]
        return comptes.min(axis=0).astype(np.int64), comptes.max(axis=0).astype(np.int64)

    def comptes(self, place: int) -> Entiers:
        """Return the count of each pair in one population."""
        return np.asarray(self._comptes[place], dtype=np.int64)


def indicatrice(morceaux: Booleens | Entiers, classe: Entiers) -> Reels:
    """Return the objective that counts a class in a set of pieces."""
    return np.outer(np.asarray(morceaux), classe).ravel().astype(float)
