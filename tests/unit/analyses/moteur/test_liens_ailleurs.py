"""Wherever something is shown of what decides, what depends on it is attacked anew: each door shut.

Each door was once open without a test to tell: a mean, the sizes of groups, the wall.
"""

import numpy as np
import pytest

from analyses.confidentialite.moteur.liens import Lien
from analyses.confidentialite.moteur.modele import Nature
from analyses.confidentialite.moteur.mur import DEVINERAIT, exposer
from analyses.confidentialite.moteur.parametres import ORDINAIRE, SENSIBLE
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.registre import (
    CellulePubliee,
    MoyennePubliee,
    Population,
    Registre,
)
from analyses.confidentialite.moteur.relecture import relire
from analyses.confidentialite.moteur.tailles import retenir
from analyses.confidentialite.moteur.unites import Axe, Dimension, Groupe, Personnes, Unites

OUI_NON = ("oui", "non", "_sr")
RAISONS = ("prix", "attente", "_sr")


def renonce(parametres):
    return Question("renonce", OUI_NON, parametres=parametres)


def pourquoi(mere, *codes):
    """Return a question asked after some answers only."""
    lien = Lien((mere,), {(code,): code in codes for code in mere.reponses})
    return Question("pourquoi", RAISONS, parametres=mere.parametres, lien=lien)


def salle(oui, raisons, nombre, nom="salle"):
    """Return persons: so many said yes, so many gave each reason; « renonce » is a dimension too."""
    venue = np.array([0] * oui + [1] * (nombre - oui))
    dites = np.repeat(np.arange(3), [*raisons, nombre - sum(raisons)])
    return Donnees(
        Personnes(
            {nom: Dimension(nom, ("s1",)), "renonce": Dimension("renonce", ("oui", "non"))},
            {nom: np.zeros(nombre, np.int64), "renonce": venue},
        ),
        np.array([f"{rang:032x}" for rang in range(nombre)]),
        {"renonce": venue, "pourquoi": dites},
    )


def registre(d, question, predicat):
    """Return a register where all the counts of a question were shown, exact, for everybody."""
    tous = Population(predicat, frozenset(d.uids.tolist()))
    nombres = np.bincount(np.asarray(d.reponses[question.nom]), minlength=len(question.reponses))
    tenu = Registre()
    tenu.ajouter(
        [tous],
        [
            CellulePubliee(question.nom, tous.empreinte, (code,), n, n, Nature.EXACT)
            for code, n in zip(question.reponses, nombres.tolist(), strict=True)
        ],
    )
    return tenu, tous


@pytest.mark.parametrize("avec_les_raisons", [True, False])
def test_the_wall_does_not_show_who_said_yes_beside_exact_reasons_shown_before(avec_les_raisons):
    """Sixteen gave a reason; « entre 3 et 17 » said yes: one at most said yes and not why."""
    d = salle(17, (8, 8), 20)
    mere = renonce(ORDINAIRE)
    ici = Groupe((Axe("salle", ("s1",)),))
    raisons = pourquoi(mere, "oui")
    tenu, _ = registre(d, raisons, ici.predicat)
    questions = [mere, raisons] if avec_les_raisons else [mere]
    vus = exposer(d, questions, ici, tenu, cle=b"k")
    assert ("renonce" in {t.question for t in vus.tableaux}) is not avec_les_raisons
    if avec_les_raisons:
        assert ("renonce", DEVINERAIT) in {(r.question, r.motif) for r in vus.refus}


@pytest.mark.parametrize("avec_les_raisons", [True, False])
def test_groups_by_an_answer_are_not_sized_beside_exact_reasons(avec_les_raisons):
    """Twenty-two groups of « oui », twenty reasons: two said yes and not why."""
    d = salle(22, (10, 10), 44)
    mere = renonce(SENSIBLE)
    raisons = pourquoi(mere, "oui")
    tenu, _ = registre(d, raisons, Groupe(()).predicat)
    ensemble = [mere, raisons] if avec_les_raisons else [mere]
    unites = [Unites(d.personnes, SENSIBLE.n_min, groupantes={"renonce": mere}, cle=b"k")]
    gardees = retenir(d, {"renonce": ensemble}, [("renonce",)], unites, tenu).gardees
    assert gardees == ([] if avec_les_raisons else [("renonce",)])


