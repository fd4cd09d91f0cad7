"""Auditor: rule A6, whether the mean of a small set is known within one point of scale."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from .cibles import NOMS, Cibles
from .enquete import INACHEVE
from .modele import Booleens, Entiers, Fuite, Reels
from .regles import moyenne_trop_connue
from .temoins import Programme, Reserve

_TOURS = 8
_ARRONDI = 1e-9


@dataclass(frozen=True, slots=True)
class _Echelle:
    """The values of the answers that have one."""

    valeurs: Reels
    connues: Booleens

    def moyennes(self, comptes: Entiers) -> Reels:
        """Return the mean of each row of counts (rows × answers), NaN where nobody gave a value."""
        bases = comptes[:, self.connues].sum(axis=1).astype(float)
        sommes = comptes[:, self.connues] @ self.valeurs[self.connues]
        vides = np.full(bases.size, np.nan)
        return np.asarray(np.divide(sommes, bases, out=vides, where=bases > 0))

    def objectif(self, morceaux: Entiers, seuil: float) -> Reels:
        """Return the sum that is positive where the mean is above ``seuil``."""
        poids = np.where(self.connues, np.nan_to_num(self.valeurs) - seuil, 0.0)
        return np.asarray(np.outer(morceaux, poids).ravel(), dtype=np.float64)


def fuites_de_moyennes(
    programme: Programme, reserve: Reserve, cibles: Cibles
) -> tuple[list[Fuite], str]:
    """Return the small sets whose mean is too well known; and why the proof is unfinished, if so."""
    probleme = programme.probleme
    if probleme.valeurs is None:
        return [], ""
    echelle = _Echelle(probleme.valeurs, ~np.isnan(probleme.valeurs))
    petites = np.flatnonzero((cibles.tailles < probleme.parametres.n_min) & (cibles.tailles > 0))
    ensembles = cibles.ensembles[petites]
    places = reserve.accord(programme.bas, programme.haut)
    suivi = _Suivi(echelle, ensembles)
    suivi.noter([reserve.population(p) for p in places])
    fuites: list[Fuite] = []
    for rang in range(petites.size):
        if not suivi.ouverte(rang):
            continue
        morceaux = ensembles[[rang]].toarray()[0]
        populations: list[Entiers] = []
        extremes = _extremes(programme, echelle, morceaux, populations)
        if extremes is None:
            return fuites, INACHEVE
        suivi.noter(populations)
        if moyenne_trop_connue(*(np.array([e]) for e in extremes))[0]:
            indices = tuple(np.flatnonzero(morceaux).tolist())
            nom = NOMS[int(cibles.origines[petites[rang]])]
            fuites.append(Fuite(indices, -1, *extremes, "A6", nom))
    return fuites, ""


class _Suivi:
    """The least and greatest mean met so far of each small set."""

    def __init__(self, echelle: _Echelle, ensembles: csr_array) -> None:
        self.echelle, self.ensembles = echelle, ensembles
        self.bas = np.full(ensembles.shape[0], np.inf)
        self.haut = np.full(ensembles.shape[0], -np.inf)

    def noter(self, populations: list[Entiers]) -> None:
        """Take populations that agree with what is shown."""
        for x in populations:
            moyennes = self.echelle.moyennes(self.ensembles @ x)
            self.bas, self.haut = np.fmin(self.bas, moyennes), np.fmax(self.haut, moyennes)

    def ouverte(self, rang: int) -> bool:
        """Return whether nothing yet proves that the mean of a set is unknown."""
        bas, haut = self.bas[[rang]], self.haut[[rang]]
        return bool(haut[0] < bas[0] or moyenne_trop_connue(bas, haut)[0])


def _extremes(
    programme: Programme, echelle: _Echelle, morceaux: Entiers, populations: list[Entiers]
) -> tuple[float, float] | None:
    """Return the least and greatest mean (Dinkelbach's method on a ratio of two sums).

    Populations met on the way are added to ``populations``.
    """
    trouves = []
    for sens in (-1.0, 1.0):
        moyenne = float(np.nanmean(echelle.valeurs))
        for _ in range(_TOURS):
            solution = programme.extreme(sens * echelle.objectif(morceaux, moyenne))
            if solution.x is None:
                return None
            populations.append(solution.x)
            suivante = echelle.moyennes(morceaux[None, :] @ solution.x)[0]
            if not np.isfinite(suivante) or abs(suivante - moyenne) <= _ARRONDI:
                break
            moyenne = float(suivante)
        trouves.append(moyenne)
    return trouves[0], trouves[1]
