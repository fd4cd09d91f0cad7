"""Change beside baskets and workshops: halves are told only where nothing hidden comes back.

The attacker knows which card received what and who answered: one whole-number program over the
families of each quarter of the cohort, with everything that the report prints (ADR 0092).
"""

from datetime import date
from itertools import product
from types import SimpleNamespace
from uuid import UUID

import numpy as np
import pytest

from analyses.actions.exposition import Base, ajouter_expositions
from analyses.changements.couples import CASES
from analyses.changements.exposition import par_cinq, phrase_d_exposition, tableau_d_exposition
from analyses.changements.mondes import Dossier
from analyses.extraction.expositions import Exposition
from analyses.extraction.paires import PAS, Appariees, Question
from analyses.extraction.trajectoires import Instrument, Trajectoire

from .test_conjoint import attaquer, trop_connu, un_critere
from .test_verdict import montrer

N, COHORTES = 48, 8
"""By hand, 150."""
QUESTION = Question("critere1", "Légumes secs", ("q",), baisse=False, declaree=True, binaire=False)
POSE = Instrument(degres={"q": tuple(range(8))}, milieux={"q": 7 * PAS / 2}, liens={})
COHORTE = SimpleNamespace(cle=UUID(int=91))
TYPES = list(product((0, 1), (0, 1), range(4)))
"""More baskets or not, more workshops or not, and what became of the family."""
QUOI = ("paniers", "ateliers")


def une_cohorte(graine: int, n: int = N):
    """Return the pairs of a cohort where most families progress, and what each received."""
    hasard = np.random.default_rng(graine)
    avant = hasard.integers(0, 4, n)
    mieux = np.where(hasard.random(n) < 0.7, 2, 0) + hasard.choice((-1, 0, 0, 1), n)
    ecarts = [
        None if hasard.random() < 0.04 else int(e) for e in np.clip(avant + mieux, 0, 7) - avant
    ]
    familles = [
        Trajectoire(
            f"{i:032x}",
            {1: {"q": str(a)}, 3: {} if e is None else {"q": str(a + e)}},
            i,
        )
        for i, (a, e) in enumerate(zip(avant, ecarts, strict=True))
    ]
    recu = {quoi: np.argsort(hasard.random(n)) >= n // 2 for quoi in QUOI}
    return familles, ecarts, recu


def rapport(familles, ecarts, recu):
    """Return what is printed of one declared outcome, with its halves."""
    cases = [3 if e is None else 0 if e > 0 else 1 if e == 0 else 2 for e in ecarts]
    partage = montrer(tuple(cases.count(k) for k in range(4)))
    contenu = {"criteres": [un_critere(partage)], "departs": []}
    paires = Appariees(
        tuple(f.identifiant for f in familles), {QUESTION.code: tuple(ecarts)}, {}, {}
    )
    base = Base([QUESTION], paires, Dossier(familles, [3], POSE, 3), {})
    expositions = [
        Exposition(quoi, 9, frozenset(np.flatnonzero(recu[quoi]).tolist())) for quoi in QUOI
    ]
    return ajouter_expositions(COHORTE, base, expositions, contenu)[0]


def fuites(contenu, ecarts, recu, *, exact: bool = False) -> int:
    """Count what is too well known; ``exact``: were each half told as the engine tells it alone."""
    cases = [3 if e is None else 0 if e > 0 else 1 if e == 0 else 2 for e in ecarts]
    vus = list(zip(recu["paniers"], recu["ateliers"], cases, strict=True))
    verite = np.array([vus.count(t) for t in TYPES])
    types = np.array(TYPES)
    connus = contenu["criteres"][0]["connus"]
    dits = [(types[:, 2] == k, tuple(connus[case])) for k, case in enumerate(CASES)]
    quarts = [(types[:, 0] == a) & (types[:, 1] == b) for a, b in product((0, 1), repeat=2)]
    dits += [(quart, (int(quart @ verite),) * 2) for quart in quarts]
    groupes = [np.ones(len(TYPES), dtype=bool)]
    for exposition in contenu["expositions"]:
        for ligne in exposition["criteres"][0]["lignes"] if exposition["criteres"] else ():
            colonne = QUOI.index(exposition["quoi"])
            moitie = types[:, colonne] == int(ligne["groupe"] == "plus")
            progressent = moitie & (types[:, 2] == 0)
            vrai = int(progressent @ verite)
            dits.append((progressent, (vrai, vrai) if exact else (ligne["bas"], ligne["haut"])))
            groupes.append(moitie)
    return sum(
        attaquer(dits, [g & (types[:, 2] == k) for k in range(4)], verite, int(g @ verite))
        for g in groupes
    )


def test_halves_of_a_cohort_give_no_hidden_count_back():
    montrees = exactes = 0
    for graine in range(COHORTES):
        familles, ecarts, recu = une_cohorte(graine)
        contenu = rapport(familles, ecarts, recu)
        montrees += sum(len(e["criteres"]) for e in contenu["expositions"])
        assert fuites(contenu, ecarts, recu) == 0, graine
        exactes += bool(fuites(contenu, ecarts, recu, exact=True))
    assert montrees >= COHORTES  # most halves are told, by fives
    assert exactes >= COHORTES // 4  # told exactly, they would often give hidden counts back


def test_halves_of_fewer_than_eleven_families_are_never_told():
    familles, ecarts, recu = une_cohorte(1, n=20)
    contenu = rapport(familles, ecarts, recu)
    assert [(e["petits"], e["criteres"]) for e in contenu["expositions"]] == [(True, [])] * 2


@pytest.mark.parametrize("n", [11, 24, 70])
def test_fives_always_hold_the_count_and_break_no_rule(n):
    for vrai in range(n + 1):
        bas, haut = par_cinq(vrai, vrai, n)
        assert 0 <= bas <= vrai <= haut <= n
        assert not trop_connu(bas, haut, vrai, n)


def test_what_is_said_of_two_halves_is_two_counts_and_no_cause():
    lignes = [
        {"groupe": "moins", "n": 24, "bas": 10, "haut": 14},
        {"groupe": "plus", "n": 25, "bas": 15, "haut": 19},
    ]
    e = {"quoi": "paniers", "seuil": 9, "code": "critere1", "lignes": lignes}
    tableau = tableau_d_exposition(e, "Légumes secs", date(2026, 11, 27))
    assert phrase_d_exposition(tableau) == (
        "Légumes secs\u00a0: entre 10 et 14 progressent sur les 24 qui ont reçu 9 paniers au plus\u00a0; "
        "entre 15 et 19 progressent sur les 25 qui ont reçu plus de 9 paniers."
    )
