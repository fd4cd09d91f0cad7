"""A reader of all that a cohort prints, who tries every world: what the joint audit must stop.

The attacker shares nothing with the audit: it writes its own whole-number program over all states,
and has its own reading of the rules of confidentialité §4.4 for a group of 11 families and more.
"""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from analyses.actions.conjoint import partager, retirer
from analyses.changements.couples import CASES, OUI_NON, Couples, partage_de
from analyses.changements.imprime import retraits_possibles, sans
from analyses.changements.mondes import Dossier, partages
from analyses.changements.verdict import Partage
from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.questions import Donnees
from analyses.confidentialite.moteur.questions import Question as QuestionMoteur
from analyses.confidentialite.moteur.unites import Dimension, Personnes
from analyses.extraction.paires import PAS, Question
from analyses.extraction.trajectoires import EFFACEES, Instrument, Trajectoire

from .test_verdict import montrer

N, COHORTES_OUI_NON = 24, 12
"""By hand, 150 (ADR 0092)."""
MOTS = ("non", "oui")
JARDIN = Question("critere1", "Avoir un jardin", ("q",), baisse=False, declaree=True, binaire=True)
POSE = Instrument(degres={"q": (0, 1)}, milieux={"q": PAS / 2}, liens={})


def trop_connu(bas: int, haut: int, vrai: int, n: int) -> bool:
    """A2 to A5, for the profile SENSIBLE."""
    petit = vrai < 5 or n - vrai < 5
    return (
        (bas == haut and (bas < 5 or n - bas < 5))
        or (bas >= 1 and haut < 5)
        or (n - haut >= 1 and n - bas < 5)
        or (petit and haut - bas < 4)
        or (n - bas <= 2 and bas >= 1)
        or (haut <= 2 and haut < n)
    )


