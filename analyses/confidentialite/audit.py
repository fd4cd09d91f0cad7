"""An attacker who does not know how the tables were made, only what they show.

Given every table published about one question in one relevé, it writes all sums that hold, and
asks a solver, with whole numbers, how far each unknown can go. It shares nothing with
``suppression`` but the thresholds. Used by tests on every result, and before a table leaves.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .comptage import TOTAL
from .regles import Seuils
from .tableau import TableauProtege

Inconnue = tuple[str, str, str]
"""Dimension, group and answer; ``("", TOTAL, a)`` is the answer among everybody."""


@dataclass(frozen=True, slots=True)
class Fuite:
    """A count that can be known too well."""

    inconnue: Inconnue
    bas: int
    haut: int
    regle: str


def attaquer(
    tableaux: list[TableauProtege], vrais: Mapping[Inconnue, int], seuils: Seuils
) -> list[Fuite]:
    """Return what leaks from the tables taken together.

    ``vrais``: the true counts, by which a leak is judged (never used by the attack itself).
    """
    programme = _Connaissance(tableaux)
    fuites = []
    for inconnue in programme.inconnues:
        if inconnue not in vrais:
            continue
        bas, haut = programme.bornes(inconnue)
        regle = _regle(bas, haut, vrais[inconnue], programme.base(inconnue), seuils)
        if regle:
            fuites.append(Fuite(inconnue, bas, haut, regle))
    return fuites


def _regle(bas: int, haut: int, vrai: int, base: int, seuils: Seuils) -> str:
    """Name the rule that an interval breaks, or nothing."""
    complement = base - vrai
    if bas == haut and (vrai < seuils.n_min or complement < seuils.m):
        return "A2: known exactly"
    if bas >= 1 and haut < seuils.m:
        return "A3: a small group is known to exist"
    if base - haut >= 1 and base - bas < seuils.m:
        return "A3: a small group is known to be missing"
    if min(vrai, complement) < seuils.m and haut - bas < seuils.w:
        return "A4: too narrow"
    if (bas >= 1 and base - bas <= seuils.c) or (haut <= seuils.c and haut < base):
        return "A5: insiders learn the rest"
    return ""


class _Connaissance:
    """All that the tables say, as a linear program over whole numbers."""

    def __init__(self, tableaux: list[TableauProtege]) -> None:
        self.inconnues: list[Inconnue] = []
        self.rangs: dict[Inconnue, int] = {}
        self.limites: list[tuple[int, int]] = []
        self.tailles: dict[tuple[str, str], int] = {}
        self.sommes: list[tuple[dict[int, int], int]] = []
        for tableau in tableaux:
            self._lire(tableau)

    def _rang(self, inconnue: Inconnue, bas: int, haut: int) -> int:
        if inconnue not in self.rangs:
            self.rangs[inconnue] = len(self.inconnues)
            self.inconnues.append(inconnue)
            self.limites.append((bas, haut))
        rang = self.rangs[inconnue]
        avant = self.limites[rang]
        self.limites[rang] = (max(avant[0], bas), min(avant[1], haut))
        return rang

    def _lire(self, tableau: TableauProtege) -> None:
        rangs: dict[tuple[str, str], int] = {}
        for ligne in tableau.lignes:
            dimension = "" if ligne.code == TOTAL else tableau.groupes_nom
            self.tailles[dimension, ligne.code] = ligne.taille
            for colonne, cellule in zip(tableau.colonnes, ligne.cellules, strict=True):
                inconnue = (dimension, ligne.code, colonne.code)
                rangs[ligne.code, colonne.code] = self._rang(inconnue, cellule.bas, cellule.haut)
            if not tableau.multiple:
                en_ligne = {rangs[ligne.code, c.code]: 1 for c in tableau.colonnes}
                self.sommes.append((en_ligne, ligne.taille))
        for parent in {ligne.parent for ligne in tableau.lignes if ligne.parent}:
            enfants = [ligne.code for ligne in tableau.lignes if ligne.parent == parent]
            for colonne in tableau.colonnes:
                somme = {rangs[enfant, colonne.code]: 1 for enfant in enfants}
                self.sommes.append((somme | {rangs[parent, colonne.code]: -1}, 0))

    def base(self, inconnue: Inconnue) -> int:
        """Return the size of the group of an unknown."""
        return self.tailles[inconnue[0], inconnue[1]]

    def bornes(self, inconnue: Inconnue) -> tuple[int, int]:
        """Return the least and greatest whole number that an unknown can be."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        nombre = len(self.inconnues)
        donnees = [(r, k, v) for r, (s, _) in enumerate(self.sommes) for k, v in s.items()]
        contraintes = []
        if donnees:
            r, k, v = zip(*donnees, strict=True)
            matrice = csr_array((v, (r, k)), shape=(len(self.sommes), nombre))
            droites = [droite for _, droite in self.sommes]
            contraintes = [LinearConstraint(matrice, droites, droites)]
        extremes = []
        for signe in (1, -1):
            couts = np.zeros(nombre)
            couts[self.rangs[inconnue]] = signe
            solution = milp(
                couts,
                constraints=contraintes,
                integrality=np.ones(nombre),
                bounds=Bounds([b for b, _ in self.limites], [h for _, h in self.limites]),
            )
            if solution.status != 0:
                raise RuntimeError(f"The audit could not be finished: {solution.message}")
            extremes.append(round(solution.x[self.rangs[inconnue]]))
        return extremes[0], extremes[1]
