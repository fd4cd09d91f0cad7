"""Answers that erased persons may have given, so that the protector has a whole population to move.

It starts from a population that agrees with every sum; the real one has holes. Any that agrees with
what was published will do: what is decided *now* concerns present persons, whose answers are known,
and the auditor, which never sees this invention as the truth, judges the result.
"""

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array

from .modele import Booleens, Entiers, Probleme, contraintes, respecte
from .solveur import minimiser_en_entiers

_LARGE = 10.0
"""Relative gap at which any population will do."""


def completer(probleme: Probleme, fixes: Booleens, bas: Entiers, haut: Entiers) -> Probleme | None:
    """Return the problem with answers for everybody; ``None`` when none agrees with the register.

    ``fixes``: cells published already, shown between ``bas`` and ``haut``.
    """
    if not probleme.erases.any():
        return probleme
    dessous = np.where(fixes, bas, 0)
    dessus = np.where(fixes, haut, probleme.bases)
    ecrites = contraintes(probleme, dessous, dessus)
    connus = probleme.verite.ravel().astype(np.float64)
    # Like those who stayed: an unlikely answer would ask for room that nobody needs.
    parts = probleme.verite.sum(axis=0) / max(1, int(probleme.verite.sum()))
    couts = np.tile(1.0 - parts, probleme.nb_morceaux)
    plafonds = connus + np.repeat(probleme.erases, probleme.nb_reponses)
    lignes = (csr_array(ecrites.matrice), ecrites.bas, ecrites.haut)
    trouve = minimiser_en_entiers(couts, lignes, (connus, plafonds), _LARGE)
    if not trouve.fini:
        return None
    x = np.rint(trouve.x).astype(np.int64).reshape(probleme.verite.shape)
    if not respecte(probleme, dessous, dessus, x):
        return None
    return replace(probleme, verite=x, disparus=None)
