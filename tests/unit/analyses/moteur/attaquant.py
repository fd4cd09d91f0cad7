"""An attacker written apart from the engine: it reads results as anyone does, and knows who is where.

From published rows (sets of persons, answers, low, high) it builds its own pieces and programs,
with ``scipy`` only, and judges with the plain reading of the rules in ``enumerateur``.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from .enumerateur import regle_enfreinte


@dataclass(frozen=True)
class Vue:
    """One published cell: who was counted, which answers, between what."""

    qui: frozenset
    reponses: tuple
    bas: int
    haut: int


def membres(donnees, groupe):
    """Return the uids of a group, read again from its axes: a code holds all codes below it."""
    dedans = np.ones(donnees.uids.size, bool)
    for axe in groupe.axes:
        dimension = donnees.personnes.dimensions[axe.dimension]
        codes = donnees.personnes.codes[axe.dimension]
        lignees = [dimension.lignee(r) for r in range(len(dimension.codes))]
        ici = np.zeros_like(dedans)
        for code in axe.codes:
            if code == "_nr":
                ici |= codes < 0
            elif code.startswith("_nr("):  # who has this code, and none below it
                ici |= codes == dimension.codes.index(code[4:-1])
            else:
                ici |= np.isin(codes, [r for r, lignee in enumerate(lignees) if code in lignee])
        dedans &= ici
    return frozenset(donnees.uids[dedans].tolist())


def vues(donnees, cloture, question):
    """Return every cell of a question that a closing shows."""
    trouvees = []
    for tableau in cloture.tableaux:
        if tableau.question != question:
            continue
        for ligne in tableau.lignes:
            qui = membres(donnees, ligne.groupe)
            assert len(qui) == ligne.effectif
            trouvees += [Vue(qui, c.reponses, c.bas, c.haut) for c in ligne.cellules]
    return list(dict.fromkeys(trouvees))


class Attaque:
    """Everything known about one question."""

    def __init__(self, cellules, codes, *, multiple=False):
        self.cellules, self.codes, self.multiple = cellules, codes, multiple
        self.groupes = list(dict.fromkeys(c.qui for c in cellules))
        tous = sorted(set().union(*self.groupes))
        signature = {uid: tuple(uid in g for g in self.groupes) for uid in tous}
        par_signature = {}
        for uid in tous:
            par_signature.setdefault(signature[uid], set()).add(uid)
        self.morceaux = [frozenset(m) for m in par_signature.values()]
        self.tailles = [len(m) for m in self.morceaux]
        r = len(codes)
        lignes, bas, haut = [], [], []
        for cellule in cellules:
            ligne = np.zeros((len(self.morceaux), r))
            dedans = [p for p, m in enumerate(self.morceaux) if m <= cellule.qui]
            ligne[np.ix_(dedans, [codes.index(c) for c in cellule.reponses])] = 1
            lignes.append(ligne.ravel())
            bas.append(cellule.bas)
            haut.append(cellule.haut)
        if not multiple:
            for p, taille in enumerate(self.tailles):
                ligne = np.zeros((len(self.morceaux), r))
                ligne[p] = 1
                lignes.append(ligne.ravel())
                bas.append(taille)
                haut.append(taille)
        self.contraintes = LinearConstraint(np.array(lignes), bas, haut)
        self.plafonds = np.repeat(np.array(self.tailles, float), r)

    def bornes(self, ensemble, code):
        """Return the least and greatest count of an answer in a set of persons."""
        objectif = np.zeros((len(self.morceaux), len(self.codes)))
        dedans = [p for p, m in enumerate(self.morceaux) if m <= ensemble]
        objectif[dedans, self.codes.index(code)] = 1
        extremes = []
        for sens in (1, -1):
            solution = milp(
                sens * objectif.ravel(),
                constraints=self.contraintes,
                bounds=Bounds(0, self.plafonds),
                integrality=np.ones(objectif.size),
            )
            assert solution.status == 0, solution.message
            extremes.append(round(sens * solution.fun))
        return tuple(extremes)

    def cibles(self):
        """Return groups, pieces, differences and intersections, as sets of persons."""
        toutes = set(self.groupes) | set(self.morceaux)
        for a in self.groupes:
            for b in self.groupes:
                toutes |= {a & b, a - b}
        return [c for c in toutes if c]

    def fuites(self, vrais, parametres, *, hasard=None, combien=None):
        """Return what can be known too well; ``combien`` targets taken by chance, or all."""
        paires = [(cible, code) for cible in self.cibles() for code in self.codes]
        paires.sort(key=lambda p: (sorted(p[0]), p[1]))
        if combien and len(paires) > combien:
            paires = [paires[i] for i in hasard.choice(len(paires), combien, replace=False)]
        trouvees = []
        for cible, code in paires:
            n, vrai = len(cible), sum(code in vrais[uid] for uid in cible)
            if n >= parametres.n_min and parametres.m <= vrai <= n - parametres.m:
                continue
            bas, haut = self.bornes(cible, code)
            if not bas <= vrai <= haut or regle_enfreinte(n, bas, haut, vrai, parametres):
                trouvees.append((n, code, bas, haut, vrai))
        return trouvees
