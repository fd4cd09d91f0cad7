"""Means of a scale beside its tables, each attacked with everything else that is shown (§4.5).

A mean is a sum of answers: with the cells of its group, of the others and of the past, it may give
back a small group. So it is shown only if the auditor accepts all of them together. Whether one is
tried is read from what is displayed, never from what is hidden: its absence says nothing more.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from .auditeur import auditer
from .autres_chiffres import moyenne
from .cibles import Cibles
from .ecriture import Decision
from .modele import Entiers, Probleme
from .parametres import PETIT_GROUPE
from .parties import moyenne_dite

ESSAIS: Final = 12
"""Most audits spent on the means of a question. Counted: the same data always say the same."""


def ajouter_moyennes(decision: Decision, cibles: Cibles) -> None:
    """Add to a decision the means that the auditor accepts, largest groups first.

    A population published before says what it said, with a mean or without.
    """
    dossier = decision.dossier
    if dossier.probleme.valeurs is None:
        return
    fixes = dossier.consigne.fixes
    deja = {int(g) for g in dossier.probleme.cellules[fixes, 0]}
    neufs = sorted(
        {dossier.rangs[p.empreinte] for p in dossier.populations.values()} - deja,
        key=lambda g: (-int(dossier.probleme.effectifs[g]), g),
    )
    possibles = {g: v for g in neufs if (v := _a_montrer(decision, g)) is not None}
    # What exact cells give is known already: nothing to attack.
    sures = [g for g in possibles if _toute_exacte(decision, g)]
    sures += _eprouver(decision, cibles, [g for g in possibles if g not in sures], possibles)
    noms = {rang: empreinte for empreinte, rang in dossier.rangs.items()}
    decision.moyennes |= {noms[g]: possibles[g] for g in sorted(sures)}


def _a_montrer(decision: Decision, groupe: int) -> int | None:
    """Return the mean of a group in hundredths, if what is displayed lets it be asked for.

    Under 30 persons a distribution is shown: no mean beside it. From 30 on, cells must show by
    themselves that at least m answers are above the least and m below the greatest.
    """
    dossier, p = decision.dossier, decision.dossier.probleme
    valeurs = dossier.question.valeurs
    if int(p.effectifs[groupe]) < PETIT_GROUPE:
        return None
    connues = [v for v in valeurs if v is not None]
    dits = _au_moins(decision, groupe)
    donnes = [(v, int(b)) for v, b in zip(valeurs, dits, strict=True) if v is not None]
    au_dessus = sum(b for v, b in donnes if v > min(connues))
    au_dessous = sum(b for v, b in donnes if v < max(connues))
    base = sum(b for _, b in donnes)
    if min(au_dessus, au_dessous) < p.parametres.m or base < p.parametres.n_min:
        return None
    comptes = (p.groupes[[groupe]] @ p.verite)[0].tolist()
    vraie = moyenne(comptes, valeurs, p.parametres, distribution_montree=True)
    return None if vraie.valeur is None else round(100 * vraie.valeur)


def _au_moins(decision: Decision, groupe: int) -> Entiers:
    """Return the least count of each answer, as it is displayed alone."""
    cellules = decision.dossier.probleme.cellules
    dits = np.zeros(len(decision.dossier.question.reponses), np.int64)
    for rang in np.flatnonzero(cellules[:, 0] == groupe):
        if cellules[rang, 1] < dits.size:
            dits[cellules[rang, 1]] = decision.bas[rang]
    return dits


def _toute_exacte(decision: Decision, groupe: int) -> bool:
    ici = decision.dossier.probleme.cellules[:, 0] == groupe
    return bool((decision.bas[ici] == decision.haut[ici]).all())


def _eprouver(
    decision: Decision, cibles: Cibles, groupes: list[int], valeurs: dict[int, int]
) -> list[int]:
    """Return the groups whose means, all together, expose nobody: halved when they leak."""
    gardes: list[int] = []
    lots, essais = [groupes] if groupes else [], 0
    while lots and essais < ESSAIS:
        lot = lots.pop(0)
        essais += 1
        partie = decision.dossier.partie
        avec = _avec(partie.probleme, [*gardes, *lot], valeurs)
        # One leak refuses a lot; a lot that is kept is proved in full.
        dits = partie.bornes(decision.bas, decision.haut)
        audit = auditer(avec, *dits, cibles, connues=decision.connues, limite=1)
        if audit.sur:
            gardes += lot
            decision.audit = audit
        elif len(lot) > 1:
            milieu = len(lot) // 2
            lots = [lot[:milieu], lot[milieu:], *lots]
    return gardes


def _avec(probleme: Probleme, groupes: list[int], valeurs: dict[int, int]) -> Probleme:
    neuves = tuple(moyenne_dite(g, valeurs[g]) for g in groupes)
    return replace(probleme, moyennes=(*probleme.moyennes, *neuves))
