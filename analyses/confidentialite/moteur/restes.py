"""Auditor: what is left of a group once the parts of it that may be told are taken away.

« Everybody, less A, less B »: with a pencil, what the parts that show a band hold together. §4.4 attacks
differences of two groups, and small sets by any combination of groups; of the larger sets that more
than two tell, these are the ones that a reader writes down.
"""

import numpy as np
from scipy.sparse import csr_array, vstack

from .cibles import RESTE, Cibles, a_risque
from .modele import Booleens, Entiers, Probleme


def avec_les_restes(probleme: Probleme, cibles: Cibles, paires: Entiers) -> tuple[Cibles, Entiers]:
    """Return targets and pairs (target, class), with what is left of each family, class by class.

    Taken away: the parts where a class is neither small nor nearly everybody, which may be shown. What
    was shown before as it is now, and audited then, is not judged anew.
    """
    dicibles = ~a_risque(probleme, probleme.groupes)
    nouvelles = _nouvelles(probleme)
    trouves: dict[tuple[bytes, int], Entiers] = {}
    for tout, parties in probleme.familles:
        entiere = probleme.groupes[[tout]].toarray()[0]
        membres = probleme.groupes[list(parties)].toarray()
        for classe in np.flatnonzero(nouvelles[[tout, *parties]].any(axis=0)).tolist():
            reste = entiere - dicibles[list(parties), classe] @ membres
            if (reste >= 0).all() and 0 < reste.sum() < entiere.sum():
                trouves[reste.tobytes(), classe] = reste
    if not trouves:
        return cibles, paires
    classes = np.array([classe for _, classe in trouves], dtype=np.int64)
    lignes = csr_array(np.array(list(trouves.values()), dtype=np.int64))
    risque = a_risque(probleme, lignes)[np.arange(classes.size), classes]
    lignes, classes = lignes[np.flatnonzero(risque)], classes[risque]
    siennes = np.column_stack([cibles.tailles.size + np.arange(classes.size), classes])
    tous = Cibles(
        csr_array(vstack([cibles.ensembles, lignes])),
        np.concatenate([cibles.tailles, np.asarray(lignes @ probleme.tailles)]),
        np.concatenate([cibles.origines, np.full(classes.size, RESTE)]),
        cibles.inacheve,
    )
    return tous, np.concatenate([paires, siennes])


def _nouvelles(probleme: Probleme) -> Booleens:
    """Return groups × classes: where a cell says something that was not said before."""
    neuves = np.zeros((probleme.groupes.shape[0], len(probleme.classes)), dtype=np.bool_)
    anciennes = probleme.anciennes
    for rang, (groupe, classe) in enumerate(probleme.cellules.tolist()):
        neuves[groupe, classe] |= anciennes is None or not anciennes[rang]
    return neuves
