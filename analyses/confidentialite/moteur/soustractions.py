"""Auditor: what a reader finds by adding and taking away counts that are told, whatever the groups.

§4.4 attacks small sets by any combination of groups; a set of ``n_min`` persons or more may be told
so too, and hold few who answered so: « everybody, less this place, less that structure of another
place, less who was there last year ». These sets are too many to list: one program a class looks for
one among the counts that are shown now, exactly or nearly.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from .modele import Booleens, Entiers, Probleme, Reels
from .parametres import Parametres
from .solveur import minimiser_en_entiers


@dataclass(frozen=True, slots=True)
class Dites:
    """The counts of one class that are told with less than ``w`` of room."""

    groupes: Entiers
    """Counts × pieces, 0/1."""
    largeurs: Entiers
    neuves: Booleens
    """Not told before as it is now."""

    @property
    def comptees(self) -> Booleens:
        """Return the counts whose use adds up, whichever way: two unknowns each, the others one."""
        return (self.largeurs > 0) | (self.neuves & (not self.neuves.all()))


def soustraire(probleme: Probleme, bas: Entiers, haut: Entiers) -> Iterator[tuple[Entiers, int]]:
    """Iterate over sets of pieces (0/1) and classes that sums of told counts give too well.

    At most two a class: few persons who answered so, few who did not. A set is told when the rooms
    of the counts that give it add up to less than ``w``. What was told before, as it is now, is not
    judged anew: one count at least must be new.
    """
    for classe in np.unique(probleme.cellules[:, 1]).tolist():
        dites = _dites(probleme, bas, haut, classe)
        if not dites.neuves.any():
            continue
        n = probleme.tailles
        oui = probleme.verite @ probleme.classes[classe]
        for peu in (oui, n - oui - probleme.erases):
            trouve = _chercher(probleme.parametres, dites, n, peu)
            if trouve is not None:
                yield trouve, classe


def _dites(probleme: Probleme, bas: Entiers, haut: Entiers, classe: int) -> Dites:
    ici = (probleme.cellules[:, 1] == classe) & (haut - bas < probleme.parametres.w)
    rangs = np.flatnonzero(ici)
    groupes = probleme.groupes[probleme.cellules[rangs, 0]].toarray().astype(np.int64)
    anciennes = probleme.anciennes
    return Dites(
        groupes,
        haut[rangs] - bas[rangs],
        np.ones(rangs.size, np.bool_) if anciennes is None else ~anciennes[rangs],
    )


def _chercher(p: Parametres, dites: Dites, n: Entiers, peu: Entiers) -> Entiers | None:
    """Return ``n_min`` persons or more, as pieces, among whom ``peu`` adds up to less than ``m``.

    ``n``, ``peu``: of each piece. One unknown a count; two, each way, where its use matters.
    """
    double = dites.comptees
    seul, combien = ~double, int(double.sum())

    def signees(lignes: Entiers) -> Reels:
        return np.hstack([lignes[..., seul], lignes[..., double], -lignes[..., double]])

    def utilisees(poids: Entiers | Booleens) -> Reels:
        return np.concatenate([0 * poids[seul], poids[double], poids[double]])

    morceaux, possibles = _morceaux(dites.groupes, peu, p.m)
    une_facon = np.hstack([np.zeros((combien, int(seul.sum()))), *2 * [np.eye(combien)]])
    lignes = np.vstack(
        [
            signees(morceaux),
            une_facon,
            signees(dites.groupes @ n),
            signees(dites.groupes @ peu),
            utilisees(dites.largeurs),
            utilisees(dites.neuves),
        ]
    ).astype(np.float64)
    rien = np.zeros(len(morceaux) + combien)
    une_neuve = 0.0 if dites.neuves.all() else 1.0
    dessous = np.concatenate([rien, [p.n_min, -np.inf, 0.0, une_neuve]])
    dessus = np.concatenate([possibles, rien[:combien] + 1, [np.inf, p.m - 1, p.w - 1, np.inf]])
    bornes = (
        np.concatenate([-np.ones(int(seul.sum())), np.zeros(2 * combien)]),
        np.ones(lignes.shape[1]),
    )
    trouve = minimiser_en_entiers(0 * bornes[1], (csr_array(lignes), dessous, dessus), bornes)
    if not trouve.fini:
        return None
    ensemble = np.rint(signees(dites.groupes.T) @ np.rint(trouve.x)).astype(np.int64)
    return ensemble if ((ensemble == 0) | (ensemble == 1)).all() else None


def _morceaux(groupes: Entiers, peu: Entiers, m: int) -> tuple[Entiers, Booleens]:
    """Return the pieces that told counts make (pieces × counts), and which may be in a set so small.

    One where ``peu`` is ``m`` or more is in no such set: told so, the program has little to search.
    """
    colonnes, ou = np.unique(groupes, axis=1, return_inverse=True)
    combien = np.bincount(ou.reshape(-1), weights=peu)
    return colonnes.T, np.asarray((combien < m) | (peu < 0).any())
