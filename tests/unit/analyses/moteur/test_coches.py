"""Several answers to one question, read together: who ticked nothing else, refused or was silent.

The attack: everybody is silent, refuses, says « none of these », or ticks something; so what is shown
of each answer tells something of the others. The attacker is the one of the engine's tests: it is
given every way to tick as one answer, and all that is shown.
"""

from dataclasses import replace
from itertools import combinations, combinations_with_replacement, product

import numpy as np
import pytest

from analyses.confidentialite.moteur.assemblage import assembler
from analyses.confidentialite.moteur.auditeur import Auditeur
from analyses.confidentialite.moteur.blocs import blocs_de
from analyses.confidentialite.moteur.cibles import cibles_de
from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.coches import Coche, parts, relations
from analyses.confidentialite.moteur.dossier import Dossier
from analyses.confidentialite.moteur.ebauche import proteger_ensemble
from analyses.confidentialite.moteur.enquete import Enquete
from analyses.confidentialite.moteur.liens import Lien, etats_de
from analyses.confidentialite.moteur.modele import Audit, Fuite, respecte
from analyses.confidentialite.moteur.parametres import SENSIBLE
from analyses.confidentialite.moteur.presentation import Presentation
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.registre import Registre
from analyses.confidentialite.moteur.relecture import relire
from analyses.confidentialite.moteur.temoins import Programme
from analyses.confidentialite.moteur.unites import Dimension, Personnes, Unites
from tests.unit.analyses.moteur.attaquant import Attaque, Vue, vues
from tests.unit.analyses.moteur.populations import population

OUVERTES = ("pain", "lait", "fruits")
SEULES = ("rien", "_pnr", "_sr")
AIDES = Question("aides", (*OUVERTES, *SEULES), multiple=True, seules=frozenset(SEULES))
FACONS = tuple(
    " ".join(choix) for combien in (1, 2, 3) for choix in combinations(OUVERTES, combien)
)
"""All that may be ticked together."""
PLAN = [("lieu",), ("vague",)]


def donnees(nb, graine):
    """Return persons who ticked, refused or said nothing."""
    hasard = np.random.default_rng(graine)
    parts = hasard.dirichlet([*[0.7] * len(FACONS), 1.5, 0.6, 1.0])
    dites = hasard.choice(len(FACONS) + len(SEULES), nb, p=parts)
    mots = [(*FACONS, *SEULES)[d].split() for d in dites]
    coches = np.array([[code in m for code in AIDES.reponses] for m in mots])
    uids = np.array([f"{i:032x}" for i in range(nb)])
    return Donnees(population(nb, graine=graine).personnes, uids, {"aides": coches})


def fuites(d, resultat, combien=60):
    """Return what is learned too well of an answer, by whoever reads all answers together."""
    toutes = (*FACONS, *SEULES)
    qui_dit = {c: tuple(f for f in toutes if c in f.split()) for c in AIDES.reponses}
    dites = [Vue(v.qui, qui_dit[v.reponses[0]], v.bas, v.haut) for v in vues(d, resultat, "aides")]
    vrais = {
        uid: {" ".join(c for c, oui in zip(AIDES.reponses, ligne, strict=True) if oui)}
        for uid, ligne in zip(d.uids.tolist(), d.reponses["aides"], strict=True)
    }
    attaque = Attaque(list(dict.fromkeys(dites)), list(toutes))
    return attaque.fuites(vrais, SENSIBLE, hasard=np.random.default_rng(5), combien=combien)


@pytest.mark.parametrize(("nb", "graine"), [(40, 0), (60, 1), (110, 2), (150, 3), (150, 4)])
def test_the_cells_of_one_question_do_not_tell_of_each_other(nb, graine):
    d = donnees(nb, graine)
    resultat = cloturer(d, [AIDES], PLAN, cle=b"k")
    assert resultat.tableaux
    assert fuites(d, resultat) == []


