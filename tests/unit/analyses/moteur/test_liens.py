"""A question asked only after some answers, read beside the one that decides (ADR 0104).

The attack first: who said yes, less who gave a reason, is who gave none. The attacker is the one of
the engine's tests; it is given the rule (« no reason without a yes ») and every table of both.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.liens import Lien, Soeur, familles
from analyses.confidentialite.moteur.parametres import SENSIBLE
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.registre import Registre
from analyses.confidentialite.moteur.relecture import relire
from analyses.confidentialite.moteur.resultats import TROP_LIEE
from tests.unit.analyses.moteur.attaquant import Attaque, Vue, vues
from tests.unit.analyses.moteur.populations import population

OUI_NON = ("oui", "non", "_pnr", "_sr")
RAISONS = ("prix", "attente", "loin", "_pnr", "_sr")
RENONCE = Question("renonce", OUI_NON)
LIEN = Lien((RENONCE,), {(code,): code == "oui" for code in OUI_NON})
POURQUOI = Question("pourquoi", RAISONS, lien=LIEN)
PLUSIEURS = replace(POURQUOI, multiple=True, seules=frozenset({"_pnr", "_sr"}))
PLAN = [("lieu",), ("vague",)]


def donnees(nb, graine, *, multiple=False, depuis=0):
    """Return persons who said yes or no, and why for most of those who said yes."""
    hasard = np.random.default_rng(graine)
    gens = population(nb, graine=graine).personnes
    renonce = hasard.choice(4, nb, p=[0.4, 0.5, 0.05, 0.05])
    raison = hasard.choice(5, nb, p=[0.4, 0.3, 0.1, 0.05, 0.15])
    if not multiple:
        pourquoi = np.where(renonce == 0, raison, 4)
    else:
        pourquoi = np.zeros((nb, 5), bool)
        pourquoi[:, :3] = (hasard.random((nb, 3)) < 0.4) & (renonce == 0)[:, None]
        pourquoi[:, 4] = ~pourquoi[:, :4].any(axis=1)
    uids = np.array([f"{depuis + i:032x}" for i in range(nb)])
    return Donnees(gens, uids, {"renonce": renonce, "pourquoi": pourquoi})


def codes_joints(d, *, reponse=None):
    """Return what each person truly said to both, as one code; only the answer looked at, if told."""
    joints = []
    for mere, fille in zip(d.reponses["renonce"], d.reponses["pourquoi"], strict=True):
        dite = int(fille[reponse]) if reponse is not None else RAISONS[int(fille)]
        joints.append(f"{OUI_NON[int(mere)]}|{dite}")
    return dict(zip(d.uids.tolist(), ({j} for j in joints), strict=True))


def possibles(reponse=None):
    """Return every pair of answers that somebody may give: no reason without a yes."""
    if reponse is None:
        return [f"oui|{c}" for c in RAISONS] + [f"{c}|_sr" for c in OUI_NON[1:]]
    muet = int(RAISONS[reponse] == "_sr")
    return ["oui|0", "oui|1"] + [f"{c}|{muet}" for c in OUI_NON[1:]]


def joindre(lues, *, de_la_mere, reponse=None):
    """Return views of one question as views of pairs of answers."""
    places = (lambda j: j.split("|")[0]) if de_la_mere else (lambda j: j.split("|")[1])
    dites = []
    for vue in lues:
        voulues = set(vue.reponses)
        if not de_la_mere and reponse is not None:
            if vue.reponses != (RAISONS[reponse],):
                continue
            voulues = {"1"}
        joints = tuple(j for j in possibles(reponse) if places(j) in voulues)
        dites.append(Vue(vue.qui, joints, vue.bas, vue.haut))
    return dites


def fuites(d, resultats, *, reponse=None, combien=80):
    """Return what an attacker learns too well from all tables of several closings."""
    lues = []
    for une in resultats:
        alors, cloture = une if isinstance(une, tuple) else (d, une)
        lues += joindre(vues(alors, cloture, "renonce"), de_la_mere=True, reponse=reponse)
        lues += joindre(vues(alors, cloture, "pourquoi"), de_la_mere=False, reponse=reponse)
    attaque = Attaque(list(dict.fromkeys(lues)), possibles(reponse))
    hasard = np.random.default_rng(5)
    vrais = codes_joints(d, reponse=reponse)
    return attaque.fuites(vrais, SENSIBLE, hasard=hasard, combien=combien)


@pytest.mark.parametrize("graine", range(2))
def test_apart_two_safe_tables_give_who_said_yes_and_not_why(graine):
    """What this is all about: each table is proved safe alone, both together are not."""
    d = donnees(150, graine)
    resultat = cloturer(d, [RENONCE, replace(POURQUOI, lien=None)], PLAN, cle=b"k")
    assert fuites(d, [resultat], combien=None)


@pytest.mark.parametrize("graine", range(2))
def test_linked_they_expose_nobody_and_both_are_shown(graine):
    d = donnees(150, graine)
    resultat = cloturer(d, [RENONCE, POURQUOI], PLAN, cle=b"k")
    assert fuites(d, [resultat], combien=None) == []
    montrees = {t.question for t in resultat.tableaux}
    assert montrees == {"renonce", "pourquoi"}
    [ensemble] = [t for t in resultat.tableaux if (t.question, t.ventilation) == ("pourquoi", ())]
    assert not ensemble.lignes[0].muette
    apart = cloturer(d, [RENONCE], PLAN, cle=b"k")
    assert [t.lignes for t in apart.tableaux] == [
        t.lignes for t in resultat.tableaux if t.question == "renonce"
    ]


@cache
def plusieurs_raisons():
    """Return persons who may give several reasons, and both closings, for the five answers."""
    d = donnees(150, 7, multiple=True)
    apart = cloturer(d, [RENONCE, replace(PLUSIEURS, lien=None)], PLAN, cle=b"k")
    return d, apart, cloturer(d, [RENONCE, PLUSIEURS], PLAN, cle=b"k")


@pytest.mark.xdist_group("raisons")
@pytest.mark.parametrize("reponse", range(5))
def test_several_reasons_expose_nobody_either(reponse):
    d, apart, ensemble = plusieurs_raisons()
    if RAISONS[reponse] == "_sr":
        assert fuites(d, [apart], reponse=reponse, combien=None)
    assert fuites(d, [ensemble], reponse=reponse, combien=None) == []


def test_a_second_closing_and_the_night_watch_read_both_together():
    premiers, tous = donnees(120, 3), donnees(260, 3)
    # The first ones stay as they were; the others come since.
    debut = np.arange(260) < 120
    d = Donnees(
        tous.personnes,
        tous.uids,
        {
            n: np.where(debut, np.resize(premiers.reponses[n], 260), tous.reponses[n])
            for n in tous.reponses
        },
    )
    codes = {
        n: np.where(debut, np.resize(premiers.personnes.codes[n], 260), c)
        for n, c in tous.personnes.codes.items()
    }
    d = replace(d, personnes=replace(tous.personnes, codes=codes))
    questions = [RENONCE, POURQUOI]
    registre, resultats = Registre(), []
    for vues_ in (premiers, d):
        resultat = cloturer(vues_, questions, PLAN, registre, cle=b"k")
        resultats.append((vues_, resultat))
        registre.ajouter(
            resultat.populations, resultat.cellules, resultat.regroupements, resultat.moyennes
        )
        assert all(audit.sur for _, audit in relire(vues_, questions, registre))
    assert fuites(d, resultats, combien=150) == []


def test_the_watch_rings_for_two_tables_published_apart():
    d = donnees(150, 0)
    apart = cloturer(d, [RENONCE, replace(POURQUOI, lien=None)], PLAN, cle=b"k")
    registre = Registre()
    registre.ajouter(apart.populations, apart.cellules, apart.regroupements)
    verdicts = dict(relire(d, [RENONCE, POURQUOI], registre))
    assert verdicts["renonce"].sur
    assert not verdicts["pourquoi"].sur


def test_a_question_that_decides_is_not_shown_finer_than_what_it_decided_allows():
    """Reasons shown at a first closing, when « did you? » was not: now it must be read beside them."""
    d = donnees(150, 0)
    seule = cloturer(d, [replace(POURQUOI, lien=None)], PLAN, cle=b"k")
    registre = Registre()
    registre.ajouter(seule.populations, seule.cellules, seule.regroupements)
    ensuite = cloturer(d, [RENONCE, POURQUOI], PLAN, registre, cle=b"k")
    assert fuites(d, [seule, ensuite], combien=None) == []


def test_two_questions_decided_by_the_same_answers_know_each_other():
    d = donnees(150, 1)
    hasard = np.random.default_rng(9)
    combien = np.where(d.reponses["renonce"] == 0, hasard.choice(3, 150, p=[0.5, 0.45, 0.05]), 2)
    d = Donnees(d.personnes, d.uids, {**d.reponses, "combien": combien})
    posees = frozenset({("oui",)})
    pourquoi = replace(POURQUOI, lien=replace(LIEN, soeurs=(Soeur("combien", posees),)))
    soeur = Question(
        "combien",
        ("peu", "beaucoup", "_sr"),
        lien=replace(LIEN, soeurs=(Soeur("pourquoi", posees),)),
    )
    questions = [RENONCE, pourquoi, soeur, Question("autre", ("a", "b"))]
    assert [[q.nom for q in f] for f in familles(questions)] == [
        ["renonce", "pourquoi", "combien"],
        ["autre"],
    ]
    resultat = cloturer(d, questions[:3], PLAN, cle=b"k")
    registre = Registre()
    registre.ajouter(resultat.populations, resultat.cellules, resultat.regroupements)
    assert all(audit.sur for _, audit in relire(d, questions[:3], registre))
    assert fuites(d, [resultat], combien=None) == []


def test_what_depends_on_too_many_answers_is_refused_in_words():
    meres = tuple(Question(f"m{i}", tuple("abcde")) for i in range(3))
    situations = {(a, b, c): a == "a" for a in "abcde" for b in "abcde" for c in "abcde"}
    trop = Question("fille", ("x", "_sr"), lien=Lien(meres, situations))
    d = donnees(60, 0)
    d = Donnees(d.personnes, d.uids, {q.nom: np.zeros(60, int) for q in (*meres, trop)})
    resultat = cloturer(d, [*meres, trop], PLAN, cle=b"k")
    assert {t.question for t in resultat.tableaux} == {"m0", "m1", "m2"}
    assert {r.motif for r in resultat.refus if r.question == "fille"} == {TROP_LIEE}
