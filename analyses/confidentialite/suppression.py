"""Which cells are hidden, and which others with them so that none can be given back by the totals.

Primary: a count under the threshold, or whose complement in its group is. Secondary: for each
hidden cell that an attacker could narrow too much, the cheapest set of other cells that leaves it
room (one linear program), again and again until nothing leaks; then what was hidden for nothing is
shown again. What cannot be protected is hidden whole.
"""

from collections.abc import Sequence
from math import log
from typing import Any

from .comptage import Grille
from .regles import Seuils

TOURS = 12
Cellule = tuple[int, int]


def primaires(grille: Grille, seuils: Seuils) -> set[Cellule]:
    """Return the cells that may not be shown for themselves."""
    tailles = grille.tailles
    return {
        (i, j)
        for i, j in grille.cellules()
        if grille.valeurs[i][j] < seuils.n_min
        or tailles[i] - grille.valeurs[i][j] < seuils.m
        or (grille.par_colonne and grille.totaux[j] - grille.valeurs[i][j] < seuils.m)
    }


def supprimer(grille: Grille, seuils: Seuils) -> set[Cellule]:
    """Return all cells to hide; every cell when nothing less is safe."""
    if not seuils.protege:
        return set()
    premieres = primaires(grille, seuils)
    if not premieres:
        return set()
    programme = _Programme(grille)
    caches = set(premieres)
    for _ in range(TOURS):
        fuites = [cellule for cellule in sorted(caches) if programme.fuit(cellule, caches, seuils)]
        if not fuites:
            return _remontrer(programme, premieres, caches, seuils)
        for cellule in fuites:
            if programme.fuit(cellule, caches, seuils):
                ajout = programme.elargir(cellule, caches, seuils)
                if ajout is None:
                    return set(grille.cellules())
                caches |= ajout
    return set(grille.cellules())


def _remontrer(
    programme: "_Programme", premieres: set[Cellule], caches: set[Cellule], seuils: Seuils
) -> set[Cellule]:
    """Show again, largest first, each secondary cell without which nothing leaks."""
    valeurs = programme.grille.valeurs
    secondaires = sorted(caches - premieres, key=lambda c: (-valeurs[c[0]][c[1]], c))
    for cellule in secondaires:
        essai = caches - {cellule}
        # Cells of the same row or column leak first: looked at first, they spare the others.
        voisines = sorted(essai, key=lambda c: (c[0] != cellule[0] and c[1] != cellule[1], c))
        if not any(programme.fuit(autre, essai, seuils) for autre in voisines):
            caches = essai
    return caches