def test_of_a_group_of_21_the_ticks_alone_do_not_tell_who_refused():
    coches = [["pain"]] * 9 + [["lait"]] * 8 + [["rien"]] * 2 + [["_pnr"]] * 2
    d = Donnees(
        Personnes({"lieu": Dimension("lieu", ("A",))}, {"lieu": np.zeros(21, np.int64)}),
        np.array([f"{i:032x}" for i in range(21)]),
        {"aides": np.array([[code in dits for code in AIDES.reponses] for dits in coches])},
    )
    resultat = cloturer(d, [AIDES], [("lieu",)], cle=b"k")
    assert fuites(d, resultat, combien=None) == []


def ensembles(n):
    """Return the counts (silent, refusing, ticked something, a, b) of every way to answer of ``n`` persons."""
    facons = [(1, 0, 0, 0, 0), (0, 1, 0, 0, 0), (0, 0, 1, 1, 0), (0, 0, 1, 0, 1), (0, 0, 1, 1, 1)]
    return {
        tuple(int(k) for k in np.sum([facons[f] for f in choix], axis=0))
        for choix in combinations_with_replacement(range(len(facons)), n)
    }


@pytest.mark.parametrize("n", range(1, 6))
def test_the_relations_say_exactly_what_persons_can_do(n):
    """Neither too much, which would prove safe what is not, nor too little."""
    coche = Coche(2, (3, 4))
    lignes = relations([coche], 5)
    dedans = parts([coche], 5)
    permis = {
        x
        for x in product(range(n + 1), repeat=5)
        if np.array(x)[dedans].sum() == n and (lignes @ np.array(x) >= 0).all()
    }
    assert permis == ensembles(n)


@pytest.mark.parametrize("contre", [("rien", "pain"), ("_pnr", "_sr"), ()])
def test_who_contradicts_the_questionnaire_is_counted_all_the_same(contre):
    """A sheet of paper may say « none of these » and something: nothing is taken for granted."""
    d = donnees(90, 5)
    d.reponses["aides"][:7] = [code in contre for code in AIDES.reponses]
    etats, qui = etats_de(d, AIDES)
    assert len(etats.coches) == 2
    for rang, code in enumerate(AIDES.reponses):
        dits = qui[:, list(etats.de_la_question([rang]))].sum(axis=1)
        assert (dits == d.reponses["aides"][:, rang]).all(), code
    assert (qui[:, parts(etats.coches, len(etats.liste))].sum(axis=1) == 1).all()
    resultat = cloturer(d, [AIDES], PLAN, cle=b"k")
    assert all(t.certificat.sur for t in resultat.tableaux)


def test_a_block_finds_only_populations_that_exist():
    d = donnees(60, 1)
    unites = Unites(d.personnes, 11)
    groupes = {g: unites.groupes[g] for g in unites.ventiler(("vague",))}
    dossier = assembler(d, AIDES, groupes, Registre())
    p = dossier.partie.probleme
    programme = Programme(p)
    programme.montrer(np.zeros_like(p.bases), p.bases)
    hasard, vues_ = np.random.default_rng(3), 0
    blocs = blocs_de(p, programme)
    assert len(blocs) == 1 + len(OUVERTES)
    for bloc in blocs:
        bloc.fixer(p.verite)
        for _ in range(5):
            x = bloc.secouer(hasard.normal(size=p.verite.size)).x
            if x is not None:
                vues_ += 1
                fixes = np.setdiff1d(np.arange(p.verite.size), bloc.libres)
                assert (x.ravel()[fixes] == p.verite.ravel()[fixes]).all()
                assert respecte(p, np.zeros_like(p.bases), p.bases, x)
    assert vues_ >= len(blocs)


