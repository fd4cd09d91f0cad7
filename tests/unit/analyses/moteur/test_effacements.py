"""Attacks after erasures and arrivals: nothing rings falsely, nothing is told by difference.

The attacker of these tests knows what the engine no longer does: the answers of erased persons are
kept here, as an insider who erased their own answer keeps it in mind.
"""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy.sparse import csr_array

from analyses.confidentialite.moteur.auditeur import auditer
from analyses.confidentialite.moteur.certitude import Certitude
from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.parametres import SENSIBLE
from analyses.confidentialite.moteur.registre import Registre
from analyses.confidentialite.moteur.relecture import relire
from analyses.confidentialite.moteur.resultats import TROP_PEU
from analyses.confidentialite.moteur.temoins import Programme

from .attaquant import Attaque, Vue, vues
from .fabrique import exact, probleme
from .populations import PLAN, population
from .test_cloture import CHOIX, CODES, MULTIPLE, OUVERTE, donnees, vrais

QUESTIONS = pytest.mark.parametrize("question", [CHOIX, MULTIPLE], ids=["unique", "multiple"])


def registre_de(*clotures):
    registre = Registre()
    for cloture in clotures:
        registre.ajouter(
            cloture.populations, cloture.cellules, cloture.regroupements, cloture.moyennes
        )
    return registre


def sans(nb, combien, graine):
    """Return ranks left when some, taken by chance, have erased their answers."""
    absents = np.random.default_rng(graine).choice(nb, combien, replace=False)
    return np.setdiff1d(np.arange(nb), absents)


# --- the nightly audit ---------------------------------------------------------------------------


@QUESTIONS
@pytest.mark.parametrize(("nb", "graine", "combien"), [(80, 3, 1), (80, 3, 20), (120, 5, 60)])
def test_erasures_never_ring_the_nightly_audit(nb, graine, combien, question):
    """What was safe the day it was published is safe for ever: nothing more is shown since."""
    pop = population(nb, graine=graine, territoires=2)
    registre = registre_de(cloturer(donnees(pop), [question], PLAN, cle=b"secret"))
    reste = donnees(pop, sans(nb, combien, graine))
    ((_, audit),) = relire(reste, [question], registre)
    assert audit.sur, (audit.inacheve, audit.fuites)


def test_everybody_erased_does_not_ring_either():
    pop = population(80, graine=3, territoires=2)
    registre = registre_de(cloturer(donnees(pop), [CHOIX], PLAN, cle=b"secret"))
    ((_, audit),) = relire(donnees(pop, range(0)), [CHOIX], registre)
    assert audit.sur


def test_a_small_count_that_was_told_rings_whoever_left():
    """Three « yes » of 40 told exactly, then erased: still a leak, found without their answers."""
    reponses = np.array([0] * 3 + [1] * 37)
    connu = probleme([np.ones(40, bool)], reponses, 2)
    bas, haut = exact(connu)
    assert not auditer(connu, bas, haut).sur
    for absents in ([0], [0, 1, 2], list(range(20)), list(range(40))):
        reste = reponses.copy()
        reste[absents] = -1
        fuites = auditer(probleme([np.ones(40, bool)], reste, 2), bas, haut).fuites
        assert {f.regle for f in fuites} & {"A2", "A3", "A4"}


def test_too_little_room_rings_unless_it_is_proved_to_hold_no_small_count():
    """[4, 6] of 40, all erased: it may have been four. [5, 7]: it was not. Exact arithmetic says so."""
    ici = probleme([np.ones(40, bool)], np.full(40, -1), 2)
    petit = auditer(ici, np.array([4, 34]), np.array([6, 36]))
    assert {f.regle for f in petit.fuites} == {"A4"}
    assert auditer(ici, np.array([5, 33]), np.array([7, 35])).sur


def test_an_answer_that_is_known_still_counts_beside_those_erased():
    """Four known « yes » and one erased person: four or five, never fewer, and no more room."""
    reponses = np.array([0] * 4 + [1] * 35 + [-1])
    ici = probleme([np.ones(40, bool)], reponses, 2)
    assert not auditer(ici, np.array([4, 35]), np.array([5, 36])).sur


def partis(*, ancien, nouveau=(0, 40)):
    """Return forty persons, all erased: a cell told of them before, and one told now."""
    ici = probleme([np.ones(40, bool)], np.full(40, -1), 2)
    ici = replace(ici, anciennes=np.array([True, False]))
    return auditer(ici, np.array([ancien[0], nouveau[0]]), np.array([ancien[1], nouveau[1]]))


