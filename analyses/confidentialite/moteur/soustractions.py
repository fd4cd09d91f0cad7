"""Auditor: what a reader finds by adding and taking away counts that are told, whatever the groups.

§4.4 attacks small sets by any combination of groups; a set of ``n_min`` persons or more may be told
so too, and hold few who answered so: « everybody, less this place, less that structure of another
place, less who was there last year ». These sets are too many to list: one program a class looks for
one among the counts that are shown now, exactly or nearly.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from .modele import Booleens, Entiers, Probleme, Reels
from .solveur import minimiser_en_entiers


@dataclass(frozen=True, slots=True)
class Dites:
    """The counts of one class that are told with less than ``w`` of room."""

    classe: int
    groupes: Entiers
    """Counts × pieces, 0/1."""
    comptes: Entiers
    """What is known of each count: the least when answers were erased."""
    effaces: Entiers
    """How much more each can be."""
    largeurs: Entiers
    neuves: Booleens
    """Not told before as it is now."""


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
        n = dites.groupes @ probleme.tailles
        for peu in (dites.comptes, n - dites.comptes - dites.effaces):
            trouve = _chercher(probleme, dites, n, peu)
            if trouve is not None:
                yield trouve, classe


def _dites(probleme: Probleme, bas: Entiers, haut: Entiers, classe: int) -> Dites:
    ici = (probleme.cellules[:, 1] == classe) & (haut - bas < probleme.parametres.w)
    rangs = np.flatnonzero(ici)
    groupes = probleme.groupes[probleme.cellules[rangs, 0]].toarray().astype(np.int64)
    anciennes = probleme.anciennes
    return Dites(
        classe,
        groupes,
        groupes @ (probleme.verite @ probleme.classes[classe]),
        groupes @ probleme.erases,
        haut[rangs] - bas[rangs],
        np.ones(rangs.size, np.bool_) if anciennes is None else ~anciennes[rangs],
    )


def _chercher(probleme: Probleme, dites: Dites, n: Entiers, peu: Entiers) -> Entiers | None:
    """Return ``n_min`` persons or more, as pieces, among whom ``peu`` adds up to less than ``m``."""
    p = probleme.parametres
    nombre = n.size
    colonnes = np.unique(dites.groupes, axis=1).T.astype(np.float64)
    lignes = csr_array(
        vstack(
            [
                hstack([csr_array(colonnes), csr_array(-colonnes)]),
                csr_array(_en_ligne(n, -n)),
                csr_array(_en_ligne(peu, -peu)),
                csr_array(_en_ligne(dites.largeurs, dites.largeurs)),
                csr_array(_en_ligne(dites.neuves, dites.neuves)),
            ]
        )
    )
    dessous = np.concatenate([np.zeros(len(colonnes)), [p.n_min, -np.inf, -np.inf, 1.0]])
    dessus = np.concatenate([np.ones(len(colonnes)), [np.inf, p.m - 1, p.w - 1, np.inf]])
    bornes = (np.zeros(2 * nombre), np.ones(2 * nombre))
    trouve = minimiser_en_entiers(np.zeros(2 * nombre), (lignes, dessous, dessus), bornes)
    if not trouve.fini:
        return None
    signes = np.rint(trouve.x).astype(np.int64)
    ensemble: Entiers = (signes[:nombre] - signes[nombre:]) @ dites.groupes
    return ensemble if ((ensemble == 0) | (ensemble == 1)).all() else None


def _en_ligne(plus: Entiers | Booleens, moins: Entiers | Booleens) -> Reels:
    return np.concatenate([plus, moins]).astype(np.float64)[None, :]
