"""Whoever adds and takes away counts that are told, across levels, dimensions and closings.

The attacker of this file tries every way to add or take away the exact counts of an answer: he shares
nothing with the auditor, who solves a program.
"""

from itertools import product

import numpy as np
import pytest

from analyses.confidentialite.moteur.auditeur import Auditeur
from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.parametres import ORDINAIRE, SENSIBLE
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.registre import Registre
from analyses.confidentialite.moteur.relecture import relire
from analyses.confidentialite.moteur.soustractions import soustraire
from analyses.confidentialite.moteur.unites import Dimension, Personnes

from .enumerateur import regle_enfreinte
from .fabrique import exact, probleme, tableau
from .populations import population

OUI_NON = ("oui", "non")
AU_PLUS = 9
"""Exact counts of one answer that are combined, the largest groups first."""
ARBRE = Dimension("lieu", ("T1", "T2", "S1", "S2", "S3", "S4"), ("", "", "T1", "T1", "T2", "T2"))
LIEUX = Dimension("lieu", ("S1", "S4", "S5", "S6", "S7"))


def donnees(dimension, comptes, depuis=0):
    """Return persons place by place: how many said yes and no; ``depuis``: names already given."""
    lieux = [dimension.codes.index(code) for code, dits in comptes for _ in range(sum(dits))]
    dites = [r for _, dits in comptes for r, combien in enumerate(dits) for _ in range(combien)]
    return Donnees(
        Personnes({dimension.nom: dimension}, {dimension.nom: np.array(lieux)}),
        np.array([f"{rang:032x}" for rang in range(depuis, depuis + len(lieux))]),
        {"q": np.array(dites)},
    )


def ensemble(premiers, suivants):
    """Return those of a first closing and those who came since."""
    return Donnees(
        Personnes(
            premiers.personnes.dimensions,
            {
                nom: np.concatenate([rangs, suivants.personnes.codes[nom]])
                for nom, rangs in premiers.personnes.codes.items()
            },
        ),
        np.concatenate([premiers.uids, suivants.uids]),
        {"q": np.concatenate([premiers.reponses["q"], suivants.reponses["q"]])},
    )


def publier(d, question, plan, registre):
    resultat = cloturer(d, [question], plan, registre, cle=b"k")
    registre.ajouter(resultat.populations, resultat.cellules, resultat.regroupements)
    return resultat


def au_crayon(registre, parametres):
    """Return what sums and differences of exact counts tell of ``n_min`` persons or more."""
    fautes = []
    for reponse in {c.reponses for c in registre.cellules}:
        exactes = {
            c.population: c.bas
            for c in registre.cellules
            if c.reponses == reponse and c.bas == c.haut
        }
        qui = sorted((registre.populations[e][0].membres for e in exactes), key=len, reverse=True)[
            :AU_PLUS
        ]
        if qui:
            fautes += [(reponse, *f) for f in _combinaisons(qui, exactes, registre, parametres)]
    return fautes


def _combinaisons(qui, exactes, registre, parametres):
    gens = sorted(set().union(*qui))
    dedans = np.array([[uid in membres for uid in gens] for membres in qui], dtype=np.int64)
    par_membres = {registre.populations[e][0].membres: x for e, x in exactes.items()}
    comptes = np.array([par_membres[membres] for membres in qui])
    signes = np.array(list(product((-1, 0, 1), repeat=len(qui))))
    colonnes, combien = np.unique(dedans, axis=1, return_counts=True)
    sommes = signes @ colonnes
    possibles = ((sommes == 0) | (sommes == 1)).all(axis=1)
    restes = (signes[possibles] @ comptes).tolist()
    for somme, x in zip(sommes[possibles], restes, strict=True):
        n = int(somme @ combien)
        if n >= parametres.n_min and regle_enfreinte(n, x, x, x, parametres):
            yield n, x


def deux_niveaux():
    """Publish a place whose structures tell exactly what their own place tells in a band."""
    registre = Registre()
    comptes = [("S1", (6, 20)), ("S2", (2, 20)), ("S3", (6, 20)), ("S4", (2, 20))]
    publier(donnees(ARBRE, comptes), Question("q", OUI_NON), [("lieu",)], registre)
    return registre


def deux_clotures():
    """Publish twice: what is left of those who came since is told by four exact counts."""
    registre, question = Registre(), Question("q", OUI_NON)
    autres = ("S4", "S5", "S6", "S7")
    d = donnees(LIEUX, [("S1", (12, 20)), *((s, (2, 20)) for s in autres)])
    publier(d, question, [("lieu",)], registre)
    suite = donnees(LIEUX, [("S1", (8, 12)), *((s, (1, 15)) for s in autres)], d.uids.size)
    publier(ensemble(d, suite), question, [("lieu",)], registre)
    return registre