@pytest.mark.parametrize("graine", range(2))
def test_ticks_asked_after_a_yes_are_read_together_and_beside_it(graine):
    """As several ticks alone, where only those who said yes were asked."""
    hasard = np.random.default_rng(graine)
    d, mere = donnees(150, graine), Question("venu", ("oui", "non", "_sr"))
    venu = hasard.choice(3, 150, p=[0.6, 0.3, 0.1])
    d.reponses["aides"][venu != 0] = [code == "_sr" for code in AIDES.reponses]
    d = replace(d, reponses={**d.reponses, "venu": venu})
    lien = Lien((mere,), {(code,): code == "oui" for code in mere.reponses})
    resultat = cloturer(d, [mere, replace(AIDES, lien=lien)], PLAN, cle=b"k")
    joints = [f"oui|{f}" for f in (*FACONS, *SEULES)] + ["non|_sr", "_sr|_sr"]
    dites = [
        Vue(
            v.qui,
            tuple(j for j in joints if v.reponses[0] in j.split("|")[k].split()),
            v.bas,
            v.haut,
        )
        for k, nom in enumerate(("venu", "aides"))
        for v in vues(d, resultat, nom)
    ]
    vrais = {
        uid: {
            f"{mere.reponses[v]}|"
            + " ".join(c for c, oui in zip(AIDES.reponses, ligne, strict=True) if oui)
        }
        for uid, v, ligne in zip(d.uids.tolist(), venu, d.reponses["aides"], strict=True)
    }
    attaque = Attaque(list(dict.fromkeys(dites)), joints)
    assert attaque.fuites(vrais, SENSIBLE, hasard=np.random.default_rng(5), combien=60) == []


def test_two_closings_with_erasures_between_them_are_read_together():
    d = donnees(150, 6)
    registre, lues = Registre(), []
    for garde in (np.arange(110), np.delete(np.arange(150), np.arange(12, 40))):
        ici = Donnees(
            Personnes(
                d.personnes.dimensions, {nom: c[garde] for nom, c in d.personnes.codes.items()}
            ),
            d.uids[garde],
            {"aides": d.reponses["aides"][garde]},
        )
        resultat = cloturer(ici, [AIDES], PLAN, registre, cle=b"k")
        registre.ajouter(resultat.populations, resultat.cellules, resultat.regroupements)
        assert all(audit.sur for _, audit in relire(ici, [AIDES], registre))
        lues.append(bool(resultat.tableaux))
    assert all(lues)


def test_an_answer_that_cannot_be_protected_alone_is_not_called_safe():
    """The whole display is refused with what leaks, not shown as far as it got."""
    d = donnees(60, 1)
    unites = Unites(d.personnes, 11)
    groupes = {g: unites.groupes[g] for g in unites.ventiler(("vague",))}
    partie = assembler(d, AIDES, groupes, Registre()).partie
    cibles = cibles_de(partie.probleme.groupes, partie.probleme.tailles, 11)
    fuite = Fuite((0,), 0, 0, 0, "A2", "groupe")

    class Severe(Auditeur):
        def examiner(self, *args, **kwargs):
            return Audit((fuite,))

    protection = proteger_ensemble(
        partie.probleme,
        partie.consigne,
        Auditeur(partie.probleme, cibles),
        lambda seule: Severe(seule, cibles),
    )
    assert not protection.sur
    assert protection.audit.fuites == (fuite,)


def test_an_end_that_some_population_reaches_already_is_not_sought_again():
    """Each search is a program or two: nearly half of those of one count alone were for nothing."""
    d = donnees(60, 1)
    unites = Unites(d.personnes, 11)
    groupes = {g: unites.groupes[g] for v in PLAN for g in unites.ventiler(v)}
    partie = assembler(d, AIDES, groupes, Registre()).partie
    p, vue = partie.probleme, Presentation(partie.probleme, partie.consigne)
    vue.premier_affichage()
    cherches = []

    class Comptee(Enquete):
        def _viser(self, rangs, vers_le_haut):
            if rangs.size == 1:
                cherches.append(self._manques(rangs)[0 if vers_le_haut[0] else 1][0])
            return super()._viser(rangs, vers_le_haut)

    bas, haut = vue.affichage.bas, vue.affichage.haut
    dossier = Dossier(p, cibles_de(p.groupes, p.tailles, 11))
    dossier.programme.montrer(bas, haut)
    dossier.memoire.montrer(bas, haut)
    Comptee(dossier, dossier.reserve.accord(bas, haut), [], None).mener()
    assert cherches
    assert min(cherches) > 0
