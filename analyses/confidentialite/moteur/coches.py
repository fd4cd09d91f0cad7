"""Several answers to one question, read together (ADR 0150).

Everybody is in one *part*: silent, refusing, saying what goes with no other, or having ticked
something. So the cells of one question tell of each other: who ticked an answer ticked something, and
who ticked something ticked one answer at least. An unknown of a problem is then a part, or an answer
*among* a part. Of given counts these rules ask no more: with ``y`` persons, any counts between 0 and
``y`` that add up to ``y`` or more can be ticked so that nobody is left without any.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from .modele import Booleens, Entiers


@dataclass(frozen=True, slots=True)
class Coche:
    """One part of the persons, and what may be ticked in it."""

    part: int
    """Rank of the unknown that counts them, once each."""
    parmi: tuple[int, ...]
    """Ranks of the unknowns that count who ticked each answer."""
    au_moins_une: bool = True
    """Whether each of them ticked one."""


def parts(coches: Sequence[Coche], nombre: int) -> "Booleens":
    """Return which of ``nombre`` unknowns of a piece add up to its size."""
    dedans = np.ones(nombre, dtype=np.bool_)
    for coche in coches:
        dedans[list(coche.parmi)] = False
    return dedans


def relations(coches: Sequence[Coche], nombre: int) -> "Entiers":
    """Return what is true in any set of persons, as rows over ``nombre`` unknowns: each is ≥ 0."""
    lignes = []
    for coche in coches:
        for rang in coche.parmi:
            ligne = np.zeros(nombre, dtype=np.int64)
            ligne[coche.part], ligne[rang] = 1, -1
            lignes.append(ligne)
        if coche.au_moins_une:
            ligne = np.zeros(nombre, dtype=np.int64)
            ligne[list(coche.parmi)], ligne[coche.part] = 1, -1
            lignes.append(ligne)
    return np.array(lignes, dtype=np.int64).reshape(-1, nombre)


def par_morceau(lignes: "Entiers", nb_morceaux: int) -> csr_array:
    """Return rows over the unknowns of one piece, written for every piece (piece-major)."""
    rangees, colonnes = np.nonzero(lignes)
    sauts = np.arange(nb_morceaux)[:, None]
    i = (rangees + sauts * lignes.shape[0]).ravel()
    j = (colonnes + sauts * lignes.shape[1]).ravel()
    valeurs = np.tile(lignes[rangees, colonnes].astype(np.float64), nb_morceaux)
    forme = (lignes.shape[0] * nb_morceaux, lignes.shape[1] * nb_morceaux)
    return csr_array((valeurs, (i, j)), shape=forme)
