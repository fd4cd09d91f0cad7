"""Three waves or more, people present at all of them: Cochran, Friedman, Kendall."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import chi2, rankdata

from .frequences import PLUS_PETITE, TROP_PETITE, queue_par_frequences
from .permutations import queue_des_carres
from .refus import CalculImpossible
from .unites import Entiers, Nombre, nombres_finis, sans_bruit

VAGUES_MIN: Final = 2
PEU_DE_PERSONNES: Final = 30
"""Up to that many people who changed, adding them one by one is quicker."""


@dataclass(frozen=True, slots=True)
class Cochran:
    """Whether the share of « oui » changes from wave to wave."""

    q: float
    ddl: int
    p_chi2: float
    p_exact: float | None
    """``None`` if there are too many people and waves for the exact law, or many people and a
    probability below one in a hundred million."""
    trop_petite: bool = False
    """Whether it is ``None`` because it is too small, and not because it is too long."""


@dataclass(frozen=True, slots=True)
class Friedman:
    """Whether answers rise or fall from wave to wave."""

    chi2: float
    ddl: int
    p_chi2: float
    p_exact: float | None
    """``None`` if there are too many people and waves for the exact law."""
    kendall_w: float
    """Agreement of people on the order of the waves, from 0 to 1."""


def cochran(lignes: Sequence[Sequence[int]]) -> Cochran:
    """Return Cochran's Q for n people (rows) of k waves, 1 for « oui » and 0 for « non ».

    Cochran 1950 (Biometrika 37:256-266). The exact p-value shuffles the answers of each person;
    with two waves it is McNemar's exact test.
    Errors: ``CalculImpossible`` on an empty or uneven table, fewer than two waves, an answer
    other than 0 or 1, or nobody whose answers change (Q is then 0/0).
    """
    k = _vagues(lignes)
    if any(reponse not in (0, 1) for ligne in lignes for reponse in ligne):
        raise CalculImpossible("Les réponses doivent être 0 (non) ou 1 (oui).")
    # Those who always answer alike add as much to every wave.
    table = np.array([ligne for ligne in lignes if 0 < sum(ligne) < k], dtype=np.int64)
    if not len(table):
        raise CalculImpossible("Personne n’a changé de réponse d’une vague à l’autre.")
    oui, vagues = table.sum(axis=1), table.sum(axis=0)
    carres = int((vagues**2).sum())
    q = (k - 1) * (k * carres - int(oui.sum()) ** 2) / int((oui * (k - oui)).sum())
    p_chi2 = float(chi2.sf(q, k - 1))
    p = _cochran_exact(table, carres, p_chi2)
    petite = p == TROP_PETITE
    return Cochran(q, k - 1, p_chi2, None if petite else p, petite)


def _cochran_exact(table: Entiers, carres: int, p_chi2: float) -> float | None:
    """Return the exact p-value by the quickest way; person by person keeps the smallest right."""
    n, k = table.shape
    p = None
    if n > PEU_DE_PERSONNES:
        par_nombre = np.bincount(table.sum(axis=1), minlength=k + 1).tolist()
        petite = p_chi2 <= PLUS_PETITE / 100
        p = TROP_PETITE if petite else queue_par_frequences(par_nombre, carres)
    if p is not None and p != TROP_PETITE:
        return p
    un_par_un = queue_des_carres(table, carres)
    return p if un_par_un is None else un_par_un


def friedman(lignes: Sequence[Sequence[Nombre]], *, exact: bool = True) -> Friedman:
    """Return Friedman's test for n people (rows) of k waves, corrected for ties, and Kendall's W.

    Friedman 1937 (JASA 32:675-701); ties and W as in Conover, Practical Nonparametric Statistics
    (1999), §5.8. W = chi2 / (n (k - 1)). ``exact``: compute the exact p-value if it is feasible.
    Errors: ``CalculImpossible`` on an empty or uneven table, fewer than two waves, a value that is
    not finite, or nobody whose answers change (chi2 is then 0/0).
    """
    n, k = len(lignes), _vagues(lignes)
    valeurs = nombres_finis([valeur for ligne in lignes for valeur in ligne])
    table = sans_bruit(valeurs).reshape(n, k)
    doubles = np.rint(2 * rankdata(table, axis=1)).astype(np.int64)
    dispersion = int(((doubles - (k + 1)) ** 2).sum())
    if not dispersion:
        raise CalculImpossible("Personne n’a changé de réponse d’une vague à l’autre.")
    sommes = doubles.sum(axis=0)
    statistique = (k - 1) * int(((sommes - n * (k + 1)) ** 2).sum()) / dispersion
    changeants = doubles[(doubles != k + 1).any(axis=1)]
    carres = int((changeants.sum(axis=0) ** 2).sum())
    return Friedman(
        chi2=statistique,
        ddl=k - 1,
        p_chi2=float(chi2.sf(statistique, k - 1)),
        p_exact=queue_des_carres(changeants, carres) if exact else None,
        kendall_w=statistique / (n * (k - 1)),
    )


def _vagues(lignes: Sequence[Sequence[Nombre]]) -> int:
    k = len(lignes[0]) if lignes else 0
    if k < VAGUES_MIN or any(len(ligne) != k for ligne in lignes):
        raise CalculImpossible(
            "Il faut au moins une personne et deux vagues, et autant de réponses par personne."
        )
    return k
