"""Closings from end to end, attacked by a reader, a professional, insiders and an evaluator."""

from dataclasses import replace

import numpy as np
import pytest

from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.parametres import ORDINAIRE
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.registre import Registre
from analyses.confidentialite.moteur.resultats import (
    EFFECTIF_INSUFFISANT,
    HORS_PLAN,
    TROP_PEU,
)
from analyses.confidentialite.moteur.unites import Personnes

from .attaquant import Attaque, membres, vues
from .populations import PLAN, population

CODES = ("a", "b", "c", "_sr")
CHOIX = Question("q", CODES)
OUVERTE = Question("q", CODES, parametres=ORDINAIRE)
MULTIPLE = Question("m", ("x", "y", "z"), multiple=True)


def donnees(pop, garde=None):
    """Return the persons of ranks ``garde`` (all of them if none), as a snapshot."""
    garde = np.arange(len(pop)) if garde is None else np.asarray(garde, dtype=np.int64)
    uids = np.array([f"u{i:05d}" for i in range(len(pop))])[garde]
    codes = {nom: valeurs[garde] for nom, valeurs in pop.personnes.codes.items()}
    coches = np.random.default_rng(5).random((len(pop), 3)) < [0.5, 0.2, 0.05]
    return Donnees(
        Personnes(pop.personnes.dimensions, codes),
        uids,
        {"q": pop.reponses[garde], "m": coches[garde]},
    )


def vrais(ici, question):
    """Return the set of answers of each person."""
    comptes = ici.comptes(question)
    return {
        uid: {code for code, oui in zip(question.reponses, ligne, strict=True) if oui}
        for uid, ligne in zip(ici.uids.tolist(), comptes.tolist(), strict=True)
    }


@pytest.mark.parametrize("question", [CHOIX, OUVERTE, MULTIPLE], ids=["sensible", "ord", "multi"])
@pytest.mark.parametrize(("nb", "graine"), [(34, 0), (34, 1), (60, 2)])
def test_no_leak_in_a_closing(nb, graine, question):
    ici = donnees(population(nb, graine=graine, territoires=2))
    cloture = cloturer(ici, [question], PLAN, cle=b"secret")
    assert cloture.tableaux
    assert all(t.certificat.sur for t in cloture.tableaux)
    attaque = Attaque(
        vues(ici, cloture, question.nom), list(question.reponses), multiple=question.multiple
    )
    hasard = np.random.default_rng(graine)
    fuites = attaque.fuites(vrais(ici, question), question.parametres, hasard=hasard, combien=150)
    assert fuites == []


def test_an_evaluator_over_time_learns_nothing_more():
    """Arrivals and erasures between three closings: all that was ever shown, attacked together."""
    pop = population(90, graine=4, territoires=2)
    registre, cellules, tout = Registre(), [], {}
    for garde in (range(50), [i for i in range(90) if i not in (3, 7)], range(10, 90)):
        ici = donnees(pop, list(garde))
        cloture = cloturer(ici, [CHOIX], PLAN, registre, cle=b"secret")
        registre.ajouter(cloture.populations, cloture.cellules, cloture.regroupements)
        cellules += vues(ici, cloture, "q")
        tout |= vrais(donnees(pop), CHOIX)
    attaque = Attaque(list(dict.fromkeys(cellules)), list(CODES))
    hasard = np.random.default_rng(1)
    assert attaque.fuites(tout, CHOIX.parametres, hasard=hasard, combien=250) == []


def test_the_same_population_shows_the_same():
    ici = donnees(population(80, graine=3))
    registre = Registre()
    premiere = cloturer(ici, [CHOIX], PLAN, registre, cle=b"secret")
    registre.ajouter(premiere.populations, premiere.cellules, premiere.regroupements)
    seconde = cloturer(ici, [CHOIX], PLAN, registre, cle=b"autre secret")
    assert _dit(seconde) == _dit(premiere)
    assert seconde.cellules == []


def _dit(cloture):
    return {
        (t.question, t.ventilation, ligne.groupe.predicat, c.reponses): (c.bas, c.haut, c.nature)
        for t in cloture.tableaux
        for ligne in t.lignes
        for c in ligne.cellules
    }


def test_truth_is_inside_what_is_shown():
    for graine in range(2):
        ici = donnees(population(70, graine=graine))
        cloture = cloturer(ici, [CHOIX, MULTIPLE], PLAN, cle=b"secret")
        for question in (CHOIX, MULTIPLE):
            dits = vrais(ici, question)
            for vue in vues(ici, cloture, question.nom):
                compte = sum(bool(dits[uid] & set(vue.reponses)) for uid in vue.qui)
                assert vue.bas <= compte <= vue.haut


