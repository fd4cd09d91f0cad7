"""« Everybody, less A, less B, less C »: the attack of whoever has a pencil, without any program."""

import numpy as np
import pytest

from analyses.confidentialite.moteur import restes
from analyses.confidentialite.moteur.auditeur import Auditeur
from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.parametres import ORDINAIRE, SENSIBLE
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.registre import Registre
from analyses.confidentialite.moteur.relecture import relire
from analyses.confidentialite.moteur.unites import Dimension, Personnes

from .enumerateur import regle_enfreinte
from .populations import population

LIEUX = tuple("ABCDEFGH")
CODES = ("oui", "non", "_sr")
REUNION = ((10, 14, 6), (11, 13, 6), (12, 11, 7), (2, 12, 6), (2, 12, 6))
"""Exact: the whole, A, B and C; so 4 of the 40 of D and E said yes."""


QUATRE = ((1, 20, 10), (1, 20, 10), (1, 4, 12), (1, 4, 12))
"""« Non » is hidden in A and B, silence in C and D; so 2 of the 62 of A and B said yes."""
HUIT = (*((dits, 20, 10) for dits in (1, 1, 0, 0)), *((1, 4, 12),) * 4)


def donnees(comptes):
    """Return persons place by place: how many said yes, no and nothing."""
    lieux = [rang for rang, dits in enumerate(comptes) for _ in range(sum(dits))]
    dites = [r for dits in comptes for r, combien in enumerate(dits) for _ in range(combien)]
    return Donnees(
        Personnes({"lieu": Dimension("lieu", LIEUX)}, {"lieu": np.array(lieux)}),
        np.array([f"{rang:032x}" for rang in range(len(lieux))]),
        {"q": np.array(dites)},
    )


def lignes_de(resultat):
    """Return the groups shown, by the codes that say who is in them: size, and what is exact of each answer."""
    return {
        frozenset((axe.dimension, axe.codes, axe.parent) for axe in ligne.groupe.axes): (
            ligne.effectif,
            {c.reponses: c.bas for c in ligne.cellules if c.bas == c.haut},
        )
        for tableau in resultat.tableaux
        for ligne in tableau.lignes
    }


def a_la_main(resultat, parametres):
    """Return what a subtraction tells, from the whole and its parts, too well."""
    lignes, fautes = lignes_de(resultat), []
    n, exactes = lignes[frozenset()]
    for dimension in {d for axes in lignes for d, _, _ in axes}:
        parties = [
            dits
            for axes, dits in lignes.items()
            if len(axes) == 1 and {(d, parent) for d, _, parent in axes} == {(dimension, ())}
        ]
        for reponse, valeur in exactes.items():
            dites = [(combien, x[reponse]) for combien, x in parties if reponse in x]
            reste, combien = valeur - sum(x for _, x in dites), n - sum(c for c, _ in dites)
            if dites and combien and regle_enfreinte(combien, reste, reste, reste, parametres):
                fautes.append((reponse, combien, reste))
    return fautes


def test_four_of_forty_are_not_read_by_taking_three_places_away():
    d = donnees(REUNION)
    resultat = cloturer(d, [Question("q", CODES)], [("lieu",)], cle=b"k")
    assert len(lignes_de(resultat)) == 6
    assert a_la_main(resultat, SENSIBLE) == []


@pytest.mark.parametrize("parametres", [SENSIBLE, ORDINAIRE], ids=["sensible", "ordinaire"])
def test_what_is_left_of_the_whole_is_never_small(parametres):
    hasard, montrees = np.random.default_rng(11), 0
    for _ in range(25):
        tailles = hasard.integers(12, 40, 5)
        parts = [hasard.dirichlet([0.6, 2.0, 0.4]) for _ in tailles]
        comptes = [hasard.multinomial(n, p).tolist() for n, p in zip(tailles, parts, strict=True)]
        question = Question("q", CODES, parametres=parametres)
        resultat = cloturer(donnees(comptes), [question], [("lieu",)], cle=b"k")
        montrees += len(lignes_de(resultat)) > 1
        assert a_la_main(resultat, parametres) == [], comptes
    assert montrees > 15