class _Programme:
    """The linear programs over one grid; its constraints are written once."""

    def __init__(self, grille: Grille) -> None:
        from scipy.sparse import csr_array

        self.grille = grille
        self.colonnes = len(grille.totaux)
        self.valeurs = [valeur for ligne in grille.valeurs for valeur in ligne]
        lignes, droites = self._contraintes()
        donnees = [(r, k, v) for r, ligne in enumerate(lignes) for k, v in ligne.items()]
        r, k, v = zip(*donnees, strict=True)
        self.matrice = csr_array((v, (r, k)), shape=(len(lignes), len(self.valeurs)))
        self.droites = droites

    def _rang(self, i: int, j: int) -> int:
        return i * self.colonnes + j

    def _contraintes(self) -> tuple[list[dict[int, int]], list[int]]:
        """Return the sums that everyone knows: rows, columns, and children against parents."""
        grille, lignes, droites = self.grille, [], []
        for i, taille in enumerate(grille.tailles):
            lignes.append({self._rang(i, j): 1 for j in range(self.colonnes)})
            droites.append(taille)
        hauts = [i for i, parent in enumerate(grille.parents) if parent is None]
        for j, total in enumerate(grille.totaux):
            lignes.append({self._rang(i, j): 1 for i in hauts})
            droites.append(total)
        for parent in {p for p in grille.parents if p is not None}:
            enfants = [i for i, p in enumerate(grille.parents) if p == parent]
            for j in range(self.colonnes):
                lignes.append({self._rang(i, j): 1 for i in enfants} | {self._rang(parent, j): -1})
                droites.append(0)
        return lignes, droites

    def _resoudre(
        self, couts: Sequence[float], bornes: Sequence[tuple[float, float | None]]
    ) -> Any:
        from scipy.optimize import linprog

        return linprog(couts, A_eq=self.matrice, b_eq=self.droites, bounds=bornes, method="highs")

    def bornes(self, cellule: Cellule, caches: set[Cellule]) -> tuple[int, int]:
        """Return the least and the greatest count that a hidden cell may have, to who sees the rest."""
        fixes = [
            (0, None) if divmod(k, self.colonnes) in caches else (valeur, valeur)
            for k, valeur in enumerate(self.valeurs)
        ]
        cible, extremes = self._rang(*cellule), []
        for signe in (1, -1):
            couts = [0.0] * len(self.valeurs)
            couts[cible] = signe
            solution = self._resoudre(couts, fixes)
            if solution.status != 0:
                return 0, 0
            extremes.append(round(solution.x[cible]))
        return extremes[0], extremes[1]

    def fuit(self, cellule: Cellule, caches: set[Cellule], seuils: Seuils) -> bool:
        """Return whether what is left around a hidden cell is too narrow (§4.4, A1 to A5)."""
        bas, haut = self.bornes(cellule, caches)
        if bas == haut:
            return True
        i, j = cellule
        vrai = self.valeurs[self._rang(i, j)]
        bases = [self.grille.tailles[i]] + (
            [self.grille.totaux[j]] if self.grille.par_colonne else []
        )
        return (vrai < seuils.n_min and haut - bas < seuils.w) or any(
            trop_etroit(bas, haut, vrai, base, seuils) for base in bases
        )

    def elargir(
        self, cellule: Cellule, caches: set[Cellule], seuils: Seuils
    ) -> set[Cellule] | None:
        """Return the cheapest cells to hide so that this one may be higher, and lower; or nothing.

        Every count moves by ``plus - moins``; sums stay; a shown cell that moves costs.
        """
        vrai, cible = self.valeurs[self._rang(*cellule)], self._rang(*cellule)
        haut = max(vrai + seuils.w, seuils.m + 1)
        bas = max(0, min(vrai - seuils.w, self.grille.tailles[cellule[0]] - seuils.m - 1))
        ajout: set[Cellule] = set()
        trouve = False
        for but in (haut, bas):
            bouge = self._deviation(cible, but, caches | ajout)
            if bouge is not None:
                trouve = True
                ajout |= {divmod(k, self.colonnes) for k in bouge}
        ajout -= caches
        return ajout if trouve and ajout else None

    def _deviation(self, cible: int, but: int, caches: set[Cellule]) -> list[int] | None:
        from scipy.optimize import linprog
        from scipy.sparse import hstack

        nombre = len(self.valeurs)
        couts = [
            0.01 if divmod(k, self.colonnes) in caches else 1 + log(1 + valeur)
            for k, valeur in enumerate(self.valeurs)
        ]
        bornes: list[tuple[float, float | None]] = [(0, None)] * nombre + [
            (0, valeur) for valeur in self.valeurs
        ]
        ecart = but - self.valeurs[cible]
        bornes[cible] = (max(ecart, 0),) * 2
        bornes[nombre + cible] = (max(-ecart, 0),) * 2
        solution = linprog(
            couts * 2,
            A_eq=hstack([self.matrice, -self.matrice]),
            b_eq=[0] * len(self.droites),
            bounds=bornes,
            method="highs",
        )
        if solution.status != 0:
            return None
        x = solution.x
        return [k for k in range(nombre) if abs(x[k] - x[nombre + k]) > 1e-6]  # noqa: PLR2004  (solver's rounding)


def trop_etroit(bas: int, haut: int, vrai: int, base: int, seuils: Seuils) -> bool:
    """Return whether knowing ``bas ≤ vrai ≤ haut`` in a group of ``base`` exposes somebody."""
    a3 = (bas >= 1 and haut < seuils.m) or (base - haut >= 1 and base - bas < seuils.m)
    a4 = (vrai < seuils.m or base - vrai < seuils.m) and haut - bas < seuils.w
    a5 = (bas >= 1 and base - bas <= seuils.c) or (haut <= seuils.c and haut < base)
    return a3 or a4 or a5


__all__ = ["primaires", "supprimer", "trop_etroit"]