def test_what_was_judged_while_they_were_there_stands():
    """[4, 6] was shown because it was five or six: the audit of that day knew. Nothing is new."""
    assert partis(ancien=(4, 6)).sur
    assert partis(ancien=(4, 6), nouveau=(34, 36)).sur  # says the same of the other answer


def test_whatever_tells_more_of_those_who_left_is_a_leak():
    """The same [4, 6], and a new cell that makes it [4, 5]: the worst is assumed."""
    assert {f.regle for f in partis(ancien=(4, 6), nouveau=(35, 36)).fuites} == {"A4"}


def test_the_past_excuses_no_other_rule():
    assert {f.regle for f in partis(ancien=(2, 2)).fuites} >= {"A2"}
    assert {f.regle for f in partis(ancien=(1, 4)).fuites} >= {"A3"}
    assert not partis(ancien=(0, 3)).sur  # small for certain: A4 needs no truth


def test_the_past_excuses_no_set_that_it_did_not_attack():
    """35 and 5 of forty told before. Now thirty-eight of them are a group: three to five « no »."""
    groupes = [np.ones(40, bool), np.arange(40) < 38]
    ici = probleme(groupes, np.full(40, -1), 2)
    ici = replace(ici, anciennes=ici.cellules[:, 0] == 0)
    bas, haut = np.array([35, 5, 0, 0]), np.array([35, 5, 38, 38])
    fuites = auditer(ici, bas, haut).fuites
    assert {(f.regle, f.bas, f.haut) for f in fuites if len(f.morceaux) == 1} >= {("A4", 33, 35)}
    # Before they were told apart, nothing was wrong.
    seul = replace(probleme(groupes[:1], np.full(40, -1), 2), anciennes=np.ones(2, bool))
    assert auditer(seul, bas[:2], haut[:2]).sur


def test_a_verdict_given_by_other_thresholds_does_not_stand():
    """Published as an ordinary question, judged since as a sensitive one: the worst is assumed."""
    pop = population(80, graine=3, territoires=2)
    registre = registre_de(cloturer(donnees(pop), [OUVERTE], PLAN, cle=b"secret"))
    reste = donnees(pop, range(0))
    ((_, audit),) = relire(reste, [OUVERTE], registre)
    assert audit.sur
    registre.autres_seuils = frozenset({"q"})
    ((_, audit),) = relire(reste, [OUVERTE], registre)
    assert {f.regle for f in audit.fuites} == {"A4"}


@pytest.mark.parametrize("graine", range(20))
def test_a_proved_bound_is_true_whatever_the_solver_proposes(graine):
    """Multipliers drawn by chance, or none: the bound may be poor, it is never wrong."""
    hasard = np.random.default_rng(graine)
    matrice = csr_array(hasard.integers(0, 2, (4, 5)))
    x = hasard.integers(0, 4, 5)
    plafonds = x + hasard.integers(0, 3, 5)
    bas, haut = matrice @ x - hasard.integers(0, 3, 4), matrice @ x + hasard.integers(0, 3, 4)
    bas, haut = bas.astype(float), haut.astype(float)
    bas[0], haut[1] = -np.inf, np.inf
    objectif = hasard.integers(-1, 2, 5)
    possibles = [
        y
        for y in product(*(range(p + 1) for p in plafonds))
        if ((matrice @ y >= bas) & (matrice @ y <= haut)).all()
    ]
    vrai = max(int(objectif @ y) for y in possibles)
    certitude = Certitude(matrice, plafonds.astype(float))
    for prix in (np.zeros(4), hasard.normal(size=4), np.array([np.nan, np.inf, -1, 1e6])):
        assert certitude.au_plus(objectif, prix, bas, haut) >= vrai


def test_a_proved_bound_is_the_best_one_when_the_solver_is_right():
    ici = probleme([np.ones(40, bool)], np.full(40, -1), 2)
    programme = Programme(ici)
    programme.montrer(np.array([5, 33]), np.array([7, 35]))
    assert programme.au_plus(np.array([1, 0])) == 7
    assert programme.au_plus(np.array([-1, 0])) == -5


# --- a second closing ----------------------------------------------------------------------------

