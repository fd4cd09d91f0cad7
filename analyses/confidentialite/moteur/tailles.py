"""A question that persons are grouped by: its groups' sizes are its own answers, told exactly.

« 34 came by bus » is the size of a group, and a cell of the question « How do you come? ». Sizes
are therefore attacked like any display of that question, with all that was shown of it before; a
grouping whose sizes would expose somebody is given up before anything is broken down by it. What is
kept is a part of the register of that question, whose own tables must then agree with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from analyses.confidentialite.silences import NON_RENSEIGNE, fin

from .modele import Booleens, Entiers, Nature
from .questions import Donnees, Question
from .registre import CellulePubliee, Population, Registre
from .relecture import relire
from .unites import Axe, Dimension, Groupe, Unites

Ventilation = tuple[str, ...]


@dataclass(slots=True)
class Tailles:
    """What the sizes of some groupings tell of the questions that they are made of."""

    gardees: list[Ventilation]
    populations: list[Population] = field(default_factory=list)
    cellules: list[CellulePubliee] = field(default_factory=list)


def retenir(
    donnees: Donnees,
    groupantes: Mapping[str, Sequence[Question]],
    plan: Sequence[Ventilation],
    unites: Sequence[Unites],
    registre: Registre,
) -> Tailles:
    """Give up, finest first, the groupings whose sizes would expose an answer.

    ``groupantes``: by dimension, the question that it is made of, then those whose proof takes
    account of it; the dimension is the last of each grouping.
    ``unites``: the groups shown for each profile of the questions that will be broken down.
    """
    tailles = Tailles(list(dict.fromkeys(plan)))
    for nom, (question, *liees) in groupantes.items():
        siennes = [v for v in tailles.gardees if nom in v]
        while siennes:
            populations, cellules = _maintenant(donnees, question, nom, siennes, unites)
            if _sures(donnees, [question, *liees], registre, populations, cellules):
                tailles.populations += populations
                tailles.cellules += cellules
                break
            fine = max(siennes, key=lambda v: (len(v), siennes.index(v)))
            siennes.remove(fine)
            tailles.gardees.remove(fine)
    return tailles


def _sures(
    donnees: Donnees,
    questions: Sequence[Question],
    registre: Registre,
    populations: Sequence[Population],
    cellules: Sequence[CellulePubliee],
) -> bool:
    """Attack sizes, and all that was shown of the question before."""
    avec = registre.avec(populations, cellules)
    return all(audit.sur for _, audit in relire(donnees, questions, avec, registre))


def _maintenant(
    donnees: Donnees,
    question: Question,
    nom: str,
    ventilations: Sequence[Ventilation],
    unites: Sequence[Unites],
) -> tuple[list[Population], list[CellulePubliee]]:
    populations: dict[Population, None] = {}
    cellules: dict[CellulePubliee, None] = {}
    for profil in unites:
        groupes = {
            groupe: frozenset(donnees.uids[profil.groupes[groupe]].tolist())
            for ventilation in ventilations
            for groupe in profil.ventiler(ventilation)
        }
        ici, dites = en_cellules(question, donnees.personnes.dimensions[nom], groupes)
        populations |= dict.fromkeys(ici)
        cellules |= dict.fromkeys(dites)
    return list(populations), list(cellules)


def en_cellules(
    question: Question, dimension: Dimension, groupes: Mapping[Groupe, frozenset[str]]
) -> tuple[list[Population], list[CellulePubliee]]:
    """Return each size as a cell: the answers of the group's axis, among those of its other axes.

    ``groupes``: displayed together, with their members; those without the dimension say nothing.
    Errors: ``ValueError`` when a group was shown without the one that contains it.
    """
    par_predicat = {groupe.predicat: membres for groupe, membres in groupes.items()}
    rangs = {code: rang for rang, code in enumerate(dimension.codes)}
    des_reponses = np.array([rangs.get(code, -1) for code in question.reponses], np.int64)
    populations: dict[str, Population] = {}
    cellules = []
    for groupe, membres in groupes.items():
        axe = next((a for a in groupe.axes if a.dimension == dimension.nom), None)
        if axe is None:
            continue
        contexte = Groupe(tuple(a for a in groupe.axes if a is not axe)).predicat
        if contexte not in par_predicat:
            raise ValueError(f"{groupe.predicat} was shown without {contexte}")
        population = populations.setdefault(contexte, Population(contexte, par_predicat[contexte]))
        dedans = _dans(dimension, axe, des_reponses)
        reponses = tuple(r for r, oui in zip(question.reponses, dedans, strict=True) if oui)
        n = len(membres)
        cellules.append(
            CellulePubliee(question.nom, population.empreinte, reponses, n, n, Nature.EXACT)
        )
    return list(populations.values()), cellules


def _dans(dimension: Dimension, axe: Axe, rangs: Entiers) -> Booleens:
    """Return which of some ranks of codes an axis holds; -1 is « non renseigné »."""
    avec_enfants = set(dimension.parents)
    lignees = [dimension.lignee(rang) for rang in range(len(dimension.codes))]
    tenus = [
        any(code in axe.codes for code in (*lignee, fin(lignee[-1], avec_enfants)))
        for lignee in lignees
    ]
    table = np.array([*tenus, NON_RENSEIGNE in axe.codes], np.bool_)
    return np.asarray(table[np.where(rangs < 0, len(tenus), rangs)])