def test_insiders_who_pool_leave_others_in_doubt():
    """Two of the minority subtract themselves: more than one answer remains possible for others."""
    ici = donnees(population(70, graine=1))
    cloture = cloturer(ici, [CHOIX], PLAN, cle=b"secret")
    dits, p = vrais(ici, CHOIX), CHOIX.parametres
    for vue in vues(ici, cloture, "q"):
        (code,) = vue.reponses
        complices = sum(code in dits[uid] for uid in vue.qui)
        if complices < p.c:
            continue
        reste = (max(vue.bas - p.c, 0), vue.haut - p.c)
        if complices < p.m:
            assert reste[1] - reste[0] >= p.w - p.c
        else:
            assert reste[1] >= p.m - p.c


def test_a_closing_with_too_few_changes_is_refused():
    pop = population(80, graine=3)
    registre = Registre()
    ici = donnees(pop, range(75))
    premiere = cloturer(ici, [CHOIX], PLAN, registre, cle=b"secret")
    registre.ajouter(premiere.populations, premiere.cellules, premiere.regroupements)
    seconde = cloturer(donnees(pop), [CHOIX], PLAN, registre, cle=b"secret")
    assert seconde.tableaux == []
    assert {r.motif for r in seconde.refus} == {TROP_PEU}


def test_too_few_persons_show_nothing():
    cloture = cloturer(donnees(population(10)), [CHOIX], PLAN)
    assert cloture.tableaux == []
    assert {r.motif for r in cloture.refus} == {EFFECTIF_INSUFFISANT.format(n_min=11)}


@pytest.mark.parametrize(
    "ventilation", [("lieu", "lieu"), ("inconnue",), ("lieu", "public", "vague", "lieu")]
)
def test_what_is_outside_the_plan_is_refused(ventilation):
    cloture = cloturer(donnees(population(60)), [CHOIX], [ventilation])
    assert [(r.ventilation, r.motif) for r in cloture.refus] == [(ventilation, HORS_PLAN)]


def test_three_dimensions_pass_without_a_leak():
    ici = donnees(population(150, graine=2, territoires=2, publics=3))
    cloture = cloturer(ici, [CHOIX], [("lieu", "public", "vague")], cle=b"secret")
    assert ("lieu", "public", "vague") in {t.ventilation for t in cloture.tableaux}
    attaque = Attaque(vues(ici, cloture, "q"), list(CODES))
    hasard = np.random.default_rng(3)
    assert attaque.fuites(vrais(ici, CHOIX), CHOIX.parametres, hasard=hasard, combien=120) == []


def test_groups_are_what_they_say():
    """The engine's groups hold exactly the persons that their codes name."""
    ici = donnees(population(70, graine=5))
    cloture = cloturer(ici, [CHOIX], PLAN, cle=b"secret")
    connus = {p.predicat: p.membres for p in cloture.populations}
    for tableau in cloture.tableaux:
        for ligne in tableau.lignes:
            assert connus[ligne.groupe.predicat] == membres(ici, ligne.groupe)
            assert ligne.effectif >= CHOIX.parametres.n_min


def test_an_unfinished_proof_publishes_nothing(monkeypatch):
    """Fail closed: a solver that never concludes."""
    from analyses.confidentialite.moteur import solveur

    monkeypatch.setattr(solveur.Lineaire, "minimiser", lambda *_: solveur.RIEN)
    monkeypatch.setattr(
        "analyses.confidentialite.moteur.temoins.minimiser_en_entiers", lambda *_: solveur.RIEN
    )
    cloture = cloturer(donnees(population(60)), [CHOIX], PLAN)
    assert cloture.tableaux == []
    assert len(cloture.refus) == 1 + len(PLAN)


def test_a_register_that_does_not_hold_its_populations_is_refused():
    ici = donnees(population(60))
    cloture = cloturer(ici, [CHOIX], PLAN)
    with pytest.raises(ValueError, match="not in the register"):
        Registre().ajouter([], cloture.cellules)


def test_answers_that_do_not_fit_are_errors():
    ici = donnees(population(60))
    with pytest.raises(ValueError, match="rank"):
        cloturer(replace(ici, reponses={"q": np.full(60, 9)}), [CHOIX], PLAN)
