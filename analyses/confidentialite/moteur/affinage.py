"""Say of a widened count what the other cells say of it already.

« Entre 5 et 605 » beside cells that leave it 98 to 104 hides nothing and serves nobody. An interval
that follows from what is shown excludes no population that agreed with it: an attacker learns
nothing, and the audit is the same. Bands and holes are left as they are: what they can be is what
protects, and a hole must look like any other.
"""

import numpy as np

from .modele import Affichage, Booleens, Entiers, Nature, Probleme, contraintes
from .solveur import PRIMAL, Lineaire

PROGRAMMES = 60
"""Most programs; largest groups first. Counted: the same data always say the same."""
_MARGE = 1e-4


def resserrer(probleme: Probleme, affichage: Affichage, fixes: Booleens) -> None:
    """Narrow the MILIEU cells that are not published yet to what all cells imply."""
    natures = np.array([n is Nature.MILIEU for n in affichage.nature])
    # Of a group of fewer than n_min persons nothing may be told, not even what follows.
    larges = np.flatnonzero(natures & ~fixes & (probleme.bases >= probleme.parametres.n_min))
    if not larges.size:
        return
    _par_somme(probleme, affichage, set(larges.tolist()))
    _par_programmes(probleme, affichage, larges)


def _par_somme(probleme: Probleme, affichage: Affichage, larges: set[int]) -> None:
    """Take each answer as what the others leave of the size of the group."""
    for groupe in np.unique(probleme.cellules[:, 0]):
        rangs = np.flatnonzero(probleme.cellules[:, 0] == groupe)
        couverture = probleme.classes[probleme.cellules[rangs, 1]].sum(axis=0)
        if (couverture != 1).any():
            continue
        n = int(probleme.effectifs[groupe])
        for rang in rangs.tolist():
            if rang in larges:
                autres = rangs[rangs != rang]
                reste_bas = n - int(affichage.haut[autres].sum())
                reste_haut = n - int(affichage.bas[autres].sum())
                affichage.bas[rang] = max(int(affichage.bas[rang]), reste_bas)
                affichage.haut[rang] = min(int(affichage.haut[rang]), reste_haut)


def _par_programmes(probleme: Probleme, affichage: Affichage, larges: Entiers) -> None:
    """All tables together: bounds over real numbers, rounded outwards."""
    ecrites = contraintes(probleme, affichage.bas, affichage.haut)
    programme = Lineaire(
        ecrites.matrice, ecrites.bas, ecrites.haut, ecrites.plafonds, strategie=PRIMAL
    )
    largeurs = affichage.haut - affichage.bas
    utiles = [r for r in larges.tolist() if largeurs[r] > probleme.parametres.w]
    for rang in sorted(utiles, key=lambda r: -int(largeurs[r]))[: PROGRAMMES // 2]:
        somme = probleme.matrice[[rang]].toarray()[0]
        dessous, dessus = programme.minimiser(somme), programme.minimiser(-somme)
        if dessous.fini and dessus.fini:
            bas = int(np.ceil(dessous.valeur - _MARGE))
            haut = int(np.floor(-dessus.valeur + _MARGE))
            affichage.bas[rang] = max(int(affichage.bas[rang]), bas)
            affichage.haut[rang] = min(int(affichage.haut[rang]), haut)