def ensemble_dit(resultat, lieux, reponse):
    """Return the least and the greatest count in some places together: the rows of their cells, added."""
    (table,) = [t for t in resultat.tableaux if t.ventilation]
    cellules = {
        (ligne.groupe.axes[0].codes if ligne.groupe.axes else (), c.reponses[0]): c
        for ligne in table.lignes
        for c in ligne.cellules
    }
    n = sum(ligne.effectif for ligne in table.lignes if "".join(_codes(ligne)) in lieux)
    autres = [code for code in CODES if code != reponse]

    def bornes(code):
        ici = [c for (qui, dit), c in cellules.items() if qui and qui[0] in lieux and dit == code]
        reste = [
            c for (qui, dit), c in cellules.items() if qui and qui[0] not in lieux and dit == code
        ]
        tous = cellules[(), code]
        return (
            max(sum(c.bas for c in ici), tous.bas - sum(c.haut for c in reste)),
            min(sum(c.haut for c in ici), tous.haut - sum(c.bas for c in reste)),
        )

    bas, haut = bornes(reponse)
    reste = [bornes(code) for code in autres]
    return max(bas, n - sum(h for _, h in reste)), min(haut, n - sum(b for b, _ in reste))


def _codes(ligne):
    return ligne.groupe.axes[0].codes if ligne.groupe.axes else ("tous",)


@pytest.mark.parametrize(("comptes", "lieux"), [(QUATRE, "AB"), (HUIT, "ABCD")])
def test_two_of_those_of_several_places_are_not_read_from_their_other_answers(comptes, lieux):
    question = Question("q", CODES, parametres=ORDINAIRE)
    resultat = cloturer(donnees(comptes), [question], [("lieu",)], cle=b"k")
    bas, haut = ensemble_dit(resultat, lieux, "oui")
    assert haut - bas >= ORDINAIRE.w


@pytest.mark.parametrize(("comptes", "lieux"), [(QUATRE, "AB"), (HUIT, "ABCD")])
def test_they_were_when_nobody_put_places_together(comptes, lieux, monkeypatch):
    monkeypatch.setattr(restes, "_unions", lambda membres: iter(()))
    monkeypatch.setattr(Auditeur, "chercher", lambda soi, bas, haut: False)
    question = Question("q", CODES, parametres=ORDINAIRE)
    resultat = cloturer(donnees(comptes), [question], [("lieu",)], cle=b"k")
    assert ensemble_dit(resultat, lieux, "oui") == (2, 2)


@pytest.mark.parametrize("graine", range(4))
def test_nor_in_a_tree_of_places_and_waves(graine):
    pop = population(130, graine=graine)
    d = Donnees(pop.personnes, np.array([f"{i:032x}" for i in range(130)]), {"q": pop.reponses})
    codes = tuple(f"r{i}" for i in range(int(pop.reponses.max()) + 1))
    resultat = cloturer(d, [Question("q", codes)], [("lieu",), ("vague",)], cle=b"k")
    assert a_la_main(resultat, SENSIBLE) == []


def test_what_was_shown_before_this_rule_stays_and_is_not_judged_anew(monkeypatch):
    d = donnees(REUNION)
    question = Question("q", CODES)
    registre = Registre()
    with monkeypatch.context() as avant:
        avant.setattr(
            "analyses.confidentialite.moteur.dossier.avec_les_restes", lambda p, *tout: tout
        )
        avant.setattr(Auditeur, "chercher", lambda soi, bas, haut: False)
        premier = cloturer(d, [question], [("lieu",)], registre, cle=b"k")
    assert a_la_main(premier, SENSIBLE)
    registre.ajouter(premier.populations, premier.cellules, premier.regroupements)
    ensuite = cloturer(d, [question], [("lieu",)], registre, cle=b"k")
    assert lignes_de(ensuite) == lignes_de(premier)
    assert all(audit.sur for _, audit in relire(d, [question], registre))
