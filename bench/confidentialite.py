"""The engine of confidentiality on populations of 34 to 20 000: leaks, precision, time, memory.

    python -m bench.confidentialite [--tailles 34,110,420,2000,20000,cube]

Each population is closed in a new process with three questions and the three groupings of a real
plan; « cube » is one table of 462 cells in three dimensions. Leaks are counted twice: by the final
audit, and by an attacker written apart with ``scipy`` only, on targets taken by chance. Tiny
populations are then enumerated whole, and small tables compared with the best display that the
auditor accepts. Seconds are of processor, the machine may do other things; those of the processes that
share the questions are counted, with the greatest memory that one of them took, times how many they are.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import combinations, islice, product
from typing import Any

import numpy as np

from analyses.confidentialite.moteur.auditeur import Auditeur, auditer
from analyses.confidentialite.moteur.cibles import cibles_de
from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.modele import Affichage, Booleens, Nature, Probleme
from analyses.confidentialite.moteur.parametres import ORDINAIRE, Parametres
from analyses.confidentialite.moteur.presentation import Consigne, Presentation
from analyses.confidentialite.moteur.protecteur import proteger
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.resultats import Cloture
from analyses.confidentialite.moteur.unites import Dimension, Personnes
from tests.unit.analyses.moteur.attaquant import Attaque, vues
from tests.unit.analyses.moteur.enumerateur import (
    combien,
    ensembles_a_attaquer,
    intervalles,
    regle_enfreinte,
)
from tests.unit.analyses.moteur.fabrique import tableau
from tests.unit.analyses.moteur.populations import PLAN, population

LIEUX = {34: (2, 2), 110: (3, 3), 420: (10, 3), 2000: (10, 4), 20000: (10, 4)}
"""Territoires and structures a territoire."""
ATTAQUES = {34: 400, 110: 150, 420: 60, 2000: 30, 20000: 30}
CODES = ("jamais", "parfois", "souvent", "toujours", "_sr")
QUESTIONS = (
    Question("repas", CODES),
    Question(
        "aides",
        ("a", "b", "c", "d", "rien", "_pnr", "_sr"),
        multiple=True,
        seules=frozenset({"rien", "_pnr", "_sr"}),
    ),
    Question("accueil", ("oui", "non", "_sr"), parametres=ORDINAIRE),
)
TINY = Parametres("SENSIBLE", n_min=4, m=2, w=1, c=1)
ESSAIS = 4_000
"""Displays tried at most to find the best one of a small table."""


def _donnees(nombre: int) -> Donnees:
    territoires, structures = LIEUX[nombre]
    pop = population(nombre, graine=7, territoires=territoires, structures=structures, reponses=5)
    hasard = np.random.default_rng(nombre)
    return Donnees(
        pop.personnes,
        np.array([f"u{i:06d}" for i in range(nombre)]),
        {
            "repas": pop.reponses,
            "aides": _coches(hasard, nombre),
            "accueil": hasard.choice(3, size=nombre, p=[0.7, 0.25, 0.05]),
        },
    )


def _coches(hasard: np.random.Generator, nombre: int) -> Booleens:
    """Return persons who ticked some of four answers, none of them, or said nothing."""
    coches = np.zeros((nombre, 7), np.bool_)
    coches[:, :4] = hasard.random((nombre, 4)) < [0.4, 0.2, 0.1, 0.05]
    muettes = np.flatnonzero(~coches.any(axis=1))
    coches[muettes, hasard.choice([4, 5, 6], muettes.size, p=[0.7, 0.05, 0.25])] = True
    return coches


def _cube() -> tuple[Donnees, Question]:
    """Return 6 × 5 groups and 10 answers: 462 cells with the margins."""
    hasard, nombre = np.random.default_rng(462), 1500
    dimensions = {
        nom: Dimension(nom, tuple(f"{nom}{i}" for i in range(taille)))
        for nom, taille in (("lieu", 6), ("public", 5))
    }
    codes = {
        "lieu": hasard.choice(6, size=nombre, p=hasard.dirichlet(np.full(6, 4.0))),
        "public": hasard.choice(5, size=nombre, p=hasard.dirichlet(np.full(5, 4.0))),
    }
    reponses = hasard.choice(10, size=nombre, p=hasard.dirichlet(np.full(10, 1.5)))
    question = Question("q", tuple(f"r{i}" for i in range(10)))
    uids = np.array([f"u{i:06d}" for i in range(nombre)])
    return Donnees(Personnes(dimensions, codes), uids, {"q": reponses}), question


def mesurer(nom: str) -> dict[str, Any]:
    """Close one population in this process."""
    if nom == "cube":
        donnees, question = _cube()
        questions: tuple[Question, ...] = (question,)
        plan: list[tuple[str, ...]] = [("lieu", "public")]
    else:
        donnees, questions, plan = _donnees(int(nom)), QUESTIONS, list(PLAN)
    mur, debut = time.perf_counter(), _processeur()
    cloture = cloturer(donnees, questions, plan, cle=b"banc")
    secondes, attente = _processeur() - debut, time.perf_counter() - mur
    memoire = _memoire(len(questions))
    cellules = cloture.cellules
    largeurs = [c.haut - c.bas for c in cellules]
    combien_ = ATTAQUES.get(int(nom), 30) if nom != "cube" else 30
    return {
        "population": nom,
        "tableaux": len(cloture.tableaux),
        "refuses": len(cloture.refus),
        "cellules": len(cellules),
        "exactes": sum(largeur == 0 for largeur in largeurs) / max(1, len(cellules)),
        "largeur": float(np.mean(largeurs)) if largeurs else 0.0,
        "largeur_points": _points(cloture),
        "auditeur": int(any(not t.certificat.sur for t in cloture.tableaux)),
        "attaquant": sum(_fuites(donnees, cloture, q, combien_) for q in questions),
        "secondes": secondes,
        "attente": attente,
        "memoire": memoire,
    }


def _processeur() -> float:
    """Return the seconds of processor of this process and of those that it waited for."""
    usages = [resource.getrusage(qui) for qui in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in usages)


def _memoire(taches: int) -> float:
    """Return the most megabytes that were held at once: a process a core, all as large as the largest."""
    moi, enfant = (
        resource.getrusage(qui).ru_maxrss / 1024
        for qui in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return moi + enfant * min(taches, len(os.sched_getaffinity(0)))


def _points(cloture: Cloture) -> float:
    """Return the mean width of intervals, in points of share of their group."""
    parts = [
        100 * (c.haut - c.bas) / ligne.effectif
        for t in cloture.tableaux
        for ligne in t.lignes
        for c in ligne.cellules
    ]
    return float(np.mean(parts)) if parts else 0.0


def _fuites(donnees: Donnees, cloture: Cloture, question: Question, nombre: int) -> int:
    cellules = vues(donnees, cloture, question.nom)
    if not cellules:
        return 0
    comptes = donnees.comptes(question)
    vrais = {
        uid: {code for code, oui in zip(question.reponses, ligne, strict=True) if oui}
        for uid, ligne in zip(donnees.uids.tolist(), comptes.tolist(), strict=True)
    }
    attaque = Attaque(cellules, list(question.reponses), multiple=question.multiple)
    hasard = np.random.default_rng(1)
    return len(attaque.fuites(vrais, question.parametres, hasard=hasard, combien=nombre))


def _enumerer(essais: int) -> tuple[int, int]:
    """Protect tables of a dozen persons and enumerate all that agrees: populations met, leaks."""
    hasard, vues_, fuites = np.random.default_rng(12), 0, 0
    for _ in range(essais):
        p = tableau(hasard.integers(0, 5, size=(3, 2)) + np.array([1, 0]), parametres=TINY)
        if combien(p) > 3000:
            continue
        bas, haut = _proteger(p)
        vues_ += 1
        for (ensemble, classe), (lo, hi) in intervalles(
            p, bas, haut, ensembles_a_attaquer(p)
        ).items():
            n = int(sum(p.tailles[q] for q in ensemble))
            vrai = int(sum(p.verite[q] @ p.classes[classe] for q in ensemble))
            fuites += regle_enfreinte(n, lo, hi, vrai, TINY)
    return vues_, fuites


def _consigne(p: Probleme) -> Consigne:
    rien = np.zeros(p.bases.size, dtype=np.int64)
    totaux = (p.effectifs[p.cellules[:, 0]] == p.effectifs.max()).astype(np.int64)
    ordre = np.random.default_rng(3).random(p.bases.size)
    return Consigne(rien.astype(np.bool_), rien, rien, totaux, ordre)


def _proteger(p: Probleme) -> tuple[Any, Any]:
    cibles = cibles_de(p.groupes, p.tailles, p.parametres.n_min)
    affichage = proteger(p, _consigne(p), Auditeur(p, cibles)).affichage
    if not auditer(p, affichage.bas, affichage.haut, cibles).sur:
        raise SystemExit("the final audit found a leak")
    return affichage.bas, affichage.haut


def _meilleur(p: Probleme) -> int | None:
    """Return the most cells that can be exact, by trying every display; ``None`` if too many."""
    vue = Presentation(p, _consigne(p))
    vue.premier_affichage()
    depart = vue.affichage.copie()
    auditeur = Auditeur(p, cibles_de(p.groupes, p.tailles, p.parametres.n_min))
    for affichage in islice(_affichages(vue, depart), ESSAIS):
        if auditeur.examiner(affichage.bas, affichage.haut, limite=1).sur:
            return int((affichage.bas == affichage.haut).sum())
    return None


def _affichages(vue: Presentation, depart: Affichage) -> Iterator[Affichage]:
    """Iterate over displays, fewest hidden counts first: bands or holes, distribution by distribution."""
    libres = [r for r, n in enumerate(depart.nature) if n is Nature.EXACT]
    for nombre in range(len(libres) + 1):
        for caches in combinations(libres, nombre):
            flous = sorted(
                {int(vue.groupe[r]) for r, n in enumerate(depart.nature) if n is not Nature.EXACT}
                | {int(vue.groupe[r]) for r in caches}
            )
            for trous in product((False, True), repeat=len(flous)):
                vue.affichage = depart.copie()
                for groupe, trou in zip(flous, trous, strict=True):
                    for r in np.flatnonzero(vue.groupe == groupe).tolist():
                        if r in caches or (trou and vue.affichage.nature[r] is not Nature.EXACT):
                            vue.montrer(r, Nature.MASQUE if trou else Nature.MILIEU)
                yield vue.affichage


def _utilite(nombre: int) -> list[tuple[int, int]]:
    """Return, for small tables, how many cells the engine and the best display show exactly."""
    hasard, trouves = np.random.default_rng(5), []
    while len(trouves) < nombre:
        p = tableau(hasard.integers(0, 26, size=(3, 3)) + np.array([9, 2, 0]))
        if (p.effectifs < p.parametres.n_min).any():
            continue
        bas, haut = _proteger(p)
        meilleur = _meilleur(p)
        if meilleur is not None:
            trouves.append((int((bas == haut).sum()), meilleur))
    return trouves


def main() -> None:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--tailles", default="34,110,420,2000,20000,cube")
    lecteur.add_argument("--un", default="")
    options = lecteur.parse_args()
    if options.un:
        print(json.dumps(mesurer(options.un)))
        return
    print(
        f"{'personnes':>9} {'tableaux':>8} {'refusés':>7} {'cellules':>8} {'exactes':>8} "
        f"{'largeur':>8} {'points':>7} {'fuites':>7} {'secondes':>9} {'à la montre':>11} {'Mo':>5}"
    )
    for nom in options.tailles.split(","):
        commande = [sys.executable, "-m", "bench.confidentialite", "--un", nom]
        sortie = subprocess.run(commande, check=True, capture_output=True, text=True).stdout
        m = json.loads(sortie)
        print(
            f"{m['population']:>9} {m['tableaux']:>8} {m['refuses']:>7} {m['cellules']:>8} "
            f"{m['exactes']:>8.0%} {m['largeur']:>8.1f} {m['largeur_points']:>7.1f} "
            f"{m['auditeur']:>3}+{m['attaquant']:<3} {m['secondes']:>8.1f}s "
            f"{m['attente']:>10.1f}s {m['memoire']:>5.0f}",
            flush=True,
        )
    vues_, fuites = _enumerer(40)
    print(f"énumération : {vues_} tableaux minuscules, {fuites} fuite")
    ecarts = _utilite(12)
    moteur, meilleur = (sum(e[i] for e in ecarts) for i in range(2))
    print(f"utilité : {moteur} cellules exactes sur {meilleur} possibles ({len(ecarts)} tableaux)")


if __name__ == "__main__":
    main()
