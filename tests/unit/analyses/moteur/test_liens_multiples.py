"""A question asked after some of several ticks, read beside them (ADR 0104, amended by 0147).

The attack: everybody, less who refused and who was silent, is who was asked. The attacker is the one
of the engine's tests; it is given the rules of the questionnaire and every table of both.
"""

import numpy as np
import pytest

from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.liens import Lien
from analyses.confidentialite.moteur.parametres import SENSIBLE
from analyses.confidentialite.moteur.questions import Donnees, Question
from tests.unit.analyses.moteur.attaquant import Attaque, Vue, vues
from tests.unit.analyses.moteur.populations import population
from tests.unit.analyses.test_aiguillages import lues

CODES = ("pain", "lait", "rien", "_pnr", "_sr")
SEULES = frozenset({"rien", "_pnr", "_sr"})
AIDES = Question("aides", CODES, multiple=True, seules=SEULES)
RAISONS = ("prix", "attente", "loin", "_pnr", "_sr")
COCHES = ("pain", "lait", "pain lait", "rien", "_pnr", "_sr")
"""All that may be ticked together."""


def fille(*codes):
    """Return a question asked of who ticked any of these."""
    si = {"any": [{"q": "aides", "has": code} for code in codes]}
    return Question("suite", RAISONS, lien=Lien((AIDES,), lues(suite=si)["suite"].situations))


def donnees(nb, graine, codes):
    """Return persons who ticked, refused or said nothing, and the reasons of those who were asked."""
    hasard = np.random.default_rng(graine)
    coche = hasard.choice(len(COCHES), nb, p=[0.1, 0.15, 0.15, 0.1, 0.03, 0.47])
    posee = np.array([not set(COCHES[c].split()).isdisjoint(codes) for c in coche])
    aides = np.array([[code in COCHES[c].split() for code in CODES] for c in coche])
    suite = np.where(posee, hasard.choice(5, nb, p=[0.4, 0.35, 0.15, 0.05, 0.05]), 4)
    uids = np.array([f"{i:032x}" for i in range(nb)])
    return Donnees(population(nb, graine=graine).personnes, uids, {"aides": aides, "suite": suite})


def fuites(d, resultat, codes, *noms):
    """Return what is learned of who was asked, reason by reason, and of who was not."""
    joints = [
        f"{coche}|{raison}"
        for coche in COCHES
        for raison in (RAISONS if not set(coche.split()).isdisjoint(codes) else ("_sr",))
    ]
    dites = [
        Vue(v.qui, tuple(j for j in joints if garde(j.split("|"), v.reponses)), v.bas, v.haut)
        for nom, garde in (
            ("aides", lambda j, dites: not set(j[0].split()).isdisjoint(dites)),
            ("suite", lambda j, dites: j[1] in dites),
        )
        if nom in noms
        for v in vues(d, resultat, nom)
    ]
    vrais = {
        uid: {f"{' '.join(c for c, oui in zip(CODES, ligne, strict=True) if oui)}|{RAISONS[rang]}"}
        for uid, ligne, rang in zip(
            d.uids.tolist(), d.reponses["aides"], d.reponses["suite"].tolist(), strict=True
        )
    }
    attaque = Attaque(list(dict.fromkeys(dites)), joints)
    return attaque.fuites(vrais, SENSIBLE, hasard=np.random.default_rng(5), combien=60)


@pytest.mark.parametrize(
    ("nb", "graine", "codes"),
    [(150, 1, ("pain",)), (700, 0, ("pain", "lait", "rien"))],
)
def test_who_was_asked_is_not_worked_out_from_who_refused_and_was_silent(nb, graine, codes):
    """What ticks tell of each other, which is proved answer by answer, is not made worse."""
    d = donnees(nb, graine, codes)
    resultat = cloturer(d, [AIDES, fille(*codes)], [("lieu",), ("vague",)], cle=b"k")
    des_deux = fuites(d, resultat, codes, "aides", "suite")
    assert des_deux == fuites(d, resultat, codes, "aides")
    if nb > 150:
        assert {t.question for t in resultat.tableaux} == {"aides", "suite"}
        assert des_deux == []


@pytest.mark.parametrize("graine", range(2))
def test_two_cells_of_the_ticks_do_not_tell_who_was_asked_and_kept_silent(graine):
    """The pencil: of the ticks, who refused and who was silent only; all who were asked are one."""
    codes = ("pain", "lait", "rien")
    d = donnees(150, graine, codes)
    resultat = cloturer(d, [AIDES, fille(*codes)], [("lieu",), ("vague",)], cle=b"k")
    muets = {("_pnr",): ["_pnr|_sr"], ("_sr",): ["_sr|_sr"]}
    joints = [*(f"posee|{raison}" for raison in RAISONS), "_pnr|_sr", "_sr|_sr"]
    dites = [
        Vue(v.qui, tuple(muets[v.reponses]), v.bas, v.haut)
        for v in vues(d, resultat, "aides")
        if v.reponses in muets
    ]
    dites += [
        Vue(v.qui, tuple(j for j in joints if j.split("|")[1] in v.reponses), v.bas, v.haut)
        for v in vues(d, resultat, "suite")
    ]
    vrais = {
        uid: {f"{'_pnr' if ligne[3] else '_sr' if ligne[4] else 'posee'}|{RAISONS[rang]}"}
        for uid, ligne, rang in zip(
            d.uids.tolist(), d.reponses["aides"], d.reponses["suite"].tolist(), strict=True
        )
    }
    hasard = np.random.default_rng(5)
    assert Attaque(dites, joints).fuites(vrais, SENSIBLE, hasard=hasard, combien=120) == []
