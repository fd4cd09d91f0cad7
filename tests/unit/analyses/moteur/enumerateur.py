"""Brute force: every population that agrees with what is shown. It knows no solver and no rule.

Written apart from the engine on purpose: sets of persons are plain Python sets, counts are sums.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np


def repartitions(taille: int, reponses: int, *, multiple: bool) -> list[tuple[int, ...]]:
    """Return all ways to answer of ``taille`` persons, as counts of each answer."""
    toutes = product(range(taille + 1), repeat=reponses)
    return [r for r in toutes if multiple or sum(r) == taille]


def populations(probleme, bas, haut) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Iterate over every population in agreement with the cells."""
    morceaux = [
        repartitions(int(t), probleme.nb_reponses, multiple=probleme.multiple)
        for t in probleme.tailles
    ]
    membres = [set(ligne.nonzero()[0].tolist()) for ligne in probleme.groupes.toarray()]
    classes = [set(ligne.nonzero()[0].tolist()) for ligne in probleme.classes]
    for choix in product(*morceaux):
        for (groupe, classe), lo, hi in zip(probleme.cellules.tolist(), bas, haut, strict=True):
            compte = sum(choix[p][r] for p in membres[groupe] for r in classes[classe])
            if not lo <= compte <= hi:
                break
        else:
            yield choix


def combien(probleme) -> int:
    """Return how many populations there are to try."""
    return int(
        np.prod(
            [
                len(repartitions(int(t), probleme.nb_reponses, multiple=probleme.multiple))
                for t in probleme.tailles
            ]
        )
    )


def intervalles(
    probleme, bas, haut, ensembles
) -> dict[tuple[frozenset[int], int], tuple[int, int]]:
    """Return the least and greatest count of every class in every set of pieces."""
    classes = [set(ligne.nonzero()[0].tolist()) for ligne in probleme.classes]
    trouves: dict[tuple[frozenset[int], int], tuple[int, int]] = {}
    for choix in populations(probleme, bas, haut):
        for ensemble in ensembles:
            for k, classe in enumerate(classes):
                compte = sum(choix[p][r] for p in ensemble for r in classe)
                lo, hi = trouves.get((ensemble, k), (compte, compte))
                trouves[ensemble, k] = (min(lo, compte), max(hi, compte))
    return trouves


def ensembles_a_attaquer(probleme) -> set[frozenset[int]]:
    """Return groups, pieces, differences and intersections of two groups, as sets of pieces."""
    groupes = [frozenset(ligne.nonzero()[0].tolist()) for ligne in probleme.groupes.toarray()]
    tous = set(groupes) | {frozenset({p}) for p in range(probleme.nb_morceaux)}
    for a in groupes:
        for b in groupes:
            tous |= {a & b, a - b}
    return {ensemble for ensemble in tous if ensemble}


def regle_enfreinte(n: int, bas: int, haut: int, vrai: int, p) -> bool:
    """Read §4.4 again, in plain words and one number at a time: A1 to A5."""
    autres_min, autres_max = n - haut, n - bas
    if n < p.n_min:
        if bas in (haut, n) or haut == 0:
            return True
        if bas >= 1 and autres_max <= p.c:
            return True
    elif bas == haut and (bas < p.m or autres_max < p.m):
        return True
    if (bas >= 1 and haut < p.m) or (autres_min >= 1 and autres_max < p.m):
        return True
    if (vrai < p.m or n - vrai < p.m) and haut - bas < min(p.w, n):
        return True
    return (bas >= 1 and autres_max <= p.c) or (haut <= p.c and haut < n)
