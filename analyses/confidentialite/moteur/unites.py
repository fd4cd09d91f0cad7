"""Step 1 of §4.3: which groups stand on their own. Depends on who belongs where, never on answers.

A *unité* is a set of sibling codes of one dimension, most often one code. Too small ones are put
together, inside their parent and inside the row that they break down, until each is empty or large
enough. What was once put together stays so.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analyses.confidentialite.silences import NON_RENSEIGNE, fin

from .modele import Booleens, Entiers
from .parametres import PETIT_GROUPE

SEPARE = " & "
LONGUEUR = 1000
"""Longest predicate: a column of the register."""
TOTAL = "TOTAL"


@dataclass(frozen=True, slots=True)
class Dimension:
    """What persons are grouped by: codes, each with the code that contains it (or nothing)."""

    nom: str
    codes: tuple[str, ...]
    parents: tuple[str, ...] = ()

    def parent(self, rang: int) -> str:
        """Return the code that contains the code of this rank, or nothing."""
        return self.parents[rang] if self.parents else ""

    def lignee(self, rang: int) -> tuple[str, ...]:
        """Return a code and all that contain it, from the top.

        Errors: ``ValueError`` when a parent is unknown or a code contains itself.
        """
        chemin = [self.codes[rang]]
        while parent := self.parent(self.codes.index(chemin[0])):
            if parent not in self.codes or parent in chemin:
                raise ValueError(f"{self.nom}: parent {parent!r} of {chemin[0]!r}")
            chemin.insert(0, parent)
        return tuple(chemin)


@dataclass(frozen=True, slots=True)
class Axe:
    """One side of a group: some sibling codes of a dimension, told as one."""

    dimension: str
    codes: tuple[str, ...]
    parent: tuple[str, ...] = ()
    """Codes of the unit that contains it; empty at the top."""

    @property
    def predicat(self) -> str:
        """Return ``dimension=code+code``; a sign that a code holds itself is told apart."""
        codes = "+".join(map(_proteger, sorted(self.codes)))
        return f"{_proteger(self.dimension)}={codes}"


def _proteger(code: str) -> str:
    return re.sub(r"[\\+=&]", r"\\\g<0>", code)


@dataclass(frozen=True, slots=True)
class Groupe:
    """A set of persons that may be displayed: no axis for everybody, at most three."""

    axes: tuple[Axe, ...]

    @property
    def predicat(self) -> str:
        """Return the canonical predicate: the same for the same codes, whatever the order."""
        entier = SEPARE.join(sorted(axe.predicat for axe in self.axes)) or TOTAL
        if len(entier) <= LONGUEUR:
            return entier
        marque = f"…{hashlib.sha256(entier.encode()).hexdigest()}"
        return entier[: LONGUEUR - len(marque)] + marque


@dataclass(frozen=True, slots=True)
class Regroupement:
    """Codes told as one, inside a parent and inside a row (``contexte``: a predicate)."""

    dimension: str
    parent: tuple[str, ...]
    contexte: str
    codes: tuple[str, ...]
    n_min: int

    @property
    def libelle(self) -> str:
        """Return what the reader is told."""
        return f"Regroupement ({' + '.join(self.codes)})"


@dataclass(frozen=True, slots=True)
class Personnes:
    """One row a person: rank of the code in each dimension, -1 for none."""

    dimensions: Mapping[str, Dimension]
    codes: Mapping[str, Entiers]
    nombre: int = 0
    """How many they are when nothing groups them."""

    def __len__(self) -> int:
        return int(next(iter(self.codes.values())).size) if self.codes else self.nombre


def trancher(cle: bytes, *textes: str) -> bytes:
    """Break a tie by a keyed hash: the order of codes says nothing."""
    return hashlib.blake2b("\x1f".join(textes).encode(), key=cle[:64], digest_size=16).digest()


def regrouper(
    tailles: Mapping[str, int],
    n_min: int,
    deja: Iterable[Sequence[str]] = (),
    cle: bytes = b"",
    *,
    vides: bool = False,
) -> list[tuple[str, ...]]:
    """Put siblings together until each unit is empty or has ``n_min`` persons.

    ``tailles``: persons of each code; ``deja``: codes put together by an earlier publication. The
    smallest joins its smallest sibling. One unit left: the breakdown is dropped (empty result).
    ``vides``: that nobody has a code is not to be known either, an empty one joins a sibling too.
    """
    unites = _reprendre(tailles, deja)
    comptes = {unite: sum(tailles[code] for code in unite) for unite in unites}
    while True:
        pleines = sorted(
            (u for u, n in comptes.items() if n or vides),
            key=lambda u: (comptes[u], trancher(cle, *u)),
        )
        if len(pleines) <= 1:
            return []
        if comptes[pleines[0]] >= n_min:
            return sorted(pleines)
        a, b = pleines[:2]
        comptes[tuple(sorted(a + b))] = comptes.pop(a) + comptes.pop(b)


def _reprendre(tailles: Mapping[str, int], deja: Iterable[Sequence[str]]) -> set[tuple[str, ...]]:
    """Start from earlier merges: those that overlap are one."""
    unites: list[set[str]] = []
    for codes in deja:
        nouvelle = {code for code in codes if code in tailles}
        for unite in [u for u in unites if u & nouvelle]:
            unites.remove(unite)
            nouvelle |= unite
        if nouvelle:
            unites.append(nouvelle)
    pris = {code for unite in unites for code in unite}
    return {tuple(sorted(u)) for u in unites} | {(c,) for c in tailles if c not in pris}


class Unites:
    """All groups of a plan d'analyse over one population, and the merges that made them."""

    def __init__(
        self,
        personnes: Personnes,
        n_min: int,
        *,
        deja: Iterable[Regroupement] = (),
        groupantes: Iterable[str] = (),
        cle: bytes = b"",
    ) -> None:
        """``groupantes``: dimensions that are questions (``tailles``)."""
        self.personnes, self.n_min, self.cle = personnes, n_min, cle
        self.groupantes = frozenset(groupantes)
        self.deja = [r for r in deja if r.n_min == n_min]
        self.regroupements: list[Regroupement] = []
        self.groupes: dict[Groupe, Booleens] = {}
        self._lignees = {
            nom: [d.lignee(rang) for rang in range(len(d.codes))]
            for nom, d in personnes.dimensions.items()
        }
        self._fins = {
            nom: [fin(lignee[-1], set(personnes.dimensions[nom].parents)) for lignee in lignees]
            for nom, lignees in self._lignees.items()
        }
        self.tous = np.ones(len(personnes), np.bool_)

    def ventiler(self, dimensions: Sequence[str]) -> list[Groupe]:
        """Return the groups of one grouping, margins included, widest first."""
        trouves = [self._garder(Groupe(()), self.tous)] if self.tous.sum() >= self.n_min else []
        for nombre in range(1, len(dimensions) + 1):
            for noms in combinations(dimensions, nombre):
                trouves += self._croiser(noms)
        return list(dict.fromkeys(trouves))

    def _garder(self, groupe: Groupe, qui: Booleens) -> Groupe:
        self.groupes.setdefault(groupe, qui)
        return groupe

    def _croiser(self, noms: Sequence[str]) -> list[Groupe]:
        contextes: list[tuple[Groupe, Booleens]] = [(Groupe(()), self.tous)]
        for rang, nom in enumerate(noms):
            suivants = []
            for groupe, qui in contextes:
                # Inside fewer than 30 persons nothing is crossed (§5).
                if rang and int(qui.sum()) < PETIT_GROUPE:
                    continue
                suivants += [
                    (Groupe((*groupe.axes, axe)), dedans)
                    for axe, dedans in self._decouper(nom, groupe, qui)
                ]
            contextes = suivants
        return [self._garder(groupe, qui) for groupe, qui in contextes]

    def _decouper(self, nom: str, contexte: Groupe, qui: Booleens) -> list[tuple[Axe, Booleens]]:
        """Return the units of one dimension inside a row, level by level."""
        trouves: list[tuple[Axe, Booleens]] = []
        niveaux: list[tuple[tuple[str, ...], int, Booleens]] = [((), 0, qui)]
        while niveaux:
            parent, profondeur, dedans = niveaux.pop()
            enfants = self._enfants(nom, profondeur, dedans)
            unites = self._unites(nom, parent, contexte, enfants)
            for codes in unites:
                membres = np.logical_or.reduce([enfants[code] for code in codes])
                trouves.append((Axe(nom, codes, parent), membres))
                niveaux.append((codes, profondeur + 1, membres))
        return trouves

    def _enfants(self, nom: str, profondeur: int, dedans: Booleens) -> dict[str, Booleens]:
        """Return who, among some persons, has each code of one depth; nothing when none goes so far.

        Those whose codes end above are one of the siblings: a name of their own, that of no other
        (``silences``).
        """
        lignees, fins = self._lignees[nom], self._fins[nom]
        codes = self.personnes.codes[nom]
        rangs = np.where(codes < 0, len(lignees), codes)
        jusqu_ici = np.array([*(len(lignee) > profondeur for lignee in lignees), False])[rangs]
        if profondeur and not (jusqu_ici & dedans).any():
            return {}
        au_niveau = [
            lignee[profondeur] if len(lignee) > profondeur else sien
            for lignee, sien in zip(lignees, fins, strict=True)
        ]
        ici = np.array([*au_niveau, NON_RENSEIGNE])[rangs]
        enfants: dict[str, Booleens] = {
            code: dedans & (ici == code) for code in sorted(set(ici[dedans].tolist()))
        }
        if nom in self.groupantes and not profondeur:
            for code in (*dict.fromkeys(lignee[0] for lignee in lignees), NON_RENSEIGNE):
                enfants.setdefault(code, np.zeros_like(dedans))
        return {} if set(enfants) <= {NON_RENSEIGNE} else enfants

    def _unites(
        self,
        nom: str,
        parent: tuple[str, ...],
        contexte: Groupe,
        enfants: Mapping[str, Booleens],
    ) -> list[tuple[str, ...]]:
        """Return the units among siblings; remember those that hold several codes."""
        tailles = {code: int(membres.sum()) for code, membres in enfants.items()}
        if len(tailles) == 1 and not parent:
            return [tuple(tailles)] if sum(tailles.values()) >= self.n_min else []
        deja = [
            r.codes
            for r in self.deja
            if r.dimension == nom and r.contexte in (contexte.predicat, TOTAL)
        ]
        unites = regrouper(tailles, self.n_min, deja, self.cle, vides=nom in self.groupantes)
        for codes in unites:
            if len(codes) > 1:
                regroupement = Regroupement(nom, parent, contexte.predicat, codes, self.n_min)
                if regroupement not in self.regroupements:
                    self.regroupements.append(regroupement)
        return unites
