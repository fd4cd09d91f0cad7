"""Protector: several answers to one question, first as if nothing tied them (ADR 0150).

Each answer alone is a small program: who said it in each piece, at most everybody. What leaks there
leaks when all are read together, so what has to give way is found at once where it costs little; the
whole program starts from there and finds the rest.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from .modele import Entiers, Examinateur, Probleme
from .presentation import Consigne, Presentation
from .protecteur import Protection, esquisser, proteger
from .seul import montrer_seul

Auditer = Callable[[Probleme], Examinateur]


def seules(probleme: Probleme, consigne: Consigne) -> Iterator[tuple[Entiers, Probleme]]:
    """Iterate over displayed answers that are still to decide: ranks of the cells, and the problem of one."""
    classes = probleme.cellules[:, 1]
    for classe in np.unique(classes[~consigne.fixes]):
        ici = np.flatnonzero(classes == classe)
        cellules = probleme.cellules[ici].copy()
        cellules[:, 1] = 0
        yield (
            ici,
            replace(
                probleme,
                classes=np.ones((1, 1), dtype=np.int64),
                cellules=cellules,
                verite=(probleme.verite @ probleme.classes[classe])[:, None],
                multiple=True,
                coches=(),
                moyennes=(),
                valeurs=None,
                anciennes=None if probleme.anciennes is None else probleme.anciennes[ici],
            ),
        )


def proteger_ensemble(
    probleme: Probleme, consigne: Consigne, examinateur: Examinateur, auditer: Auditer
) -> Protection:
    """Return the widest display that the auditor accepts, of one answer or of several.

    ``examinateur`` reads all answers together, ``auditer`` makes one for an answer alone.
    """
    seul = montrer_seul(probleme, consigne)
    if seul is not None and (audit := examinateur.examiner(seul.bas, seul.haut)).sur:
        return Protection(seul, audit)
    depart = Presentation(probleme, consigne)
    depart.premier_affichage()
    for ici, seule in seules(probleme, consigne) if probleme.coches else ():
        protection = esquisser(seule, consigne.de(ici), auditer(seule))
        if not protection.sur:
            return Protection(depart.affichage, protection.audit)
        depart.reprendre(ici, protection.affichage, protection.modes)
    return proteger(probleme, consigne, examinateur, depart)