CAS = {"deux niveaux": (deux_niveaux, (44, 4)), "deux clôtures": (deux_clotures, (64, 4))}


@pytest.mark.parametrize("publication", [c for c, _ in CAS.values()], ids=list(CAS))
def test_what_sums_of_told_counts_give_is_never_small(publication):
    registre = publication()
    assert len({c.population for c in registre.cellules}) > 4
    assert au_crayon(registre, SENSIBLE) == []


@pytest.mark.parametrize(("publication", "reste"), list(CAS.values()), ids=list(CAS))
def test_it_was_read_with_a_pencil_when_nobody_looked(publication, reste, monkeypatch):
    monkeypatch.setattr(Auditeur, "chercher", lambda soi, bas, haut: False)
    assert (("oui",), *reste) in au_crayon(publication(), SENSIBLE)


def test_what_was_shown_before_is_not_judged_anew(monkeypatch):
    with monkeypatch.context() as avant:
        avant.setattr(Auditeur, "chercher", lambda soi, bas, haut: False)
        registre = deux_niveaux()
    comptes = [("S1", (6, 20)), ("S2", (2, 20)), ("S3", (6, 20)), ("S4", (2, 20))]
    d, question = donnees(ARBRE, comptes), Question("q", OUI_NON)
    avant = list(registre.cellules)
    publier(d, question, [("lieu",)], registre)
    assert registre.cellules == avant
    assert all(audit.sur for _, audit in relire(d, [question], registre))


@pytest.mark.parametrize("parametres", [SENSIBLE, ORDINAIRE], ids=["sensible", "ordinaire"])
@pytest.mark.parametrize("graine", range(4))
def test_nor_in_trees_and_crossings_of_any_people(graine, parametres):
    pop = population(120, graine=graine, territoires=2, structures=2, publics=2, reponses=3)
    uids = np.array([f"{rang:032x}" for rang in range(120)])
    d = Donnees(pop.personnes, uids, {"q": pop.reponses})
    codes = tuple(f"r{rang}" for rang in range(int(pop.reponses.max()) + 1))
    registre = Registre()
    question = Question("q", codes, parametres=parametres)
    publier(d, question, [("lieu",), ("public",), ("lieu", "vague")], registre)
    assert registre.cellules
    assert au_crayon(registre, parametres) == []


def existe(p, classe, largeurs, peu):
    """Return whether some way to add and take away the counts of a class gives too few persons."""
    ici = np.flatnonzero((p.cellules[:, 1] == classe) & (largeurs < p.parametres.w))
    signes = np.array(list(product((-1, 0, 1), repeat=ici.size)))
    sommes = signes @ p.groupes[p.cellules[ici, 0]].toarray()
    dedans = ((sommes == 0) | (sommes == 1)).all(axis=1)
    dedans &= np.abs(signes) @ largeurs[ici] < p.parametres.w
    assez = sommes @ p.tailles >= p.parametres.n_min
    return bool((dedans & assez & (sommes @ peu < p.parametres.m)).any())


@pytest.mark.parametrize("graine", range(12))
def test_a_program_finds_a_set_if_and_only_if_there_is_one(graine):
    hasard = np.random.default_rng(graine)
    reponses = hasard.choice(2, size=70, p=[0.2, 0.8])
    p = probleme(hasard.random((6, 70)) < hasard.uniform(0.3, 0.8, size=(6, 1)), reponses, 2)
    vrai = p.sommes(p.verite)
    largeurs = hasard.choice([0, 1, 2, 9], size=vrai.size, p=[0.6, 0.15, 0.15, 0.1])
    trouves = list(soustraire(p, vrai, vrai + largeurs))
    attendus = []
    for classe in (0, 1):
        oui = p.verite[:, classe]
        attendus += [classe for peu in (oui, p.tailles - oui) if existe(p, classe, largeurs, peu)]
    assert [classe for _, classe in trouves] == attendus
    for ensemble, classe in trouves:
        n, x = ensemble @ p.tailles, ensemble @ p.verite[:, classe]
        assert set(ensemble.tolist()) <= {0, 1}
        assert n >= p.parametres.n_min
        assert min(x, n - x) < p.parametres.m


@pytest.mark.parametrize(("oui", "attendus"), [(4, [0, 1]), (5, [])])
def test_a_piece_is_left_aside_only_when_it_holds_too_many(oui, attendus):
    p = tableau([[8, 32], [oui, 20 - oui]])
    assert [classe for _, classe in soustraire(p, *exact(p))] == attendus
