"""Joint audit: everything printed of one cohort, read together (§4.4, §4.5; ADR 0092).

Tables of a report are not about the same persons, nor about the same answers: three waves, a score
beside its questions. Here a *monde* (world) gives each person one *état*, that is all her answers to
the questions that are linked; a *trait* is what a printed count adds up over the persons (« progressed
between entrée and sortie on question a3 »); an *énoncé* is what is printed of one trait in one group.

A count is safe when two worlds of whole persons, checked by integer arithmetic against every énoncé,
are far enough apart: the rules are monotone. States may be left out of the program: worlds that are
not tried can only make more refused, never less (fail closed).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from scipy.sparse import csr_array, vstack

from .cibles import cibles_de
from .modele import Booleens, Entiers, Reels, decouper
from .parametres import SENSIBLE, Parametres
from .regles import Mesure, enfreint, nommer
from .solveur import DUAL, Lineaire, minimiser_en_entiers

_PRECISION: Final = 1e-5
_GRAINE: Final = 92
_NOEUDS: Final = 30
EN_ENTIERS_MAX: Final = 60
"""Whole-number programs of one audit; beyond, what is not proved yet counts as a leak."""
_LARGE: Final = 10.0
"""Relative gap at which any world will do."""
IMPOSSIBLE: Final = "aucun monde ne correspond à ce qui est affiché"


@dataclass(frozen=True, slots=True)
class Paquet:
    """Persons of the same groups, who may be in the same states."""

    groupes: frozenset[str]
    etats: Entiers
    """States × traits."""
    vrais: Entiers
    """How many persons truly are in each state."""
    inconnu: bool = False
    """Whether their answers were erased: ``vrais`` is then only how many they are, in any state."""

    @property
    def taille(self) -> int:
        """Return how many persons they are."""
        return int(self.vrais.sum())


@dataclass(frozen=True, slots=True)
class Enonce:
    """What is printed: ``bas ≤ sum of a trait over a group ≤ haut``."""

    trait: int
    groupe: str
    bas: int
    haut: int


@dataclass(frozen=True, slots=True)
class Fuite:
    """A count that is too well known, or that could not be proved safe."""

    trait: int
    taille: int
    bas: int
    haut: int
    regle: str


@dataclass(frozen=True)
class Monde:
    """The persons of one cohort, and what can be asked of each trait."""

    paquets: Sequence[Paquet]
    vises: Mapping[int, str]
    """By trait to protect: the group whose persons have it (both waves answered)."""
    affiches: Sequence[str]
    """Groups of which something is printed."""
    parametres: Parametres = SENSIBLE

    @cached_property
    def etats(self) -> Entiers:
        """Return states × traits, packet after packet."""
        return np.concatenate([p.etats for p in self.paquets]).astype(np.int64)

    @cached_property
    def debuts(self) -> Entiers:
        """Return where the states of each packet begin, and the end."""
        return np.cumsum([0, *(len(p.etats) for p in self.paquets)])

    @cached_property
    def tailles(self) -> Entiers:
        """Return the persons of each packet."""
        return np.array([p.taille for p in self.paquets], dtype=np.int64)

    @cached_property
    def paquet_de(self) -> Entiers:
        """Return the packet of each state."""
        return np.repeat(np.arange(len(self.paquets)), np.diff(self.debuts))

    def dans(self, groupe: str) -> Booleens:
        """Return which packets are in a group."""
        return np.array([groupe in p.groupes for p in self.paquets], dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class _Cible:
    trait: int
    paquets: Booleens


def cibles_du(monde: Monde) -> list[_Cible]:
    """List what must not be too well known: each trait, in each set of persons (§4.4).

    Errors: ``ArithmeticError`` when the list of sets cannot be finished.
    """
    appartenance = np.array([monde.dans(g) for g in monde.affiches])
    decoupage = decouper(appartenance)
    tailles = np.bincount(
        decoupage.morceau_de[decoupage.morceau_de >= 0],
        weights=monde.tailles[decoupage.morceau_de >= 0],
        minlength=decoupage.tailles.size,
    ).astype(np.int64)
    trouvees = cibles_de(decoupage.groupes, tailles, monde.parametres.n_min)
    if trouvees.inacheve:
        raise ArithmeticError(trouvees.inacheve)
    ensembles = trouvees.ensembles.toarray().astype(np.bool_)
    etendus = np.zeros((len(ensembles), len(monde.paquets)), dtype=np.bool_)
    dedans = decoupage.morceau_de >= 0
    etendus[:, dedans] = ensembles[:, decoupage.morceau_de[dedans]]
    cibles: dict[tuple[int, bytes], _Cible] = {}
    for trait, groupe in monde.vises.items():
        for ensemble in etendus:
            ici = ensemble & monde.dans(groupe)
            if monde.tailles[ici].sum():
                cibles.setdefault((trait, ici.tobytes()), _Cible(trait, ici))
    return list(cibles.values())


@dataclass
class Auditeur:
    """Attacks one set of énoncés after another; worlds met are kept, and checked again each time."""

    monde: Monde
    cibles: list[_Cible] = field(init=False)
    _mondes: list[Entiers] = field(default_factory=list)
    programmes: int = 0
    _suspectes: dict[int, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cibles = cibles_du(self.monde)
        m = self.monde
        self._poids = np.array(
            [np.where(c.paquets[m.paquet_de], m.etats[:, c.trait], 0) for c in self.cibles]
        ).reshape(len(self.cibles), len(m.etats))
        self._n = np.array([int(m.tailles[c.paquets].sum()) for c in self.cibles], dtype=np.int64)
        inconnus = np.array([p.taille if p.inconnu else 0 for p in m.paquets], dtype=np.int64)
        self._doute = np.array(
            [int(inconnus[c.paquets].sum()) for c in self.cibles], dtype=np.int64
        )
        hasard = np.random.default_rng(_GRAINE)
        vrais = np.concatenate(
            [np.zeros_like(p.vrais) if p.inconnu else p.vrais for p in m.paquets]
        )
        # Staying in a true state is free; who moves does so at a cost that no other has.
        self._couts = np.where(vrais > 0, 0.0, 0.5 + hasard.random(vrais.size))
        self._vrai = self._poids @ vrais
        if not any(p.inconnu for p in m.paquets):
            self._mondes.append(vrais)

    def examiner(self, enonces: Sequence[Enonce], *, limite: int = 0) -> list[Fuite]:
        """Return what leaks from all that is printed, ``limite`` leaks at most (0: all of them)."""
        programme = _Programme(self.monde, enonces, self._couts)
        gardes = self._d_accord(programme)
        if not gardes:
            return [Fuite(-1, 0, 0, 0, IMPOSSIBLE)]
        comptes = np.array(gardes) @ self._poids.T
        bas, haut = comptes.min(axis=0), comptes.max(axis=0)
        fuites: list[Fuite] = []
        for rang in self._dans_l_ordre(bas, haut):
            if not self._trop_connue(rang, bas, haut):
                continue
            for x in self._ecarter(programme, rang, bas, haut):
                self._mondes.append(x)
                compte = self._poids @ x
                bas, haut = np.minimum(bas, compte), np.maximum(haut, compte)
            if self._trop_connue(rang, bas, haut):
                self._suspectes[rang] = None
                fuites.append(self._fuite(rang, bas, haut))
                if len(fuites) == limite:
                    break
        self.programmes += programme.resolus
        return fuites

    def _d_accord(self, programme: "_Programme") -> list[Entiers]:
        """Return the worlds already met that agree with what is printed; one at least if there is any."""
        gardes = [x for x in self._mondes if programme.admet(x)]
        premier = None if gardes else programme.n_importe_lequel()
        if premier is not None:
            self._mondes.append(premier)
            gardes = [premier]
        return gardes

    def _dans_l_ordre(self, bas: Entiers, haut: Entiers) -> list[int]:
        """Return the targets left to prove, those that leaked before first."""
        reste = np.flatnonzero(enfreint(self._toutes(bas, haut))).tolist()
        return sorted(reste, key=lambda rang: rang not in self._suspectes)

    def _toutes(self, bas: Entiers, haut: Entiers) -> Mesure:
        vrai = self._vrai
        return Mesure(self._n, bas, haut, vrai, vrai + self._doute, self.monde.parametres)

    def _mesure(self, rang: int, bas: Entiers, haut: Entiers) -> Mesure:
        doute = self._doute[rang]
        vrai = self._vrai[rang]
        return Mesure(
            self._n[rang], bas[rang], haut[rang], vrai, vrai + doute, self.monde.parametres
        )

    def _trop_connue(self, rang: int, bas: Entiers, haut: Entiers) -> bool:
        return bool(enfreint(self._mesure(rang, bas, haut)))

    def _fuite(self, rang: int, bas: Entiers, haut: Entiers) -> Fuite:
        regle = nommer(self._mesure(rang, bas, haut))
        cible = self.cibles[rang]
        return Fuite(cible.trait, int(self._n[rang]), int(bas[rang]), int(haut[rang]), regle)

    def _ecarter(
        self, programme: "_Programme", rang: int, bas: Entiers, haut: Entiers
    ) -> list[Entiers]:
        """Search worlds where this count is as low, and as high, as the rules ask for."""
        p, n, vrai = self.monde.parametres, int(self._n[rang]), int(self._vrai[rang])
        buts = (
            (1, min(n, max(vrai + p.w + 1, p.m + 1))),
            (-1, max(0, min(vrai - p.w - 1, n - p.m - 1))),
        )
        trouves = []
        for signe, but in buts:
            assez = haut[rang] >= but if signe > 0 else bas[rang] <= but
            x = None if assez else programme.atteindre(self._poids[rang], signe, but)
            if x is not None:
                trouves.append(x)
        return trouves


class _Programme:
    """Whole numbers of persons in each state, in agreement with what is printed."""

    def __init__(self, monde: Monde, enonces: Sequence[Enonce], couts: Reels) -> None:
        self.couts, self.resolus, self.en_entiers = couts, 0, 0
        lignes, bas, haut = [], [], []
        for enonce in enonces:
            dedans = monde.dans(enonce.groupe)[monde.paquet_de]
            lignes.append(np.where(dedans, monde.etats[:, enonce.trait], 0))
            bas.append(enonce.bas)
            haut.append(enonce.haut)
        self._dits = np.array(lignes, dtype=np.int64).reshape(len(lignes), len(monde.etats))
        self._bas, self._haut = np.array(bas, dtype=np.int64), np.array(haut, dtype=np.int64)
        self._paquet_de, self._tailles = monde.paquet_de, monde.tailles
        nombre = len(monde.etats)
        un_par_paquet = csr_array(
            (np.ones(nombre), np.arange(nombre), monde.debuts), shape=(len(monde.paquets), nombre)
        )
        dits = csr_array(self._dits.astype(float))
        self.matrice = csr_array(vstack([dits, un_par_paquet])) if lignes else un_par_paquet
        self.dessous = np.concatenate([self._bas, self._tailles]).astype(float)
        self.dessus = np.concatenate([self._haut, self._tailles]).astype(float)
        self.plafonds = self._tailles[self._paquet_de].astype(float)
        self._lineaire = Lineaire(
            self.matrice, self.dessous, self.dessus, self.plafonds, strategie=DUAL
        )

    def admet(self, x: Entiers) -> bool:
        """Check a world in whole numbers against everything printed."""
        if (x < 0).any():
            return False
        sommes = np.bincount(self._paquet_de, weights=x, minlength=self._tailles.size)
        if not np.array_equal(sommes.astype(np.int64), self._tailles):
            return False
        dits = self._dits @ x
        return bool(((dits >= self._bas) & (dits <= self._haut)).all())

    def n_importe_lequel(self) -> Entiers | None:
        """Return a world, or nothing."""
        tous = np.ones(self.couts.size, dtype=np.bool_)
        return self._entier(self.couts, self.matrice, (self.dessous, self.dessus), tous)

    def atteindre(self, poids: Entiers, signe: int, but: int) -> Entiers | None:
        """Return a world where a sum reaches ``but``; failing that, one where it goes farthest."""
        self.resolus += 1
        ligne = poids.astype(float)
        de, a = (float(but), np.inf) if signe > 0 else (-np.inf, float(but))
        trouve = self._lineaire.sous(ligne, de, a, self.couts)
        self._lineaire.revenir()
        if trouve.fini:
            x = self._lire(trouve.x)
            if x is not None:
                return x
            matrice = csr_array(vstack([self.matrice, csr_array(ligne[None, :])]))
            bornes = np.append(self.dessous, de), np.append(self.dessus, a)
            return self._entier(self.couts, matrice, bornes, trouve.x > _PRECISION)
        # Out of reach even for cut persons: how far it goes, made whole if it must be.
        loin = self._lineaire.minimiser(-signe * ligne)
        x = self._lire(loin.x) if loin.fini else None
        if x is not None or not loin.fini:
            return x
        bornes = self.dessous, self.dessus
        return self._entier(-signe * ligne, self.matrice, bornes, loin.x > _PRECISION)

    def _entier(
        self, couts: Reels, matrice: csr_array, bornes: tuple[Reels, Reels], pres: Booleens
    ) -> Entiers | None:
        """Search a world of whole persons among the states of a solution, and the true ones.

        Few states are tried, so that it is quick; what is not found is taken as a leak.
        """
        self.en_entiers += 1
        if self.en_entiers > EN_ENTIERS_MAX:
            return None
        libres = np.flatnonzero(pres | (self.couts == 0.0))
        plafonds = self.plafonds[libres]
        trouve = minimiser_en_entiers(
            couts[libres],
            (csr_array(matrice[:, libres]), *bornes),
            (np.zeros_like(plafonds), plafonds),
            _LARGE,
            _NOEUDS,
        )
        if not trouve.fini:
            return None
        x = np.zeros_like(self.plafonds)
        x[libres] = trouve.x
        return self._lire(x)

    def _lire(self, brut: Reels) -> Entiers | None:
        arrondi = np.rint(brut)
        if np.abs(arrondi - brut).max(initial=0.0) > _PRECISION:
            return None
        x = arrondi.astype(np.int64)
        return x if self.admet(x) else None
