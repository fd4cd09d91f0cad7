"""The wall of an atelier, attacked by everybody in the room: bands, never a figure, never alone."""

from itertools import product

import numpy as np
import pytest

from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.mur import DEVINERAIT, Silences, exposer
from analyses.confidentialite.moteur.parametres import ORDINAIRE
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.registre import Registre
from analyses.confidentialite.moteur.unites import Axe, Dimension, Groupe, Personnes

ICI = Groupe((Axe("seance", ("s1",)),))
CODES = ("oui", "non", "_sr")
QUESTION = Question("q", CODES, parametres=ORDINAIRE)
M = ORDINAIRE.m
MUETTES = Silences(("_sr",))
FILTREE = Silences(("_sr",), ("q",))


def donnees(comptes, *, avant="a", dimensions=("seance",)):
    """Return a room: so many persons for each answer."""
    reponses = np.repeat(np.arange(len(comptes)), comptes)
    nombre = reponses.size
    return Donnees(
        Personnes(
            {d: Dimension(d, ("s1",)) for d in dimensions},
            {d: np.zeros(nombre, np.int64) for d in dimensions},
        ),
        np.array([f"{avant}{i:03d}" for i in range(nombre)]),
        {"q": reponses},
    )


def exposee(comptes, silences=MUETTES):
    """Return whether a room sees a question that so many answered so, the last being silent."""
    return bool(exposer(donnees(comptes), [QUESTION], ICI, Registre(), silences=silences).tableaux)


def cellules(cloture):
    return [c for t in cloture.tableaux for ligne in t.lignes for c in ligne.cellules]


def salles(nombre):
    """Return every way in which so many persons answer."""
    return [c for c in product(range(nombre + 1), repeat=3) if sum(c) == nombre]


@pytest.mark.parametrize("nombre", [8, 9, 12])
def test_only_three_bands_are_ever_shown_and_they_are_true(nombre):
    permises = {(0, M - 1), (M, nombre - M), (nombre - M + 1, nombre)}
    montrees = 0
    for comptes in salles(nombre):
        vues = cellules(exposer(donnees(comptes), [QUESTION], ICI, Registre(), cle=b"x"))
        assert {(c.bas, c.haut) for c in vues} <= permises
        for c in vues:
            assert c.bas <= comptes[CODES.index(c.reponses[0])] <= c.haut
        montrees += bool(vues)
    assert montrees > len(salles(nombre)) / 2  # the wall is of some use


@pytest.mark.parametrize("nombre", [8, 9, 12])
def test_who_knows_their_own_answer_and_the_rules_learns_nobodys(nombre):
    """All rooms that look the same, listed: what one insider still does not know."""
    par_affichage = {}
    for comptes in salles(nombre):
        vues = cellules(exposer(donnees(comptes), [QUESTION], ICI, Registre(), cle=b"x"))
        affichage = tuple((c.reponses, c.bas, c.haut) for c in vues)
        par_affichage.setdefault(affichage, []).append(comptes)
    for affichage, possibles in par_affichage.items():
        if not affichage:
            continue
        for mienne in range(3):
            compatibles = [c for c in possibles if c[mienne]]
            if not compatibles:
                continue
            for autre in range(3):
                restes = {c[autre] for c in compatibles}
                # A count may be worked out only where §4.2 would show it: three 3 of nine.
                if len(restes) == 1:
                    assert M <= min(restes) <= nombre - M, (affichage, mienne, autre)
                # Nobody else, or everybody else, is never known to have answered so.
                des_autres = {n - (autre == mienne) for n in restes}
                assert des_autres - {0}, (affichage, mienne, autre)
                assert des_autres - {nombre - 1}, (affichage, mienne, autre)


@pytest.mark.parametrize("nombre", range(8))
def test_fewer_than_eight_see_nothing(nombre):
    resultat = exposer(donnees((nombre, 0, 0)), [QUESTION], ICI, Registre())
    assert resultat.tableaux == []
    assert "Effectif insuffisant" in resultat.refus[0].motif


def test_bands_that_would_let_somebody_guess_are_refused_in_words():
    resultat = exposer(donnees((5, 2, 1)), [QUESTION], ICI, Registre())
    assert resultat.tableaux == []
    assert [refus.motif for refus in resultat.refus] == [DEVINERAIT]


def test_a_sensitive_question_is_never_on_the_wall():
    sensible = Question("q", CODES)
    resultat = exposer(donnees((20, 20, 0)), [sensible], ICI, Registre())
    assert resultat.tableaux == []
    assert resultat.populations == []


def test_unanimous_and_all_but_one_are_shown_the_same():
    affichages = [
        [(c.bas, c.haut) for c in cellules(exposer(donnees(c), [QUESTION], ICI, Registre()))]
        for c in ((10, 0, 0), (9, 1, 0), (8, 2, 0))
    ]
    assert affichages[0] == affichages[1] == affichages[2]


