"""Auditor: the sets of persons whose answers an attacker may try to know (§4.4).

Displayed groups; pieces; intersections and differences of any two groups; and, found by
``combinaisons``, the small sets that some linear combination of groups gives. ``restes`` adds what
is left of a group, which depends on the question.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from .combinaisons import Recherche, petits_ensembles
from .modele import Booleens, Entiers, Probleme

GROUPE, MORCEAU, INTERSECTION, DIFFERENCE, COMBINAISON, RESTE = range(6)
NOMS = ("groupe", "morceau", "intersection", "différence", "combinaison", "reste")
_GRAINE = 20041


@dataclass(frozen=True, slots=True)
class Cibles:
    """Distinct sets of pieces to attack."""

    ensembles: csr_array
    """Targets × pieces, 0/1."""
    tailles: Entiers
    origines: Entiers
    inacheve: str = ""
    """Why the list of combinations may be incomplete, or nothing."""


def cibles_de(groupes: csr_array, tailles: Entiers, n_min: int) -> Cibles:
    """List every target once. Depends on memberships only: usable for all questions alike."""
    nombre = tailles.size
    base = np.random.default_rng(_GRAINE).integers(1, 2**62, size=nombre, dtype=np.int64)
    recueil = _Recueil(base)
    recueil.ajouter(groupes, GROUPE)
    recueil.ajouter(
        csr_array(
            (np.ones(nombre, np.int64), np.arange(nombre), np.arange(nombre + 1)),
            shape=(nombre, nombre),
        ),
        MORCEAU,
    )
    _ajouter_paires(recueil, groupes)
    recherche: Recherche = petits_ensembles(groupes, tailles, n_min)
    if recherche.ensembles:
        recueil.ajouter(_en_matrice(recherche.ensembles, nombre), COMBINAISON)
    ensembles, origines = recueil.tout()
    return Cibles(ensembles, np.asarray(ensembles @ tailles), origines, recherche.inacheve)


def a_risque(probleme: Probleme, ensembles: csr_array) -> Booleens:
    """Return sets × classes: the pairs that some interval could expose, by their true count.

    With m ≤ x ≤ n-m and n ≥ n_min no rule can be broken by an interval that contains x.
    """
    p = probleme.parametres
    connus = np.asarray(ensembles @ (probleme.verite @ probleme.classes.T))
    plus = np.asarray(ensembles @ probleme.erases)[:, None]
    n = np.asarray(ensembles @ probleme.tailles)[:, None]
    return np.asarray(((n < p.n_min) | (connus < p.m) | (n - connus - plus < p.m)) & (n > 0))


class _Recueil:
    """Sets of pieces, each kept once, recognised by a sum of random 64-bit numbers."""

    def __init__(self, base: Entiers) -> None:
        self.base = base
        self.vues: set[int] = {0}
        self.lignes: list[csr_array] = []
        self.origines: list[Entiers] = []

    def nouvelles(self, empreintes: Entiers) -> Entiers:
        """Return the ranks of the sets that were never seen, the first of each."""
        garde = []
        for rang, empreinte in enumerate(empreintes.tolist()):
            if empreinte not in self.vues:
                self.vues.add(empreinte)
                garde.append(rang)
        return np.array(garde, dtype=np.int64)

    def ajouter(self, ensembles: csr_array, origine: int) -> None:
        """Keep the sets that are new."""
        garde = self.nouvelles(np.asarray(ensembles @ self.base))
        if garde.size:
            self.garder(ensembles[garde], origine)

    def garder(self, ensembles: csr_array, origine: int) -> None:
        """Keep sets already known to be new."""
        self.lignes.append(csr_array(ensembles))
        self.origines.append(np.full(ensembles.shape[0], origine))

    def tout(self) -> tuple[csr_array, Entiers]:
        """Return all sets and where each comes from."""
        from scipy.sparse import vstack

        return csr_array(vstack(self.lignes)), np.concatenate(self.origines)


def _ajouter_paires(recueil: _Recueil, groupes: csr_array) -> None:
    """Add intersections and both differences for every two groups, without building those already known."""
    simples = np.asarray(groupes @ recueil.base)
    ponderes = csr_array(groupes.multiply(recueil.base[None, :]))
    communs = (ponderes @ groupes.T).tocoo()
    haut = communs.row < communs.col
    i, j, commun = communs.row[haut], communs.col[haut], communs.data[haut]
    for origine, empreintes, signe in (
        (INTERSECTION, commun, 0),
        (DIFFERENCE, simples[i] - commun, 1),
        (DIFFERENCE, simples[j] - commun, 2),
    ):
        garde = recueil.nouvelles(empreintes)
        if not garde.size:
            continue
        a, b = groupes[i[garde]], groupes[j[garde]]
        ensemble = a.multiply(b)
        if signe:
            ensemble = (a if signe == 1 else b) - ensemble
        ensemble = csr_array(ensemble)
        ensemble.eliminate_zeros()
        recueil.garder(ensemble, origine)


def _en_matrice(ensembles: list[tuple[int, ...]], nombre: int) -> csr_array:
    lignes = np.repeat(np.arange(len(ensembles)), [len(e) for e in ensembles])
    colonnes = np.concatenate([np.array(e, dtype=np.int64) for e in ensembles])
    uns = np.ones(colonnes.size, dtype=np.int64)
    return csr_array((uns, (lignes, colonnes)), shape=(len(ensembles), nombre))
