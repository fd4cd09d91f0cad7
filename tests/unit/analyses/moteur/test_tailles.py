"""A question that groups persons: the sizes of its groups are attacked like its answers."""

import numpy as np
import pytest

from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.modele import Nature
from analyses.confidentialite.moteur.parametres import ORDINAIRE
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.registre import Population, Registre
from analyses.confidentialite.moteur.resultats import HORS_PLAN, REVELERAIT_SEUL
from analyses.confidentialite.moteur.tailles import en_cellules
from analyses.confidentialite.moteur.unites import Axe, Dimension, Groupe, Personnes

from .attaquant import Attaque, Vue, membres, vues

VENUE = Question("venue", ("pied", "bus", "velo", "_sr"), parametres=ORDINAIRE)
SAUTE = Question("saute", ("oui", "non", "_sr"))
PLAN = [("lieu",), ("venue",), ("lieu", "venue")]
LIEUX = Dimension("lieu", ("A", "B", "C"))
MOYENS = Dimension("venue", ("pied", "bus", "velo"))


def donnees(lieu, venue, saute, debut=0):
    """Return a snapshot from ranks; « venue » is the dimension and the question."""
    venue = np.asarray(venue)
    return Donnees(
        Personnes(
            {"lieu": LIEUX, "venue": MOYENS},
            {"lieu": np.asarray(lieu), "venue": np.where(venue == 3, -1, venue)},
        ),
        np.array([f"u{i:05d}" for i in range(debut, debut + len(venue))]),
        {"venue": venue, "saute": np.asarray(saute)},
    )


def au_hasard(nb, graine):
    hasard = np.random.default_rng(graine)
    venue = hasard.choice(4, size=nb, p=[0.55, 0.3, 0.1, 0.05])
    return donnees(hasard.choice(3, nb), venue, hasard.choice(3, nb, p=[0.3, 0.6, 0.1]))


def fermer(ici, plan, registre=None, questions=(VENUE, SAUTE)):
    return cloturer(ici, questions, plan, registre, groupantes={"venue": VENUE}, cle=b"secret")


def tailles_vues(ici, cloture):
    """Return what a reader sees of « venue » in the sizes of the groups, read from the tables."""
    trouvees = []
    for ligne in (ligne for t in cloture.tableaux for ligne in t.lignes):
        axe = next((a for a in ligne.groupe.axes if a.dimension == "venue"), None)
        if axe is not None:
            autres = Groupe(tuple(a for a in ligne.groupe.axes if a is not axe))
            codes = ["_sr" if code == "_nr" else code for code in axe.codes]
            qui = membres(ici, autres)
            trouvees.append(Vue(qui, tuple(codes), ligne.effectif, ligne.effectif))
    return trouvees


def reponses(ici):
    return {
        uid: {VENUE.reponses[rang]}
        for uid, rang in zip(ici.uids.tolist(), ici.reponses["venue"].tolist(), strict=True)
    }


@pytest.mark.parametrize(("nb", "graine"), [(40, 0), (90, 1), (150, 2)])
def test_sizes_and_tables_together_expose_nobody(nb, graine):
    ici = au_hasard(nb, graine)
    cloture = fermer(ici, PLAN)
    assert {t.question for t in cloture.tableaux} == {"venue", "saute"}
    vus = [*vues(ici, cloture, "venue"), *tailles_vues(ici, cloture)]
    attaque = Attaque(list(dict.fromkeys(vus)), list(VENUE.reponses))
    hasard = np.random.default_rng(graine)
    assert attaque.fuites(reponses(ici), ORDINAIRE, hasard=hasard, combien=200) == []


def test_the_question_keeps_its_table_and_is_never_broken_down_by_itself():
    ici = au_hasard(150, 2)
    cloture = fermer(ici, PLAN)
    siens = [t.ventilation for t in cloture.tableaux if t.question == "venue"]
    assert () in siens
    assert all("venue" not in ventilation for ventilation in siens)
    tous = next(t for t in cloture.tableaux if t.question == "venue" and not t.ventilation)
    dites = {c.reponses: (c.bas, c.haut, c.nature) for c in tous.lignes[0].cellules}
    a_pied = int((ici.reponses["venue"] == 0).sum())
    assert dites["pied",] == (a_pied, a_pied, Nature.EXACT)