@pytest.mark.parametrize("reste", [(1, 0, 0), (0, 1, 0), (0, 0, 1)])
@pytest.mark.parametrize("salle", [(5, 4, 0), (9, 0, 0), (4, 3, 2)])
def test_the_closing_after_the_wall_does_not_tell_the_one_who_was_not_there(salle, reste):
    """Nine in the room, one by an open link: the closing of all ten is audited with the wall."""
    ici = donnees(salle)
    mur = exposer(ici, [QUESTION], ICI, Registre(), cle=b"x")
    registre = Registre()
    registre.ajouter(mur.populations, mur.cellules)
    dehors = donnees(reste, avant="z")
    tous = Donnees(
        Personnes(ici.personnes.dimensions, {"seance": np.array([0] * sum(salle) + [-1])}),
        np.concatenate([ici.uids, dehors.uids]),
        {"q": np.concatenate([ici.reponses["q"], dehors.reponses["q"]])},
    )
    cloture = cloturer(tous, [QUESTION], [()], registre, cle=b"x")
    du_mur = {c.reponses[0]: (c.bas, c.haut) for c in cellules(mur)}
    de_tous = {c.reponses[0]: (c.bas, c.haut) for c in cellules(cloture)}
    possibles = set()
    for rang in range(3):
        for comptes in salles(sum(salle)):
            totaux = [n + (r == rang) for r, n in enumerate(comptes)]
            au_mur = all(b <= comptes[CODES.index(k)] <= h for k, (b, h) in du_mur.items())
            en_tout = all(b <= totaux[CODES.index(k)] <= h for k, (b, h) in de_tous.items())
            if au_mur and en_tout:
                possibles.add(rang)
    assert possibles == {0, 1, 2}


@pytest.mark.parametrize("comptes", [(0, 0, 144), (0, 0, 8), (1, 0, 30), (4, 3, 0), (7, 0, 5)])
def test_a_question_that_fewer_than_eight_answered_is_not_shown_however_many_came(comptes):
    resultat = exposer(donnees(comptes), [QUESTION], ICI, Registre(), silences=MUETTES)
    assert resultat.tableaux == []
    assert len(resultat.refus) == 1


def test_eight_answers_are_shown_beside_any_number_of_silent_persons():
    assert exposee((8, 0, 0))
    assert exposee((4, 4, 0))
    assert exposee((6, 6, 30))
    assert exposee((9, 0, 3))


@pytest.mark.parametrize("nombre", [8, 9, 12])
def test_that_eight_answered_is_known_and_still_nobody_else_is_guessed(nombre):
    """Three answers and silence: all rooms that look the same, the rule of eight being known."""
    question = Question("q", ("a", "b", "c", "_sr"), parametres=ORDINAIRE)
    par_affichage = {}
    for comptes in product(range(nombre + 1), repeat=4):
        if sum(comptes) != nombre:
            continue
        vue = exposer(donnees(comptes), [question], ICI, Registre(), silences=MUETTES, cle=b"x")
        affichage = tuple((c.bas, c.haut) for c in cellules(vue))
        par_affichage.setdefault(affichage, []).append(comptes)
    del par_affichage[()]
    assert par_affichage
    for affichage, possibles in par_affichage.items():
        for mienne, autre in product(range(3), repeat=2):
            restes = {c[autre] - (autre == mienne) for c in possibles if c[mienne]}
            if restes:
                assert restes - {0}, (affichage, mienne, autre)
                assert restes - {nombre - 1}, (affichage, mienne, autre)


def test_where_silence_tells_an_answer_nobody_silent_is_not_told():
    """Asked of those who said yes only: shown to a room of eight, it would say that all did."""
    assert exposee((4, 4, 0))
    assert not exposee((4, 4, 0), FILTREE)
    assert exposee((6, 5, 3), FILTREE)


@pytest.mark.parametrize("silencieuses", [0, 12])
def test_several_ticks_do_not_add_up_to_what_the_bands_hide(silencieuses):
    """Four answers ticked twice each by eight persons: « each of eight ticked one » tells them all."""
    nombre = 8 + silencieuses
    coches = np.zeros((nombre, 5), np.bool_)
    for personne in range(8):
        coches[personne, personne // 2] = True
    coches[8:, 4] = True
    salle = Donnees(
        Personnes(
            {"seance": Dimension("seance", ("s1",))}, {"seance": np.zeros(nombre, np.int64)}
        ),
        np.array([f"a{i:03d}" for i in range(nombre)]),
        {"q": coches},
    )
    question = Question(
        "q",
        ("a", "b", "c", "d", "_sr"),
        parametres=ORDINAIRE,
        multiple=True,
        seules=frozenset({"_sr"}),
    )
    assert not exposer(salle, [question], ICI, Registre(), silences=MUETTES).tableaux