HISTOIRES = {
    "effacements": (range(90), [i for i in range(90) if i % 4]),
    "arrivées": (range(60), range(100)),
    "les deux": (range(80), [i for i in range(110) if i % 4 or i >= 80]),
    "plus d’effacements": (range(90), [i for i in range(100) if i % 3 or i >= 90]),
    "presque tous partis": (range(90), [i for i in range(110) if i >= 88]),
}


REFUSEE = ("les deux", "m")
"""Told whole or not at all, this one would be refused: of twelve persons who stayed, the first closing
alone says « two to five », and they are a group of their own since others left. Rule A4, to the letter."""


@pytest.fixture(params=HISTOIRES, ids=str)
def deux_clotures(request):
    pop = population(110, graine=4, territoires=2)
    avant, apres = (donnees(pop, list(garde)) for garde in HISTOIRES[request.param])
    return request.param, pop, avant, apres


@QUESTIONS
def test_two_closings_compared_expose_nobody(deux_clotures, question):
    histoire, pop, avant, apres = deux_clotures
    premiere = cloturer(avant, [question], PLAN, cle=b"secret")
    seconde = cloturer(apres, [question], PLAN, registre_de(premiere), cle=b"secret")
    # Not silenced: everybody together changed by enough to be told again.
    dits = {t.ventilation for t in seconde.tableaux}
    assert (() in dits) is ((histoire, question.nom) != REFUSEE), seconde.refus
    cellules = vues(avant, premiere, question.nom) + vues(apres, seconde, question.nom)
    attaque = Attaque(
        list(dict.fromkeys(cellules)), list(question.reponses), multiple=question.multiple
    )
    hasard = np.random.default_rng(86)
    tout = vrais(donnees(pop), question)
    assert attaque.fuites(tout, SENSIBLE, hasard=hasard, combien=150) == []
    registre = registre_de(premiere, seconde)
    assert all(audit.sur for _, audit in relire(apres, [question], registre))


def test_those_who_erased_learn_no_small_count_of_others(deux_clotures):
    """Two insiders who erased their answers know them: what others said stays in doubt."""
    _, pop, avant, apres = deux_clotures
    premiere = cloturer(avant, [CHOIX], PLAN, cle=b"secret")
    seconde = cloturer(apres, [CHOIX], PLAN, registre_de(premiere), cle=b"secret")
    dits, p, lues = vrais(donnees(pop), CHOIX), SENSIBLE, 0
    absents = sorted(set(avant.uids.tolist()) - set(apres.uids.tolist()))
    complices = absents[: p.c] or avant.uids[: p.c].tolist()
    cellules = vues(avant, premiere, "q") + vues(apres, seconde, "q")
    for uid in complices:
        (code,) = dits[uid]
        cellules.append(Vue(frozenset({uid}), (code,), 1, 1))
    attaque = Attaque(list(dict.fromkeys(cellules)), list(CODES))
    for qui in attaque.cibles():
        autres = qui - set(complices)
        for code in CODES:
            vrai = sum(code in dits[uid] for uid in autres)
            if autres != qui and autres and (vrai < p.m or len(autres) - vrai < p.m):
                bas, haut = attaque.bornes(autres, code)
                assert bas <= vrai <= haut
                assert haut > bas
                lues += 1
    assert lues


@pytest.mark.parametrize("combien", [1, 5, 10])
def test_a_few_erasures_show_nothing_new(combien):
    pop = population(80, graine=3, territoires=2)
    premiere = cloturer(donnees(pop), [CHOIX], PLAN, cle=b"secret")
    reste = donnees(pop, sans(80, combien, 7))
    seconde = cloturer(reste, [CHOIX], PLAN, registre_de(premiere), cle=b"secret")
    assert seconde.tableaux == []
    assert TROP_PEU in {r.motif for r in seconde.refus}


def test_few_erased_and_as_many_come_are_not_told_by_their_difference():
    """Six leave, six come: the same size, two groups of six, and their difference is a sum of both."""
    pop = population(86, graine=11, territoires=2)
    avant, apres = donnees(pop, range(80)), donnees(pop, range(6, 86))
    premiere = cloturer(avant, [CHOIX], [()], cle=b"secret")
    seconde = cloturer(apres, [CHOIX], [()], registre_de(premiere), cle=b"secret")
    cellules = vues(avant, premiere, "q") + vues(apres, seconde, "q")
    attaque = Attaque(list(dict.fromkeys(cellules)), list(CODES))
    assert attaque.fuites(vrais(donnees(pop), CHOIX), SENSIBLE) == []
