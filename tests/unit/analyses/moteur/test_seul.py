"""Whoever runs the program on every truth of a small group that stands alone learns nothing too well."""

from collections import defaultdict
from itertools import product
from math import comb

import numpy as np
import pytest

from analyses.confidentialite.moteur import ebauche, seul
from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.parametres import ORDINAIRE, SENSIBLE
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.unites import Dimension, Personnes

from .enumerateur import regle_enfreinte


def verites(n, combien):
    return [x for x in product(range(n + 1), repeat=combien) if sum(x) == n]


def vue(comptes, parametres, dimension=None):
    """Return what one closing shows of everybody: the interval of each answer."""
    n = sum(comptes)
    lieux = Personnes({}, {}, n)
    if dimension:
        lieux = Personnes({"lieu": dimension}, {"lieu": np.arange(n) % len(dimension.codes)})
    question = Question("q", tuple(f"r{k}" for k in range(len(comptes))), parametres=parametres)
    donnees = Donnees(
        lieux,
        np.array([f"{rang:032x}" for rang in range(n)]),
        {"q": np.repeat(np.arange(len(comptes)), comptes)},
    )
    plan = [("lieu",)] if dimension else []
    resultat = cloturer(donnees, [question], plan, cle=b"k")
    (table,) = [t for t in resultat.tableaux if not t.ventilation]
    return tuple((c.bas, c.haut) for c in table.lignes[0].cellules)


def trop_connus(n, combien, parametres):
    """Return what a reader finds who runs the program on each truth; and how many counts are exact."""
    memes, exactes = defaultdict(list), 0
    for x in verites(n, combien):
        montre = vue(x, parametres)
        assert all(bas <= dit <= haut for (bas, haut), dit in zip(montre, x, strict=True))
        memes[montre].append(x)
        exactes += sum(bas == haut for bas, haut in montre)
    fautes = [
        (x, rang)
        for possibles in memes.values()
        for rang in range(combien)
        for x in possibles
        if regle_enfreinte(
            n,
            min(p[rang] for p in possibles),
            max(p[rang] for p in possibles),
            x[rang],
            parametres,
        )
    ]
    return fautes, exactes


CAS = [(8, ORDINAIRE, 20), (11, SENSIBLE, 18), (14, SENSIBLE, 60)]


@pytest.mark.parametrize(("n", "parametres", "exactes_au_moins"), CAS)
def test_the_program_run_on_each_truth_says_no_more(n, parametres, exactes_au_moins):
    fautes, exactes = trop_connus(n, 3, parametres)
    assert fautes == []
    assert exactes >= exactes_au_moins


def test_it_said_that_nobody_had_answered_so(monkeypatch):
    """Eight persons: « moins de 3, entre 3 et 5, entre 3 et 5 » was shown of 0, 4, 4 and of nothing else."""
    monkeypatch.setattr(ebauche, "montrer_seul", lambda probleme, consigne: None)
    assert ((0, 4, 4), 0) in trop_connus(8, 3, ORDINAIRE)[0]


def test_what_gives_way_is_said_as_narrowly_as_the_others_leave_it():
    montre = vue((2, 30, 28), SENSIBLE)
    assert montre[0] == (0, 4)
    assert sorted(haut - bas for bas, haut in montre) == [0, 4, 4]


def test_groups_beside_it_or_too_many_truths_are_left_to_the_repair(monkeypatch):
    rendus = []

    def suivre(probleme, consigne):
        rendus.append(seul.montrer_seul(probleme, consigne))
        return rendus[-1]

    monkeypatch.setattr(ebauche, "montrer_seul", suivre)
    vue((5, 5, 20), SENSIBLE)
    vue((5, 5, 20), SENSIBLE, Dimension("lieu", ("S1", "S2")))
    vue((5, 5, 5, 5, 20), SENSIBLE)
    assert comb(40 + 4, 4) > seul.AU_PLUS
    assert [r is not None for r in rendus] == [True, False, False]
