"""Auditor: what publications audited before already told of a set of persons, erased since.

Rule A4 asks whether a count *is* small. Once its persons have erased their answers nobody can tell,
but the audit of that day did, while they were there. So where a set was a target then, and nothing
shown since tells more of it, its verdict stands; where something does, the worst is assumed.
"""

import numpy as np
from scipy.sparse import csr_array

from .cibles import cibles_de
from .modele import Booleens, Entiers, Probleme
from .temoins import Programme


class Memoire:
    """The past of one problem: its cells alone, and the targets that they were attacked for."""

    def __init__(self, probleme: Probleme) -> None:
        self.probleme = probleme
        self._bas, self._haut = np.zeros_like(probleme.bases), probleme.bases
        self._programme: Programme | None = None
        self._cibles: set[bytes] | None = None

    def bornes(self, morceaux: Entiers, classe: int, objectif: Entiers) -> tuple[int, int] | None:
        """Return proved bounds of a count by the past alone; ``None`` if it was no target of it."""
        anciennes = self.probleme.anciennes
        if anciennes is None or not self._etait_attaquee(anciennes, morceaux, classe):
            return None
        programme = self._seule()
        dessus, oppose = programme.au_plus(objectif), programme.au_plus(-objectif)
        if dessus is None or oppose is None:
            return None
        n = int(self.probleme.tailles[morceaux].sum())
        return max(0, -oppose), min(n, dessus)

    def montrer(self, bas: Entiers, haut: Entiers) -> None:
        """Take what the past cells show; the others say nothing."""
        anciennes = self.probleme.anciennes
        if anciennes is not None:
            self._bas = np.where(anciennes, bas, 0)
            self._haut = np.where(anciennes, haut, self.probleme.bases)

    def _seule(self) -> Programme:
        if self._programme is None:
            self._programme = Programme(self.probleme)
        self._programme.montrer(self._bas, self._haut)
        return self._programme

    def _etait_attaquee(self, anciennes: Booleens, morceaux: Entiers, classe: int) -> bool:
        """Return whether a past audit looked at this class in this very set of persons."""
        if not anciennes.any():
            return False
        dites = self.probleme.cellules[anciennes, 1]
        if classe >= self.probleme.nb_reponses and classe not in dites:
            return False
        dedans = np.zeros(self.probleme.nb_morceaux, dtype=np.bool_)
        dedans[morceaux] = True
        return _marque(dedans) in self._cibles_passees(anciennes)

    def _cibles_passees(self, anciennes: Booleens) -> set[bytes]:
        """List the targets of the groups shown before, as sets of pieces of today."""
        if self._cibles is None:
            rangs = np.unique(self.probleme.cellules[anciennes, 0])
            colonnes = self.probleme.groupes[rangs].toarray().astype(np.bool_)
            vues = np.flatnonzero(colonnes.any(axis=0))
            uniques, inverse = np.unique(colonnes[:, vues], axis=1, return_inverse=True)
            places = inverse.reshape(-1)
            tailles = np.bincount(
                places, weights=self.probleme.tailles[vues], minlength=uniques.shape[1]
            )
            passees = cibles_de(
                csr_array(uniques.astype(np.int64)),
                tailles.astype(np.int64),
                self.probleme.parametres.n_min,
            )
            self._cibles = set()
            if not passees.inacheve:
                ensembles = passees.ensembles.toarray().astype(np.bool_)
                larges = np.zeros((len(ensembles), self.probleme.nb_morceaux), dtype=np.bool_)
                larges[:, vues] = ensembles[:, places]
                self._cibles = {_marque(ligne) for ligne in larges}
        return self._cibles


def _marque(dedans: Booleens) -> bytes:
    return np.packbits(dedans).tobytes()
