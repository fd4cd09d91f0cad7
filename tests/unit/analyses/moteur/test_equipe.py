"""Work shared between processes gives what one alone gives, whatever happens to one of them."""

import os
import signal

import numpy as np
import pytest

from analyses.confidentialite.moteur import cloture as entree
from analyses.confidentialite.moteur.cloture import cloturer
from voix.commun.equipe import repartir

from .test_cloture import CHOIX, MULTIPLE, donnees, population


def commencer(facteur):
    return {"facteur": facteur, "pid": os.getpid()}


def multiplier(place, nombre):
    return place["facteur"] * nombre, place["pid"]


def mourir_loin(place, ici):
    """Kill the process, unless it is the one that asked."""
    if os.getpid() != ici:
        os.kill(os.getpid(), signal.SIGKILL)
    return place["facteur"]


def rater(_place):
    raise ValueError("faux")


def test_results_come_in_the_order_of_the_tasks():
    seuls = repartir(commencer, (3,), multiplier, [(n,) for n in range(6)], ensemble=False)
    ensemble = repartir(commencer, (3,), multiplier, [(n,) for n in range(6)], ensemble=True)
    assert [r for r, _ in seuls] == [r for r, _ in ensemble] == [0, 3, 6, 9, 12, 15]
    assert {pid for _, pid in seuls} == {os.getpid()}
    if len(os.sched_getaffinity(0)) > 1:
        assert os.getpid() not in {pid for _, pid in ensemble}


def test_a_killed_process_loses_nothing():
    assert repartir(commencer, (7,), mourir_loin, [(os.getpid(),)] * 3, ensemble=True) == [7, 7, 7]


def test_an_error_is_the_error_of_the_task():
    with pytest.raises(ValueError, match="faux"):
        repartir(commencer, (1,), rater, [(), ()], ensemble=True)


def test_a_closing_is_the_same_alone_and_together(monkeypatch):
    ici = donnees(population(320, graine=3, territoires=2, structures=2))
    questions, plan = (CHOIX, MULTIPLE), [("lieu",), ("public",)]
    ensemble = cloturer(ici, questions, plan, cle=b"secret")
    monkeypatch.setattr(entree, "A_PLUSIEURS", np.inf)
    seul = cloturer(ici, questions, plan, cle=b"secret")
    assert ensemble.tableaux == seul.tableaux
    assert ensemble.refus == seul.refus
    assert set(ensemble.populations) == set(seul.populations)
    assert ensemble.cellules == seul.cellules
    assert ensemble.regroupements == seul.regroupements
