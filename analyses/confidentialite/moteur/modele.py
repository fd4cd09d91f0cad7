"""What the protector and the auditor share, and nothing else: pieces, sums, intervals (§4.2, §4.4).

Persons are columns of an array; a *groupe* is a set of persons that is displayed, now or in the
past. A *morceau* (piece) is the set of persons that have exactly the same membership in all groups.
Answers are ranks ``0..R-1``; a *classe* is a set of answers told as one (most are one answer).
Unknown of an attacker: ``x[morceau, reponse]``, a whole number ≥ 0. Sizes of pieces are known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, vstack

from .coches import Coche, par_morceau, parts, relations
from .parametres import Parametres

Entiers = npt.NDArray[np.int64]
Reels = npt.NDArray[np.float64]
Booleens = npt.NDArray[np.bool_]
_ARRONDI = 1e-9


class Nature(StrEnum):
    """What a displayed interval says (§4.2)."""

    EXACT = "exact"
    BAS = "bas"
    HAUT = "haut"
    MILIEU = "milieu"
    MASQUE = "masque"


def nature_de(bas: int, haut: int, n: int, m: int) -> Nature:
    """Return what an interval says of a group of ``n`` persons."""
    if bas == haut:
        return Nature.EXACT
    if bas <= 0:
        return Nature.MASQUE if haut >= n else Nature.BAS
    return Nature.HAUT if haut >= n and bas > n - m else Nature.MILIEU


@dataclass(frozen=True, slots=True)
class Decoupage:
    """Persons cut into pieces by the groups they belong to."""

    morceau_de: Entiers
    """Piece of each person, -1 for who belongs to no group."""
    groupes: csr_array
    """Groups × pieces, 0/1."""
    tailles: Entiers
    """Persons of each piece."""


def decouper(appartenance: Booleens) -> Decoupage:
    """Cut persons into pieces.

    ``appartenance``: groups × persons. The order of pieces depends on memberships only.
    """
    compacte = np.packbits(appartenance, axis=0).T
    _, premier, inverse = np.unique(compacte, axis=0, return_index=True, return_inverse=True)
    colonnes = appartenance[:, premier]
    dedans = colonnes.any(axis=0)
    rangs = np.where(dedans, np.cumsum(dedans) - 1, -1).astype(np.int64)
    morceau_de = rangs[inverse.reshape(-1)]
    tailles = np.bincount(morceau_de[morceau_de >= 0], minlength=int(dedans.sum()))
    groupes = csr_array(colonnes[:, dedans].astype(np.int64))
    return Decoupage(morceau_de, groupes, tailles.astype(np.int64))


@dataclass(frozen=True)
class Probleme:
    """One question over the pieces of all groups ever displayed for it.

    Answers of a piece add up to its size; of several answers to one question, the *parts* do
    (``coches``). ``multiple``: nothing ties answers, each is bounded by the size; one alone is
    attacked so, several are never (``parties`` writes what is).
    """

    groupes: csr_array
    tailles: Entiers
    classes: Entiers
    """Classes × answers; the first R rows are the answers themselves, in order.

    0/1 where a cell says it; 1 and -1 for « asked, and did not say so », which is only attacked."""
    cellules: Entiers
    """N × 2: group and class of each displayed cell."""
    verite: Entiers
    """Pieces × answers: what is known to be answered (nobody's answers are kept once erased)."""
    parametres: Parametres
    multiple: bool = False
    coches: tuple[Coche, ...] = ()
    """Answers that may go together: unknowns that are among others."""
    disparus: Entiers | None = None
    """Persons of each piece whose answers were erased: their past cells still bind."""
    valeurs: Reels | None = None
    """Value of each answer of a scale, NaN for those without one; for A6 and displayed means."""
    moyennes: tuple["Moyenne", ...] = ()
    anciennes: Booleens | None = None
    """Cells that were shown, as they are now, by publications audited before."""
    familles: tuple[tuple[int, tuple[int, ...]], ...] = ()
    """A group, and groups that are parts of it and have nobody in common."""

    def __post_init__(self) -> None:
        r = self.nb_reponses
        if not np.array_equal(self.classes[:r], np.eye(r, dtype=np.int64)):
            raise ValueError("the first classes must be the answers")
        sommes = self.verite[:, self.parts].sum(axis=1) + self.erases
        if not self.multiple and not np.array_equal(sommes, self.tailles):
            raise ValueError("answers of a piece do not add up to its size")
        if (self.verite > self.tailles[:, None]).any():
            raise ValueError("more answers than persons")
        if (self.verite @ self.relations.T < 0).any():
            raise ValueError("answers that go together do not fit who gave them")

    @property
    def nb_reponses(self) -> int:
        """Return how many answers there are, « sans réponse » included."""
        return int(self.verite.shape[1])

    @property
    def nb_morceaux(self) -> int:
        """Return how many pieces there are."""
        return int(self.tailles.size)

    @cached_property
    def erases(self) -> Entiers:
        """Return the persons of each piece whose answers are no longer known."""
        return np.zeros_like(self.tailles) if self.disparus is None else self.disparus

    @cached_property
    def effectifs(self) -> Entiers:
        """Return the persons of each group."""
        return np.asarray(self.groupes @ self.tailles)

    @cached_property
    def bases(self) -> Entiers:
        """Return the size of the group of each cell."""
        return np.asarray(self.effectifs[self.cellules[:, 0]])

    @cached_property
    def matrice(self) -> csr_array:
        """Return cells × unknowns (piece-major), 0/1: the sum that each cell tells."""
        return produit(self.groupes, self.classes, self.cellules)

    @cached_property
    def droites(self) -> csr_array:
        """Return what displayed means say, as rows that are never negative."""
        return _lignes_de_moyennes(self)

    def sommes(self, x: Entiers) -> Entiers:
        """Return the count of each cell when the unknowns are ``x`` (pieces × answers)."""
        return np.asarray(np.rint(self.matrice @ x.ravel()).astype(np.int64))

    @cached_property
    def parts(self) -> Booleens:
        """Return which answers add up to the size of a piece."""
        return parts(self.coches, self.nb_reponses)

    @cached_property
    def relations(self) -> Entiers:
        """Return what ties answers that go together, in any piece: rows that are never negative."""
        return relations(self.coches, self.nb_reponses)


@dataclass(frozen=True, slots=True)
class Moyenne:
    """A displayed mean: ``bas ≤ sum(v * x_v) ≤ haut`` over the persons of a group that gave one."""

    groupe: int
    bas: float
    """Least mean that is shown so."""
    haut: float
    valeurs: Reels | None = None
    """Value of each answer, when the mean is not that of the problem's own scale."""


def produit(groupes: csr_array, classes: Entiers, paires: Entiers) -> csr_array:
    """Return one row a (group, class) pair over the unknowns, piece-major.

    ``groupes``: groups × pieces; ``classes``: classes × answers; ``paires``: N × 2.
    """
    nb_reponses = classes.shape[1]
    lignes = groupes[paires[:, 0]].tocoo()
    reponses = [np.flatnonzero(classe) for classe in classes]
    largeurs = np.array([r.size for r in reponses], dtype=np.int64)
    table = np.zeros((len(reponses), int(largeurs.max(initial=1))), dtype=np.int64)
    for k, r in enumerate(reponses):
        table[k, : r.size] = r
    classe = paires[lignes.row, 1]
    i = np.repeat(lignes.row, largeurs[classe])
    base = np.repeat(lignes.col.astype(np.int64) * nb_reponses, largeurs[classe])
    rang = np.arange(i.size) - np.repeat(
        np.cumsum(largeurs[classe]) - largeurs[classe], largeurs[classe]
    )
    j = base + table[np.repeat(classe, largeurs[classe]), rang]
    forme = (len(paires), groupes.shape[1] * nb_reponses)
    return csr_array((np.ones(i.size), (i, j)), shape=forme)


@dataclass(frozen=True, slots=True)
class Contraintes:
    """Everything that is known, as rows: ``bas ≤ matrice @ x ≤ haut``; cells first, all of them."""

    matrice: csr_array
    bas: Reels
    haut: Reels
    plafonds: Reels
    """Greatest value of each unknown."""


def contraintes(probleme: Probleme, bas: Entiers, haut: Entiers) -> Contraintes:
    """Return what an attacker writes who sees each cell between ``bas`` and ``haut``.

    Errors: ``ValueError`` on several answers whose parts are not told.
    """
    if probleme.multiple and probleme.nb_reponses > 1:
        raise ValueError("attack the parts of a multiple choice (parties)")
    blocs = [probleme.matrice]
    dessous, dessus = (list(bornes) for bornes in zip(dites(probleme, bas, haut), strict=True))
    if not probleme.multiple:
        blocs.append(par_morceau(probleme.parts[None, :].astype(np.int64), probleme.nb_morceaux))
        dessous.append(probleme.tailles.astype(float))
        dessus.append(probleme.tailles.astype(float))
    if probleme.coches:
        liens = par_morceau(probleme.relations, probleme.nb_morceaux)
        blocs.append(liens)
        dessous.append(np.zeros(liens.shape[0]))
        dessus.append(np.full(liens.shape[0], np.inf))
    if probleme.moyennes:
        blocs.append(probleme.droites)
        dessous.append(np.zeros(probleme.droites.shape[0]))
        dessus.append(np.full(probleme.droites.shape[0], np.inf))
    plafonds = np.repeat(probleme.tailles, probleme.nb_reponses).astype(float)
    return Contraintes(
        csr_array(vstack(blocs)), np.concatenate(dessous), np.concatenate(dessus), plafonds
    )


def dites(probleme: Probleme, bas: Entiers, haut: Entiers) -> tuple[Reels, Reels]:
    """Return the bounds of the cells' rows; infinite where a cell says nothing."""
    muettes = (bas <= 0) & (haut >= probleme.bases)
    return np.where(muettes, -np.inf, bas), np.where(muettes, np.inf, haut)


def _lignes_de_moyennes(probleme: Probleme) -> csr_array:
    """Write ``sum((v - bas) x) ≥ 0`` and ``sum((haut - v) x) ≥ 0``: linear though the base varies."""
    lignes = []
    for moyenne in probleme.moyennes:
        valeurs = probleme.valeurs if moyenne.valeurs is None else moyenne.valeurs
        if valeurs is None:
            raise ValueError("a mean needs the values of the answers")
        connues = ~np.isnan(valeurs)
        morceaux = probleme.groupes[[moyenne.groupe]].toarray()[0].astype(float)
        for signe, borne in ((1.0, moyenne.bas), (-1.0, moyenne.haut)):
            poids = np.where(connues, signe * (np.nan_to_num(valeurs) - borne), 0.0)
            lignes.append(np.outer(morceaux, poids).ravel())
    return csr_array(np.array(lignes))


def possible(probleme: Probleme, x: Entiers) -> bool:
    """Return whether each piece of ``x`` (pieces × answers) holds exactly its persons."""
    if (x < 0).any() or (x > probleme.tailles[:, None]).any():
        return False
    if (x @ probleme.relations.T < 0).any():
        return False
    return probleme.multiple or np.array_equal(x[:, probleme.parts].sum(axis=1), probleme.tailles)


def respecte(probleme: Probleme, bas: Entiers, haut: Entiers, x: Entiers) -> bool:
    """Return whether whole numbers ``x`` (pieces × answers) agree with all that is displayed.

    Exact integer arithmetic, means excepted: no solver is believed.
    """
    if not possible(probleme, x):
        return False
    sommes = probleme.sommes(x)
    if (sommes < bas).any() or (sommes > haut).any():
        return False
    if not probleme.moyennes:
        return True
    return bool((probleme.droites @ x.ravel() >= -_ARRONDI).all())


@dataclass(frozen=True, slots=True)
class Fuite:
    """An answer that can be known too well in a set of pieces."""

    morceaux: tuple[int, ...]
    classe: int
    """Class of answers; -1 for the mean (A6)."""
    bas: float
    """What an attacker knows at least: a count, or a mean for A6."""
    haut: float
    regle: str
    """A1 to A6."""
    cible: str
    """What the set is: group, piece, difference, intersection, combination, what is left."""


@dataclass(frozen=True, slots=True)
class Audit:
    """The verdict of one audit. Nothing may be shown unless ``sur``."""

    fuites: tuple[Fuite, ...]
    inacheve: str = ""
    """Why the proof could not be finished, or nothing."""
    cibles: int = 0
    """Pairs of a target and a class that had to be proved."""
    temoins: int = 0
    """Whole-number populations, all in agreement with what is shown, that prove it."""
    programmes: int = 0
    """Programs solved."""

    @property
    def sur(self) -> bool:
        """Return whether the proof is finished and finds nothing."""
        return not self.fuites and not self.inacheve


class Examinateur(Protocol):
    """What the protector asks of an auditor, whoever it is."""

    def examiner(self, bas: Entiers, haut: Entiers, *, limite: int | None = None) -> Audit:
        """Attack the cells shown between ``bas`` and ``haut``; stop after ``limite`` leaks."""
        ...

    def en_doute(self, bas: Entiers, haut: Entiers) -> int:
        """Return how much is left to prove, without any program: 0 is a promise of safety."""
        ...

    def chercher(self, bas: Entiers, haut: Entiers) -> bool:
        """Look for more to attack in what is shown; return whether there was any."""
        ...

    def ajouter(self, x: Entiers) -> None:
        """Take a population that may agree with what is shown: it may spare a program."""
        ...


@dataclass(slots=True)
class Affichage:
    """What is shown of each cell of a problem; ``nature`` says why."""

    bas: Entiers
    haut: Entiers
    nature: list[Nature] = field(default_factory=list)

    def copie(self) -> "Affichage":
        """Return an independent copy."""
        return Affichage(self.bas.copy(), self.haut.copy(), list(self.nature))


def classes_de(nb_reponses: int, reunions: Sequence[Sequence[int]] = ()) -> Entiers:
    """Return the matrix of classes: every answer, then each union of several answers."""
    lignes: list[Any] = [np.eye(nb_reponses, dtype=np.int64)]
    for reunion in reunions:
        ligne = np.zeros((1, nb_reponses), dtype=np.int64)
        ligne[0, list(reunion)] = 1
        lignes.append(ligne)
    return np.concatenate(lignes)
