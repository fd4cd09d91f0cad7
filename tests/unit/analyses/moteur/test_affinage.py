"""Intervals that follow from what is shown: nothing is learnt, nothing true is left out."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyses.confidentialite.moteur.affinage import resserrer
from analyses.confidentialite.moteur.auditeur import auditer
from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.modele import Affichage, Nature

from .enumerateur import ensembles_a_attaquer, intervalles
from .fabrique import tableau
from .populations import PLAN, population
from .test_auditeur import petits_problemes
from .test_cloture import CHOIX, donnees


def _affiche(p, bas, haut):
    natures = [Nature.EXACT if b == h else Nature.MILIEU for b, h in zip(bas, haut, strict=True)]
    return Affichage(bas.copy(), haut.copy(), natures)


def test_the_largest_answer_is_told_by_the_others():
    p = tableau([[600, 3, 7], [580, 12, 30]])
    vrai = p.sommes(p.verite)
    vue = _affiche(p, vrai, vrai)
    rang = int(np.flatnonzero((p.effectifs[p.cellules[:, 0]] == 610) & (vrai == 600))[0])
    petit = int(np.flatnonzero((p.effectifs[p.cellules[:, 0]] == 610) & (vrai == 3))[0])
    vue.bas[rang], vue.haut[rang], vue.nature[rang] = 5, 605, Nature.MILIEU
    vue.bas[petit], vue.haut[petit], vue.nature[petit] = 0, 4, Nature.BAS
    resserrer(p, vue, np.zeros(vrai.size, bool))
    assert (vue.bas[rang], vue.haut[rang]) == (599, 603)
    assert (vue.bas[petit], vue.haut[petit]) == (0, 4)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(petits_problemes(), st.data())
def test_no_population_is_excluded(cas, donnee):
    """Brute force: the same populations agree with both displays; so attackers know the same."""
    p, bas, haut = cas
    vue = _affiche(p, bas, haut)
    fixes = np.array(
        donnee.draw(st.lists(st.booleans(), min_size=bas.size, max_size=bas.size)), bool
    )
    resserrer(p, vue, fixes)
    assert (vue.bas >= bas).all()
    assert (vue.haut <= haut).all()
    assert (vue.bas[fixes] == bas[fixes]).all()
    ensembles = ensembles_a_attaquer(p)
    assert intervalles(p, vue.bas, vue.haut, ensembles) == intervalles(p, bas, haut, ensembles)
    avant, apres = auditer(p, bas, haut), auditer(p, vue.bas, vue.haut)
    assert {(f.morceaux, f.classe) for f in avant.fuites} == {
        (f.morceaux, f.classe) for f in apres.fuites
    }


def test_a_closing_tells_nothing_wider_than_the_rest_of_its_row():
    cloture = cloturer(donnees(population(70, graine=1)), [CHOIX], PLAN, cle=b"secret")
    milieux = 0
    for tableau_ in cloture.tableaux:
        for ligne in tableau_.lignes:
            for ici in ligne.cellules:
                if ici.nature is Nature.MILIEU:
                    autres = [c for c in ligne.cellules if c is not ici]
                    milieux += 1
                    assert ici.haut <= ligne.effectif - sum(c.bas for c in autres)
                    assert ici.bas >= ligne.effectif - sum(c.haut for c in autres)
    assert milieux
