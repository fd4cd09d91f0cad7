"""Two questions that some same answers decide of: each is read beside the other (ADR 0104, 0148)."""

from dataclasses import replace

import numpy as np
import pytest

from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.liens import Lien, Soeur
from analyses.confidentialite.moteur.parametres import SENSIBLE
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.registre import Registre
from analyses.confidentialite.moteur.relecture import relire
from analyses.extraction.plan import Aiguillage
from tests.unit.analyses.moteur.attaquant import Attaque, Vue, vues
from tests.unit.analyses.moteur.populations import population

OUI_NON = ("oui", "non", "_pnr", "_sr")
DECIDENT = {
    "une": Aiguillage(("venu",), {(a,): a == "oui" for a in OUI_NON}),
    "deux": Aiguillage(
        ("venu", "revenu"), {(a, b): (a, b) == ("oui", "oui") for a in OUI_NON for b in OUI_NON}
    ),
}
MERES = {nom: Question(nom, OUI_NON) for nom in ("venu", "revenu")}
REPONSES = {"une": ("prix", "attente", "loin", "_pnr", "_sr"), "deux": ("peu", "beaucoup", "_sr")}


def fille(nom, soeur):
    """Return a question that is told of the other as at a closing."""
    siens = DECIDENT[nom]
    posees = siens.ou_est_posee(DECIDENT[soeur])
    meres = tuple(MERES[mere] for mere in siens.meres)
    lien = Lien(meres, siens.situations, (Soeur(soeur, posees),) if posees else ())
    return Question(nom, REPONSES[nom], lien=lien)


def donnees(nb, graine):
    """Return persons of whom nearly all who said yes once said it twice."""
    hasard = np.random.default_rng(graine)
    venu = hasard.choice(4, nb, p=[0.45, 0.45, 0.05, 0.05])
    revenu = hasard.choice(4, nb, p=[0.93, 0.03, 0.02, 0.02])
    une = np.where(venu == 0, hasard.choice(5, nb, p=[0.4, 0.3, 0.1, 0.05, 0.15]), 4)
    deux = np.where((venu == 0) & (revenu == 0), hasard.choice(3, nb, p=[0.55, 0.43, 0.02]), 2)
    uids = np.array([f"{i:032x}" for i in range(nb)])
    dites = {"venu": venu, "revenu": revenu, "une": une, "deux": deux}
    return Donnees(population(nb, graine=graine).personnes, uids, dites)


@pytest.mark.parametrize("graine", range(2))
def test_what_is_asked_after_one_answer_is_read_beside_what_is_asked_after_two(graine):
    """Who gave the second reason said yes, so was asked the first: told both ways."""
    d = donnees(130, graine)
    questions = [*MERES.values(), fille("une", "deux"), fille("deux", "une")]
    resultat = cloturer(d, questions, [("lieu",), ("vague",)], cle=b"k")
    registre = Registre()
    registre.ajouter(
        resultat.populations, resultat.cellules, resultat.regroupements, resultat.moyennes
    )
    une = questions[2]
    dite = replace(une, lien=replace(une.lien, soeurs=(Soeur("deux", frozenset({("oui",)})),)))
    assert all(a.sur for _, a in relire(d, [*questions[:2], dite, questions[3]], registre))


@pytest.mark.parametrize("graine", range(2))
def test_a_reader_who_knows_that_two_yes_are_one_yes_learns_nothing_of_the_first(graine):
    """The attacker of the engine's tests: who is not silent to the second said yes to the first."""
    d = donnees(130, graine)
    questions = [*MERES.values(), fille("une", "deux"), fille("deux", "une")]
    resultat = cloturer(d, questions, [("lieu",), ("vague",)], cle=b"k")
    oui = tuple(f"oui|{raison}" for raison in REPONSES["une"])
    joints = (*oui, *(f"{code}|_sr" for code in OUI_NON[1:]))
    places = {"venu": 0, "une": 1}
    dites = [
        Vue(v.qui, tuple(j for j in joints if j.split("|")[place] in v.reponses), v.bas, v.haut)
        for nom, place in places.items()
        for v in vues(d, resultat, nom)
    ]
    dites += [
        Vue(v.qui, oui, len(v.qui) - v.haut, len(v.qui))
        for v in vues(d, resultat, "deux")
        if v.reponses == ("_sr",)
    ]
    vrais = {
        uid: {f"{OUI_NON[venu]}|{REPONSES['une'][une]}"}
        for uid, venu, une in zip(
            d.uids.tolist(), *(d.reponses[nom].tolist() for nom in places), strict=True
        )
    }
    assert Attaque(list(dict.fromkeys(dites)), list(joints)).fuites(vrais, SENSIBLE) == []
