"""Protector: one small group shown alone, so that who runs this very program learns no more than its display.

Readers know the rules (§3). Of one small group they can list every truth and run the program on each:
those that give what is shown are what they are left with, often less than the intervals say. Here a
display is kept when *these* truths are wide enough, whichever of them holds (ADR 0171).
"""

from itertools import product
from math import comb
from typing import Final

import numpy as np

from .affinage import resserrer
from .modele import Affichage, Booleens, Entiers, Probleme, nature_de
from .parametres import PETIT_GROUPE, Parametres
from .presentation import Consigne

AU_PLUS: Final = 10_000
"""Truths listed at most: 29 persons and four answers, eleven and seven."""
MASQUE, MILIEU, HAUT, BAS = -4, -3, -2, -1
"""What a cell says in place of its count."""


def montrer_seul(probleme: Probleme, consigne: Consigne) -> Affichage | None:
    """Return what may be shown of a group that stands alone, said as narrowly as follows; else nothing.

    One more cell gives way at a time: beside bands, else as holes all alike. Which ones does not
    depend on the truth, nor does what is accepted.
    """
    p, n = probleme.parametres, int(probleme.tailles.sum())
    nombre = len(probleme.cellules)
    if not _est_seul(probleme, consigne) or comb(n + nombre - 1, n) > AU_PLUS:
        return None
    restent, ordre = _partages(n, nombre), np.argsort(consigne.ordre)
    acceptes = np.zeros((0, 2, nombre), np.int64)
    for combien, trous in product(range(1, nombre + 1), (False, True)):
        dits = _dire(restent, n, p.m, ordre, combien, trous=trous)
        exposes = _exposes(restent, dits, n, p)
        acceptes = np.concatenate([acceptes, np.stack([restent, dits], axis=1)[~exposes]])
        restent = restent[exposes]
    tus = _taire(restent, acceptes, n, p)
    vrai = probleme.sommes(probleme.verite)
    ici = acceptes[~tus & (acceptes[:, 0] == vrai).all(axis=1), 1]
    trouve = ici[0] if len(ici) else np.full(nombre, MASQUE)
    dit = _affichage(vrai, trouve, n, p.m)
    resserrer(probleme, dit, consigne.fixes)
    return dit


def _est_seul(probleme: Probleme, consigne: Consigne) -> bool:
    """Return whether one question, of which nothing was said before, is shown of one small group."""
    n = int(probleme.tailles.sum())
    if probleme.groupes.shape[0] != 1 or n < probleme.parametres.n_min:
        return False
    if probleme.multiple or probleme.coches or probleme.erases.any() or consigne.fixes.any():
        return False
    une_fois = probleme.classes[probleme.cellules[:, 1]].sum(axis=0) == 1
    return bool(une_fois.all()) and (probleme.valeurs is None or n < PETIT_GROUPE)


def _partages(n: int, nombre: int) -> Entiers:
    """List every way to share ``n`` persons among some answers."""
    if nombre == 1:
        return np.array([[n]], dtype=np.int64)
    parts = [np.insert(_partages(n - x, nombre - 1), 0, x, axis=1) for x in range(n + 1)]
    return np.concatenate(parts)


def _dire(x: Entiers, n: int, m: int, ordre: Entiers, combien: int, *, trous: bool) -> Entiers:
    """Return what each truth would say with ``combien`` cells that are not exact, if any has to be.

    Those that have to come first, then the others in an order that says nothing.
    """
    petit, grand = x < m, n - x < m
    primaire = np.asarray(petit | grand)
    autres = ~primaire[:, ordre]
    cede = np.zeros(x.shape, np.bool_)
    cede[:, ordre] = autres & (autres.cumsum(axis=1) + primaire.sum(axis=1)[:, None] <= combien)
    cede &= np.atleast_1d(primaire.any(axis=1))[:, None]
    if trous:
        return np.where(primaire | cede, MASQUE, x)
    return np.select([petit, grand, cede], [BAS, HAUT, MILIEU], x)


def _exposes(x: Entiers, dits: Entiers, n: int, p: Parametres) -> Booleens:
    """Return the truths whose display leaves too few of them: rules A2 to A5 of one group (§4.4)."""
    _, place = np.unique(_numeros(dits, n), return_inverse=True)
    bas, haut = np.full_like(x, n), np.zeros_like(x)
    np.minimum.at(bas, place, x)
    np.maximum.at(haut, place, x)
    bas, haut = bas[place], haut[place]
    petit = (x < p.m) | (n - x < p.m)
    existe = ((bas >= 1) & (haut < p.m)) | ((haut < n) & (n - bas < p.m))
    entre_eux = ((bas >= 1) & (n - bas <= p.c)) | ((haut <= p.c) & (haut < n))
    faute = (petit & (haut - bas < p.w)) | existe | entre_eux
    return np.isin(place, place[faute.any(axis=1)])


def _taire(restent: Entiers, acceptes: Entiers, n: int, p: Parametres) -> Booleens:
    """Return which accepted truths are silent with those left: alone, their silence would name them.

    The display that fewest truths share and that is enough, or one more, the last accepted first.
    """
    tus = np.zeros(len(acceptes), np.bool_)
    _, place, combien = np.unique(
        _numeros(acceptes[:, 1], n), return_inverse=True, return_counts=True
    )
    while len(restent) and _exposes(restent, np.full_like(restent, MASQUE), n, p).any():
        libres = [
            k for k in np.argsort(combien, kind="stable").tolist() if not tus[place == k].any()
        ]
        if not libres:
            break
        for k in libres:
            avec = np.concatenate([restent, acceptes[place == k, 0]])
            if not _exposes(avec, np.full_like(avec, MASQUE), n, p).any():
                break
        else:
            k = int(place[~tus][-1])
        tus |= place == k
        restent = np.concatenate([restent, acceptes[place == k, 0]])
    return tus


def _numeros(dits: Entiers, n: int) -> Entiers:
    """Return one number a display."""
    poids = (n - MASQUE + 1) ** np.arange(dits.shape[1])
    return np.asarray((dits - MASQUE) @ poids)


def _affichage(vrai: Entiers, dit: Entiers, n: int, m: int) -> Affichage:
    ou = [dit == MASQUE, dit == MILIEU, dit == HAUT, dit == BAS]
    bas = np.select(ou, [0, m, n - m + 1, 0], vrai)
    haut = np.select(ou, [n, n - m, n, m - 1], vrai)
    natures = [nature_de(b, h, n, m) for b, h in zip(bas.tolist(), haut.tolist(), strict=True)]
    return Affichage(bas, haut, natures)
