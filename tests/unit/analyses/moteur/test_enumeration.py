"""Whole closings of a dozen persons, and every population that agrees with all that was shown.

Thresholds are low enough for brute force to follow: hierarchies, linked tables, three dimensions,
late arrivals, erasures, several closings. Nothing here solves a program.
"""

from itertools import product

import numpy as np
import pytest

from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.parametres import Parametres
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.registre import Registre
from analyses.confidentialite.moteur.unites import Dimension, Personnes

from .attaquant import Attaque, vues
from .enumerateur import regle_enfreinte

MINUSCULE = Parametres("SENSIBLE", n_min=4, m=2, w=1, c=1)
QUESTION = Question("q", ("oui", "non"), parametres=MINUSCULE)
DIMENSIONS = {
    "lieu": Dimension("lieu", ("T1", "T2", "S1", "S2"), ("", "", "T1", "T1")),
    "public": Dimension("public", ("P1", "P2")),
    "vague": Dimension("vague", ("V1", "V2")),
}
PLANS = {
    "hierarchie": [("lieu",)],
    "liees": [("lieu",), ("public",), ("vague",)],
    "croisees": [("lieu", "public"), ("vague",)],
    "trois": [("lieu", "public", "vague")],
}


def _tirer(graine, nombre):
    """Return persons: a place (T2, S1 or S2), a public, a wave and an answer each."""
    hasard = np.random.default_rng(graine)
    codes = {
        "lieu": hasard.choice([1, 2, 3], size=nombre),
        "public": hasard.integers(0, 2, nombre),
        "vague": hasard.integers(0, 2, nombre),
    }
    return codes, (hasard.random(nombre) < hasard.choice([0.15, 0.5, 0.85])).astype(np.int64)


def _donnees(codes, reponses, garde):
    garde = np.asarray(garde)
    return Donnees(
        Personnes(DIMENSIONS, {nom: valeurs[garde] for nom, valeurs in codes.items()}),
        np.array([f"u{i:03d}" for i in garde]),
        {"q": reponses[garde]},
    )


def _populations(attaque):
    """Return every population (rows) as « oui » of each piece, in agreement with all cells."""
    choix = np.array(list(product(*(range(t + 1) for t in attaque.tailles))), dtype=np.int64)
    accord = np.ones(len(choix), bool)
    for cellule in attaque.cellules:
        dedans = [p for p, m in enumerate(attaque.morceaux) if m <= cellule.qui]
        oui = choix[:, dedans].sum(axis=1)
        compte = oui if cellule.reponses == ("oui",) else len(cellule.qui) - oui
        accord &= (compte >= cellule.bas) & (compte <= cellule.haut)
    return choix[accord]


def _fuites(cellules, vrais):
    """Return the targets too well known, from the list of all populations."""
    attaque = Attaque(cellules, ["oui", "non"])
    possibles = _populations(attaque)
    assert len(possibles)
    trouvees = []
    for cible in attaque.cibles():
        dedans = [p for p, m in enumerate(attaque.morceaux) if m <= cible]
        comptes = possibles[:, dedans].sum(axis=1)
        n, vrai = len(cible), sum(vrais[uid] == 0 for uid in cible)
        assert comptes.min() <= vrai <= comptes.max()
        for bas, haut, x in (
            (comptes.min(), comptes.max(), vrai),
            (n - comptes.max(), n - comptes.min(), n - vrai),
        ):
            if regle_enfreinte(n, int(bas), int(haut), x, MINUSCULE):
                trouvees.append((n, int(bas), int(haut), x))
    return trouvees


@pytest.fixture(autouse=True)
def _croiser_si_peu(monkeypatch):
    """Cross groups of four persons too, so that brute force sees crossed tables."""
    monkeypatch.setattr("analyses.confidentialite.moteur.unites.PETIT_GROUPE", 4)


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("graine", range(6))
def test_no_closing_of_few_persons_leaks(plan, graine):
    codes, reponses = _tirer(graine, 13)
    ici = _donnees(codes, reponses, range(13))
    cloture = cloturer(ici, [QUESTION], PLANS[plan], cle=b"secret")
    cellules = vues(ici, cloture, "q")
    vrais = dict(zip(ici.uids.tolist(), reponses.tolist(), strict=True))
    assert not cellules or _fuites(cellules, vrais) == []


@pytest.mark.parametrize("graine", range(8))
def test_no_series_of_closings_leaks(graine):
    """Eight persons; six arrive and none leaves; then five are erased: all that was ever shown."""
    codes, reponses = _tirer(100 + graine, 14)
    registre, cellules = Registre(), []
    for garde in (range(8), range(14), range(5, 14)):
        ici = _donnees(codes, reponses, garde)
        cloture = cloturer(ici, [QUESTION], PLANS["liees"], registre, cle=b"secret")
        registre.ajouter(cloture.populations, cloture.cellules, cloture.regroupements)
        cellules += vues(ici, cloture, "q")
    vrais = {f"u{i:03d}": int(r) for i, r in enumerate(reponses)}
    assert not cellules or _fuites(list(dict.fromkeys(cellules)), vrais) == []


def test_brute_force_sees_a_leak_when_there_is_one():
    """The test can fail: told exactly, the same persons leak."""
    codes, reponses = _tirer(0, 13)
    ici = _donnees(codes, reponses, range(13))
    cloture = cloturer(ici, [QUESTION], PLANS["liees"], cle=b"secret")
    vrais = dict(zip(ici.uids.tolist(), reponses.tolist(), strict=True))
    exactes = []
    for vue in vues(ici, cloture, "q"):
        compte = sum(vrais[uid] == ("oui", "non").index(vue.reponses[0]) for uid in vue.qui)
        exactes.append(type(vue)(vue.qui, vue.reponses, compte, compte))
    assert _fuites(exactes, vrais)