def sorti(codes: np.ndarray, cases: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """Return what the engine lets out of one table by itself."""
    n = len(codes)
    donnees = Donnees(
        Personnes(
            {"ensemble": Dimension("ensemble", ("ensemble",))},
            {"ensemble": np.zeros(n, dtype=np.int64)},
        ),
        np.array([f"{i:032x}" for i in range(n)]),
        {"q": codes},
    )
    (tableau,) = cloturer(donnees, [QuestionMoteur("q", cases)], [()], cle=b"x").tableaux
    return {c.reponses[0]: (max(0, c.bas), min(n, c.haut)) for c in tableau.lignes[0].cellules}


def un_critere(partage, couples=None, code="critere1", questions=("q",)):
    connus = {case: list(getattr(partage, case)) for case in CASES}
    return {
        "code": code, "questions": list(questions), "mesure": "", "libelle": code,
        "declaree": True, "baisse": False, "binaire": couples is not None, "n": partage.n,
        "verdict": "", "montre": True, "connus": connus,
        "couples": {c: list(getattr(couples, c)) for c in OUI_NON} if couples else None,
    }  # fmt: skip


def rapports(reponses: np.ndarray) -> dict[int, dict]:
    """Return the two reports of a yes/no outcome as each is protected by itself."""
    n = len(reponses)
    avant = reponses[:, 0]
    rendus = {}
    for rang, apres in ((2, reponses[:, 1]), (3, reponses[:, 2])):
        if rang == 2:
            comptes = [int((apres > avant).sum()), int((apres == avant).sum())]
            partage = montrer((*comptes, n - sum(comptes), 0))
            rendus[rang] = {"criteres": [un_critere(partage)], "departs": []}
            continue
        codes = np.select([(avant & apres) == 1, avant == 1, apres == 1], [0, 1, 2], 3)
        couples = Couples(n, *(sorti(codes, OUI_NON)[c] for c in OUI_NON)).resserre()
        partage = partage_de(couples, baisse=False)
        rendus[rang] = {"criteres": [un_critere(partage, couples)], "departs": []}
    return rendus


DITS = (1, 0, -1)
"""Oui, non, sans réponse."""
TYPES = np.array(list(product(DITS, repeat=3)))


def table(a: int, b: int) -> list[np.ndarray]:
    """Return the four pairs of answers of two waves, then who lacks one."""
    complets = (TYPES[:, a] >= 0) & (TYPES[:, b] >= 0)
    paires = [(TYPES[:, a] == x) & (TYPES[:, b] == y) for x, y in product((1, 0), repeat=2)]
    return [*paires, ~complets]


def partage(apres: int) -> list[np.ndarray]:
    oui_oui, oui_non, non_oui, non_non, manquent = table(0, apres)
    return [non_oui, oui_oui | non_non, oui_non, manquent]


MESURES = [
    *[TYPES[:, v] == d for v in range(3) for d in DITS],
    *[poids for a, b in ((0, 1), (0, 2), (1, 2)) for poids in table(a, b)[:4]],
    *partage(1),
    *partage(2),
]


def attaquer(dits, mesures, verite: np.ndarray, groupe: int = 0) -> int:
    """Count what is too well known to whoever tries every world of whole families (§4.4).

    ``dits``: sums that are printed, with their bounds. ``verite``: families in each state, used only to
    judge. A count of five and more on both sides breaks no rule, whatever is known of it. ``groupe``: how
    many families the measures are about, where they are not all.
    """
    n = int(verite.sum())
    lignes = np.array([np.ones(len(verite)), *(poids for poids, _ in dits)], dtype=float)
    bas, haut = zip((n, n), *(bornes for _, bornes in dits), strict=True)
    assert (lignes @ verite >= bas).all()
    assert (lignes @ verite <= haut).all()
    sues = LinearConstraint(lignes, bas, haut)
    entiers = np.ones(len(verite))
    fuites = 0
    for poids in mesures:
        vrai, parmi = int(poids @ verite), groupe or n
        if vrai >= 5 and parmi - vrai >= 5:
            continue
        moins, plus = (
            round(s * milp(s * poids.astype(float), constraints=sues, integrality=entiers, bounds=Bounds(0, n)).fun)
            for s in (1, -1)
        )  # fmt: skip
        fuites += trop_connu(moins, plus, vrai, parmi)
    return fuites


def fuites_oui_non(reponses: np.ndarray, imprimes: dict[int, dict]) -> int:
    dits = []
    for rang, rapport in imprimes.items():
        (critere,) = rapport["criteres"]
        if critere["montre"]:
            dits += zip(partage(rang - 1), (critere["connus"][c] for c in CASES), strict=True)
        if critere.get("couples"):
            cellules = (critere["couples"][c] for c in OUI_NON)
            dits += zip(table(0, rang - 1), cellules, strict=True)
    verite = np.array([(reponses == t).all(axis=1).sum() for t in TYPES])
    return attaquer(dits, MESURES, verite)


def une_cohorte(hasard: np.random.Generator) -> np.ndarray:
    depart, monte, descend = hasard.uniform(0.3, 0.7), *hasard.uniform(0.05, 0.6, 2)
    vagues = [(hasard.random(N) < depart).astype(int)]
    for _ in range(2):
        chances = np.where(vagues[-1] == 1, 1 - descend, monte)
        vagues.append((hasard.random(N) < chances).astype(int))
    return np.array(vagues).T


def apres_audit(reponses: np.ndarray, imprimes: dict[int, dict]) -> dict[int, dict]:
    """Return the two reports as they are really printed: mi-parcours first, the exit beside it."""
    faits: dict[int, dict] = {}
    for rang, contenu in imprimes.items():
        familles = [
            Trajectoire(f"{i:032x}", {v + 1: {"q": MOTS[x]} for v, x in enumerate(ligne[:rang])})
            for i, ligne in enumerate(reponses)
        ]
        dossier = Dossier(familles, sorted({*faits, rang}), POSE, rang)
        possibles = retraits_possibles(contenu, "critere1")
        faits[rang] = sans(contenu, retirer(JARDIN, dossier, contenu, faits, possibles))
    return faits


def test_three_waves_of_a_yes_no_outcome_tell_no_hidden_cell():
    # One cohort in fifty is exposed by its reports alone since ADR 0171: here the first one is.
    hasard = np.random.default_rng(16)
    avant = apres = gardes = couples = 0
    for _ in range(COHORTES_OUI_NON):
        reponses = une_cohorte(hasard)
        seuls = rapports(reponses)
        avant += bool(fuites_oui_non(reponses, seuls))
        ensemble = apres_audit(reponses, seuls)
        apres += bool(fuites_oui_non(reponses, ensemble))
        gardes += sum(r["criteres"][0]["montre"] for r in ensemble.values())
        couples += bool(ensemble[3]["criteres"][0].get("couples"))
    assert avant, "the attack must be able to succeed"
    assert apres == 0
    assert gardes >= 1.5 * COHORTES_OUI_NON


def _etats_de_score():
    """Iterate over what three questions, then their mean, can do; 9 where an answer is missing."""
    for s in product((1, 0, -1, 9), repeat=3):
        if 9 in s:
            yield (*s, 9)
        elif min(s) >= 0 or max(s) <= 0:
            yield (*s, int(np.sign(sum(s))))
        else:
            yield from ((*s, score) for score in (1, 0, -1))


ETATS = np.array(list(_etats_de_score()))


def fuites_score(signes: np.ndarray, imprimes: dict[int, Partage | None]) -> int:
    dits = [
        (ETATS[:, colonne] == signe, getattr(vu, case))
        for colonne, vu in imprimes.items()
        for signe, case in zip((1, 0, -1, 9), CASES, strict=True)
    ]
    verite = np.array([(signes == etat).all(axis=1).sum() for etat in ETATS])
    mesures = [ETATS[:, c] == signe for c in range(4) for signe in (1, 0, -1, 9)]
    return attaquer(dits, mesures, verite)


ECHANGES = np.array([(1, -1, 0), (0, 1, -1), (-1, 0, 1), (-1, 1, 0), (1, 0, -1), (0, -1, 1)])


def une_cohorte_a_score(graine: int) -> np.ndarray:
    """Return how three questions and their mean changed: alike, not at all, or one against another."""
    hasard = np.random.default_rng(graine)
    n = int(hasard.integers(20, 45))
    genre = hasard.choice(4, n, p=hasard.dirichlet((5, 4, 6, 0.3)))
    ecarts = np.zeros((n, 3), dtype=np.int64)
    ecarts[genre == 0] = ECHANGES[hasard.integers(0, 6, (genre == 0).sum())]
    ecarts[genre == 2], ecarts[genre == 3] = 1, -1
    return np.sign(np.column_stack([ecarts, ecarts.sum(axis=1)]))


@pytest.mark.parametrize("graine", [18, 39])
def test_a_score_beside_its_questions_tells_a_hidden_cell_and_alone_does_not(graine):
    """Of sixty cohorts (seeds 0 to 59), the two where it happens."""
    signes = une_cohorte_a_score(graine)
    imprimes = {
        c: montrer((*(int((signes[:, c] == s).sum()) for s in (1, 0, -1)), 0)) for c in range(4)
    }
    assert fuites_score(signes, imprimes), "the attack must be able to succeed"
    assert not fuites_score(signes, {3: imprimes[3]})


def test_a_question_asked_after_another_is_tied_to_it():
    pose = Instrument({}, {}, {"a6": frozenset({"a5"})})
    questions = [
        Question(c, c, (c,), baisse=False, declaree=False, binaire=False) for c in ("a5", "a6")
    ]
    assert partages(questions, pose)["a6"] == {"a5", "a6"}


def test_a_report_that_no_world_agrees_with_lets_nothing_more_out():
    """What was printed no longer fits the answers (set aside since): fail closed."""
    reponses = une_cohorte(np.random.default_rng(11))
    seuls = rapports(reponses)
    faux = un_critere(montrer((12, 6, 0, 0)), code="critere1")
    faux["connus"] = {
        "progressent": [N, N],
        "stables": [N, N],
        "reculent": [0, 0],
        "manquent": [0, 0],
    }
    familles = [
        Trajectoire(f"{i:032x}", {v + 1: {"q": MOTS[x]} for v, x in enumerate(ligne)})
        for i, ligne in enumerate(reponses)
    ]
    passe = {2: {"criteres": [faux], "departs": []}}
    dossier = Dossier(familles, [2, 3], POSE, 3)
    retraits = retirer(JARDIN, dossier, seuls[3], passe, retraits_possibles(seuls[3], "critere1"))
    assert not sans(seuls[3], retraits)["criteres"][0]["montre"]


def test_an_erased_family_is_any_of_the_states_and_the_audit_goes_on():
    reponses = une_cohorte(np.random.default_rng(11))
    familles = [
        Trajectoire(f"{i:032x}", {v + 1: {"q": MOTS[x]} for v, x in enumerate(ligne)})
        for i, ligne in enumerate(reponses[1:])
    ]
    familles.append(Trajectoire("f" * 32, {1: EFFACEES, 2: EFFACEES, 3: EFFACEES}))
    contenu = rapports(reponses[1:])[3]
    premier = {2: rapports(reponses)[2]}
    dossier = Dossier(familles, [2, 3], POSE, 3)
    possibles = retraits_possibles(contenu, "critere1")
    assert set(retirer(JARDIN, dossier, contenu, premier, possibles)) <= set(possibles)


@pytest.mark.parametrize("lues", [["a3", "a4"], []])
def test_a_score_printed_at_mid_course_withholds_its_questions_at_the_exit(lues):
    """Even where the exit asks no such score any more, and where an old report does not say of what."""
    question = Question("critere1", "a3", ("a3",), baisse=False, declaree=True, binaire=False)
    vu = montrer((12, 8, 6, 0))
    passe = {2: {"criteres": [un_critere(vu, code="reperes", questions=()) | {"lues": lues}]}}
    contenu = {"criteres": [un_critere(vu, questions=("a3",))], "departs": []}
    pose = Instrument({}, {}, {})
    assert [r.code for r in partager([question], pose, contenu, passe)] == ["critere1"]
    assert partager([question], pose, contenu, {}) == []
