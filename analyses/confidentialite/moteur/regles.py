"""Auditor: rules A1 to A6 of §4.4. What is too well known about a set of persons.

Every rule is monotone: an interval that contains a safe interval is safe. Hence two populations
in agreement with what is shown, far enough apart, prove a target safe; no optimum is needed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from .modele import Booleens, Entiers, Reels
from .parametres import Parametres


@dataclass(frozen=True, slots=True)
class Mesure:
    """What an attacker knows of counts, element by element; arrays of one shape."""

    n: Entiers
    """Persons of the set."""
    bas: Entiers
    haut: Entiers
    vrai_min: Entiers
    """The true count; the least it can be when answers were erased."""
    vrai_max: Entiers
    parametres: Parametres


def _a1(e: Mesure) -> Booleens:
    """Find, among fewer than ``n_min`` persons, anything certain, or certain but for insiders."""
    certain = (e.bas == e.haut) | (e.bas == e.n) | (e.haut == 0)
    presque = (e.n - e.bas <= e.parametres.c) & (e.bas >= 1)
    return np.asarray((e.n < e.parametres.n_min) & (certain | presque))


def _a2(e: Mesure) -> Booleens:
    """Find a small count, or its complement, known exactly (so « nobody », « everybody » too)."""
    m = e.parametres.m
    connu = (e.n >= e.parametres.n_min) & (e.bas == e.haut)
    return np.asarray(connu & ((e.bas < m) | (e.n - e.bas < m)))


def _a3(e: Mesure) -> Booleens:
    """Find a small group that is known to exist, on either side."""
    m = e.parametres.m
    return ((e.bas >= 1) & (e.haut < m)) | ((e.n - e.haut >= 1) & (e.n - e.bas < m))


def _a4(e: Mesure) -> Booleens:
    """Find too little room around a small count (a set smaller than the room needs all of it)."""
    m = e.parametres.m
    petit = (e.vrai_min < m) | (e.n - e.vrai_max < m)
    return petit & (e.haut - e.bas < np.minimum(e.parametres.w, e.n))


def _a5(e: Mesure) -> Booleens:
    """Find where insiders who pool learn that all others agree."""
    c = e.parametres.c
    return ((e.n - e.bas <= c) & (e.bas >= 1)) | ((e.haut <= c) & (e.haut < e.n))


REGLES: Final[dict[str, Callable[[Mesure], Booleens]]] = {
    "A1": _a1,
    "A2": _a2,
    "A3": _a3,
    "A4": _a4,
    "A5": _a5,
}
POINT: Final = 1.0
"""A6: a mean of a small set known within one point of scale."""


def enfreint(mesure: Mesure) -> Booleens:
    """Return where at least one rule on counts is broken."""
    resultat = np.zeros(np.broadcast(mesure.n, mesure.bas).shape, dtype=np.bool_)
    for regle in REGLES.values():
        resultat |= regle(mesure)
    return resultat


def nommer(mesure: Mesure) -> str:
    """Return the first rule that one count breaks, or nothing."""
    for nom, regle in REGLES.items():
        if np.asarray(regle(mesure)).all():
            return nom
    return ""


def moyenne_trop_connue(bas: Reels, haut: Reels) -> Booleens:
    """A6: return where a small set's mean is known within one point of scale."""
    return np.asarray(haut - bas <= POINT)