@pytest.mark.parametrize("dite", [True, False])
def test_a_mean_of_the_scale_that_decides_is_read_beside_what_depends_on_it(dite):
    """« 1,0 » says that all who answered said 1: that nobody else answered is then known."""
    echelle = Question("note", ("1", "2", "3", "4", "_sr"), valeurs=(1.0, 2.0, 3.0, 4.0, None))
    raisons = pourquoi(echelle, "1")
    nombre = 40
    d = salle(nombre, (15, 15), nombre)
    d = Donnees(
        d.personnes,
        d.uids,
        {"note": np.zeros(nombre, np.int64), "pourquoi": d.reponses["pourquoi"]},
    )
    tenu, tous = registre(d, raisons, Groupe(()).predicat)
    if dite:
        tenu.ajouter([], [], moyennes=[MoyennePubliee("note", tous.empreinte, 100)])
    [(_, audit)] = relire(d, [raisons], tenu)
    assert audit.sur is not dite


def montrees(d, *cellules):
    """Return a register of these cells, shown of everybody: question, answer, bounds."""
    tous = Population(Groupe(()).predicat, frozenset(d.uids.tolist()))
    tenu = Registre()
    dites = [
        CellulePubliee(nom, tous.empreinte, (code,), bas, haut, Nature.EXACT)
        for nom, code, bas, haut in cellules
    ]
    tenu.ajouter([tous], dites)
    return tenu


@pytest.mark.parametrize("muets", [4, 12])
def test_who_was_asked_after_either_of_two_answers_and_kept_silent_is_one_count(muets):
    """Four silent of twenty asked: two and two, or none and four, each apart still in the dark."""
    mere = Question("renonce", ("oui", "parfois", "non", "_sr"))
    raisons = pourquoi(mere, "oui", "parfois")
    venue, dite = np.repeat([0, 1, 2, 3], [10, 10, 25, 10]), np.full(55, 2)
    for debut in (0, 10):
        ceux = np.arange(debut, debut + 10 - muets // 2)
        dite[ceux] = ceux % 2
    d = salle(10, (8, 8), 55)
    d = Donnees(d.personnes, d.uids, {"renonce": venue, "pourquoi": dite})
    tenu = montrees(
        d,
        *(("renonce", code, n, n) for code, n in (("oui", 10), ("parfois", 10), ("non", 25))),
        *(("pourquoi", code, n, n) for code, n in (("_sr", 35 + muets),)),
    )
    [(_, audit)] = relire(d, [raisons], tenu)
    assert audit.sur is (muets > SENSIBLE.m)


@pytest.mark.parametrize("lait", [38, 20])
def test_a_tick_that_no_condition_names_tells_how_few_were_silent(lait):
    """Thirty-eight of forty ticked « lait »: two at most refused, were silent or wanted nothing."""
    codes = ("pain", "lait", "rien", "_pnr", "_sr")
    mere = Question("aides", codes, multiple=True, seules=frozenset({"rien", "_pnr", "_sr"}))
    situations = {
        (frozenset(coches),): "pain" in coches
        for coches in ((), ("pain",), ("rien",), ("_pnr",), ("_sr",))
    }
    suite = Question("suite", RAISONS, lien=Lien((mere,), situations))
    coches = np.zeros((40, 5), bool)
    coches[:10, 0] = coches[:lait, 1] = True
    coches[lait:, 4] = True
    dite = np.where(np.arange(40) < 10, np.arange(40) % 2, 2)
    d = salle(10, (5, 5), 40)
    d = Donnees(d.personnes, d.uids, {"aides": coches, "suite": dite})
    tenu = montrees(
        d, ("aides", "pain", 10, 10), ("aides", "lait", lait, lait), ("suite", "prix", 0, 40)
    )
    [(_, audit)] = relire(d, [suite], tenu)
    assert audit.sur is (lait == 20)