@pytest.mark.parametrize("venue", [[0] * 40, [0] * 39 + [1]], ids=["all", "all but one"])
def test_what_everybody_answered_groups_nobody(venue):
    """« All came on foot » may not be told as the size of a group."""
    ici = donnees([0] * 40, venue, [0, 1] * 20)
    cloture = fermer(ici, [("venue",)])
    assert tailles_vues(ici, cloture) == []
    assert {t.question for t in cloture.tableaux} == {"venue", "saute"}


def test_newcomers_who_all_answered_the_same_are_not_told_by_two_closings():
    """24 persons arrive, all by bus: the size of that group alone would grow."""
    venue, saute = [0, 1] * 30, [0, 1, 1] * 20
    avant = donnees([0] * 60, venue, saute)
    registre, premiere = Registre(), fermer(avant, [("venue",)])
    registre.ajouter(premiere.populations, premiere.cellules, premiere.regroupements)
    assert tailles_vues(avant, premiere)
    apres = donnees([0] * 84, venue + [1] * 24, saute + [0, 1] * 12)
    seconde = fermer(apres, [("venue",)], registre)
    assert tailles_vues(apres, seconde) == []
    refus = [(r.question, r.ventilation, r.motif) for r in seconde.refus]
    assert ("saute", ("venue",), REVELERAIT_SEUL) in refus
    melanges = donnees([0] * 84, venue + [0, 1] * 12, saute + [0, 1] * 12)
    assert tailles_vues(melanges, fermer(melanges, [("venue",)], registre))


def test_that_nobody_gave_an_answer_is_not_told_either():
    """All came on foot or by bus: two sizes that add up to everybody would tell that none cycled."""
    ici = donnees([0] * 60, [0, 1] * 30, [0, 1, 1] * 20)
    dites = {vue.reponses: vue.bas for vue in tailles_vues(ici, fermer(ici, [("venue",)]))}
    assert sorted(dites.values()) == [30, 30]
    assert {len(codes) for codes in dites} == {1, 3}


def test_a_table_crosses_one_question_only():
    ici = au_hasard(90, 1)
    autre = {"venue": VENUE, "lieu": SAUTE}
    cloture = cloturer(ici, [VENUE, SAUTE], [("lieu", "venue")], groupantes=autre, cle=b"s")
    assert {r.motif for r in cloture.refus} == {HORS_PLAN}


def test_a_size_is_a_cell_of_the_group_around_it():
    tous, ici, nr = frozenset("abcdefgh"), frozenset("abc"), frozenset("d")
    lieu = Axe("lieu", ("A",))
    groupes = {
        Groupe(()): tous,
        Groupe((lieu,)): ici,
        Groupe((lieu, Axe("venue", ("bus", "velo")))): ici,
        Groupe((Axe("venue", ("_nr",)),)): nr,
    }
    populations, cellules = en_cellules(VENUE, MOYENS, groupes)
    assert populations == [Population("lieu=A", ici), Population("TOTAL", tous)]
    assert [(c.reponses, c.bas, c.population) for c in cellules] == [
        (("bus", "velo"), 3, populations[0].empreinte),
        (("_sr",), 1, populations[1].empreinte),
    ]
    del groupes[Groupe(())]
    with pytest.raises(ValueError, match="without TOTAL"):
        en_cellules(VENUE, MOYENS, groupes)


def test_silence_inside_a_code_is_not_silence_of_all():
    """A dimension may nest codes: « _nr(bus) » is who has it and none below."""
    nichee = Dimension("venue", ("pied", "bus", "velo"), ("", "", "bus"))
    groupes = {
        Groupe(()): frozenset("abc"),
        Groupe((Axe("venue", ("_nr(bus)",), ("bus",)),)): frozenset("a"),
        Groupe((Axe("venue", ("bus",)),)): frozenset("ab"),
    }
    _, cellules = en_cellules(VENUE, nichee, groupes)
    assert [c.reponses for c in cellules] == [("bus",), ("bus", "velo")]
