"""Auditor: what is left of a group once the parts of it that may be told are taken away.

« Everybody, less A, less B »: with a pencil, what the parts that show a band hold together. §4.4 attacks
differences of two groups, and small sets by any combination of groups; of the larger sets that more
than two tell, these are the ones that a reader writes down. So are parts put together (« young people
and families »): bands of other answers and of other tables may add up around them (ADR 0172).
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np
from scipy.sparse import csr_array, vstack

from .cibles import RESTE, Cibles, a_risque
from .modele import Booleens, Entiers, Probleme

PARTIES_AU_PLUS: Final = 6
"""Parts of a family that are put together in every way: 50 sets. Of more, as the display suggests."""


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
            for ensemble in (reste, *_unions(membres)):
                if (ensemble >= 0).all() and 0 < ensemble.sum() < entiere.sum():
                    trouves[ensemble.tobytes(), classe] = ensemble
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


def _unions(membres: Entiers) -> Iterator[Entiers]:
    """Iterate over parts put together: two at least, and two at least that are not."""
    nombre = len(membres)
    if nombre <= PARTIES_AU_PLUS:
        for combien in range(2, nombre - 1):
            for ensemble in combinations(range(nombre), combien):
                yield membres[list(ensemble)].sum(axis=0)


def reunir_les_cachees(
    probleme: Probleme, bas: Entiers, haut: Entiers
) -> Iterator[tuple[Entiers, int]]:
    """Iterate over parts put together, of large families: those where an answer is hidden, those where not.

    All of them together hold of that answer what the others leave, and so of the next one.
    """
    caches = np.zeros((probleme.groupes.shape[0], len(probleme.classes)), dtype=np.bool_)
    caches[probleme.cellules[:, 0], probleme.cellules[:, 1]] = haut > bas
    nouvelles = _nouvelles(probleme)
    for tout, parties in probleme.familles:
        if len(parties) <= PARTIES_AU_PLUS:
            continue
        membres = probleme.groupes[list(parties)].toarray()
        motifs = np.unique(caches[list(parties)].T, axis=0)
        motifs = np.concatenate([motifs, ~motifs])
        motifs = motifs[(motifs.sum(axis=1) > 1) & (motifs.sum(axis=1) < len(parties))]
        ensembles = motifs.astype(np.int64) @ membres
        neuves = nouvelles[[tout, *parties]].any(axis=0)
        for rang, classe in np.argwhere(
            a_risque(probleme, csr_array(ensembles)) & neuves
        ).tolist():
            yield ensembles[rang], classe


def _nouvelles(probleme: Probleme) -> Booleens:
    """Return groups × classes: where a cell says something that was not said before."""
    neuves = np.zeros((probleme.groupes.shape[0], len(probleme.classes)), dtype=np.bool_)
    anciennes = probleme.anciennes
    for rang, (groupe, classe) in enumerate(probleme.cellules.tolist()):
        neuves[groupe, classe] |= anciennes is None or not anciennes[rang]
    return neuves
