"""A conclusion is told only where it narrows nothing that is displayed."""

import numpy as np
import pytest

from analyses.changements.annonce import annoncer
from analyses.changements.phrases import (
    INTERVALLE_SEUL,
    dehors,
    phrase_bornes,
    phrase_desaccord,
    phrase_nette,
    phrase_partage,
    phrase_taille,
)
from analyses.changements.verdict import (
    Epreuve,
    Partage,
    Verdict,
    classe,
    epreuve_de,
    p_dite,
    p_signes,
    part_nette,
    verdicts,
)
from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.unites import Dimension, Personnes
from analyses.statistiques.paires import Paires, mcnemar, tango
from analyses.statistiques.puissance import puissance
from analyses.statistiques.rangs import rangs_signes

CASES = ("progressent", "stables", "reculent", "manquent")


def montrer(comptes: tuple[int, int, int, int]) -> Partage | None:
    """Return what the engine lets out of a split."""
    n = sum(comptes)
    dimension = Dimension("ensemble", ("ensemble",))
    donnees = Donnees(
        Personnes({"ensemble": dimension}, {"ensemble": np.zeros(n, dtype=np.int64)}),
        np.array([f"{i:032x}" for i in range(n)]),
        {"q": np.repeat(np.arange(4), comptes)},
    )
    resultat = cloturer(donnees, [Question("q", CASES)], [()], cle=b"x")
    if not resultat.tableaux:
        return None
    (ligne,) = resultat.tableaux[0].lignes
    bornes = {c.reponses[0]: (max(0, c.bas), min(n, c.haut)) for c in ligne.cellules}
    return Partage(n, *(bornes[case] for case in CASES)).resserre()


@pytest.mark.parametrize("graine", range(40))
def test_the_word_is_the_same_for_every_split_behind_an_interval(graine):
    """The attack: the reader knows the rule and tries each split that the display allows."""
    hasard = np.random.default_rng(graine)
    n = int(hasard.integers(11, 80))
    comptes = tuple(hasard.multinomial(n, hasard.dirichlet((4, 3, 1.2, 0.4))).tolist())
    partage = montrer(comptes)
    assert partage is not None
    assert comptes in list(partage.possibles())
    if partage.est_exact:
        assert p_dite(partage, 0.03) == 0.03
        return
    dites = {p_dite(partage, p) for p in (0.0, 0.03, 1.0, None)}
    assert len(dites) == 1


def test_the_signed_ranks_of_a_banded_split_would_have_told_it():
    """Why: twelve better among thirty, and 0 to 4 worse; the true p-values are on both sides of 1 %."""
    ps = []
    for moins in (0, 4):
        ecarts = [1] * (12 - moins) + [0] * 18 + [-1] * moins
        ps.append(rangs_signes(np.array(ecarts, dtype=np.int64)).p)
    assert classe(ps[0]) == Verdict.NETTE
    assert classe(ps[1]) == Verdict.INCERTAIN
    partage = Partage(30, (8, 12), (18, 18), (0, 4), (0, 0))
    assert verdicts([partage], [ps[0]]) == verdicts([partage], [ps[1]]) == [Verdict.MASQUE]


@pytest.mark.parametrize("graine", range(20))
def test_a_banded_word_is_never_stronger_than_the_sign_test_of_the_truth(graine):
    hasard = np.random.default_rng(graine)
    comptes = (int(hasard.integers(6, 40)), 12, int(hasard.integers(0, 5)), 2)
    partage = montrer(comptes)
    assert partage is not None
    dite = p_dite(partage, 0.0)
    assert dite is None or dite >= mcnemar(comptes[0], comptes[2])


def test_few_changes_show_nothing():
    assert p_dite(Partage(45, (1, 5), (40, 40), (0, 4), (0, 0)), 0.0) is None
    assert verdicts([Partage(45, (1, 5), (40, 40), (0, 4), (0, 0))], [0.0]) == [Verdict.MASQUE]


def test_nothing_is_concluded_of_what_is_hidden():
    assert verdicts([Partage(15, (0, 15), (0, 15), (0, 15), (0, 15))], [0.0]) == [Verdict.TU]


def test_a_known_split_gives_tango_and_a_band_gives_wider_bounds():
    exact = Partage(15, (9, 9), (4, 4), (2, 2), (0, 0))
    nette = part_nette(exact)
    assert nette is not None
    net, bornes = nette
    assert net == (7, 7)
    assert bornes == tango(Paires(0, 2, 9, 4))
    bande = Partage(15, (7, 11), (4, 4), (0, 4), (0, 0))
    large = part_nette(bande)
    assert large is not None
    (bas, haut), (moins, plus) = large
    assert (bas, haut) == (3, 11)
    assert moins < bornes[0]
    assert plus > bornes[1]


def test_the_published_example_of_the_domain_is_said_as_it_asks():
    exact = Partage(15, (9, 9), (4, 4), (2, 2), (0, 0))
    c = {"n": 15, "nette": part_nette(exact)} | {case: getattr(exact, case) for case in CASES}
    assert phrase_partage(c) == (
        "Sur 15 familles qui ont répondu les deux fois, 9 progressent, 4 sont stables, 2 reculent."
    )
    assert "le gain concerne 7 familles sur 15 (entre 0 et 12 si l’on refaisait" in phrase_nette(c)
    assert "Petit effectif" in phrase_nette(c)


def test_those_who_left_could_have_said_anything():
    c = {"n": 48, "progressent": (30, 30), "stables": (10, 10), "reculent": (8, 8)}
    assert "de 42 à 75\u00a0%" in phrase_bornes(c, 70)
    assert phrase_bornes(c, 48) == ""


def test_the_announcement_tells_the_figures_of_the_domain():
    """Domaine §4.2: 0.95, 0.72 and 0.40 for 70 families."""
    annonce = annoncer(70)
    vues = [int(toutes) for _, toutes, _ in annonce.lignes]
    assert vues[::2] == pytest.approx([95, 72, 40], abs=1)
    a_cinq = [
        puissance(70, *parts, niveau=0.01) for parts in ((0.4, 0.1), (0.45, 0.2), (0.3, 0.15))
    ]
    assert vues[1::2] == [round(100 * p) for p in a_cinq]
    assert [int(annonce.lignes[n][2]) for n in (0, 1)] == pytest.approx([83, 62], abs=1)
    assert annonce.lignes[1][0].endswith("5 critères")
    assert annonce.restent == 49
    assert "ne peut pas être montré" in annoncer(6).phrases[0]
    assert annoncer(10**6) is None


@pytest.mark.parametrize(
    ("nette", "mots"),
    [
        ([[1, 1], [-0.1, 0.2]], "le gain concerne 1 famille sur 40"),
        ([[-1, -1], [-0.2, 0.1]], "le recul concerne 1 famille sur 40"),
        ([[0, 0], [-0.1, 0.1]], "le gain concerne 0 famille sur 40"),
        ([[0, 2], [-0.1, 0.2]], "le gain concerne entre 0 et 2 familles sur 40"),
    ],
)
def test_one_family_is_said_in_the_singular(nette, mots):
    assert mots in phrase_nette({"n": 40, "nette": nette})


def test_a_typical_change_that_rounds_to_nothing_is_not_told_as_certain():
    assert "moins d’un demi-point" in phrase_taille({"taille": [0.0, 0.0, 0.0]})
    assert "entre 0 et 0,5" in phrase_taille({"taille": [0.5, 0.0, 0.5]})


def bornes_a_la_main(partage: Partage) -> tuple:
    """Return what every split of the display gives, one by one."""
    splits = [(p, s, m) for p, s, m, _ in partage.possibles()]
    nets = [p - m for p, _, m in splits]
    tangos = [tango(Paires(0, m, p, s)) for p, s, m in splits]
    return (min(nets), max(nets)), (min(b for b, _ in tangos), max(h for _, h in tangos))


@pytest.mark.parametrize("graine", range(60))
def test_the_extremes_hold_every_split_of_the_display(graine):
    """Intervals, worst test and narrowing come from corners: brute force over all splits agrees."""
    hasard = np.random.default_rng(graine)
    comptes = hasard.integers(3, 14, 4)
    cotes = [
        (max(0, int(k - hasard.integers(0, 6))), int(k + hasard.integers(0, 6))) for k in comptes
    ]
    partage = Partage(int(comptes.sum()), *cotes)
    splits = list(partage.possibles())
    assert list(partage.resserre().cotes) == [(min(c), max(c)) for c in zip(*splits, strict=True)]
    nette = part_nette(partage)
    if partage.repondu[0] >= 10:
        vrais, vraies = bornes_a_la_main(partage)
        assert nette is not None
        assert nette[0] == vrais
        assert nette[1] == pytest.approx(vraies, abs=1e-9)
    else:
        assert nette is None
    peu = any(p + m < 6 for p, _, m, _ in splits)
    pire = None if peu else max(mcnemar(p, m) for p, _, m, _ in splits)
    assert p_signes(partage) == (pire if pire is None else pytest.approx(pire))


def test_a_missing_answer_is_no_stable_one():
    """31 better, 6 the same, 7 worse of 44 who answered, 5 missing: 0.287 to 0.726, and 44 to 81 %."""
    partage = Partage(49, (31, 31), (6, 6), (7, 7), (5, 5))
    nette = part_nette(partage)
    assert nette is not None
    net, bornes = nette
    assert net == (24, 24)
    assert bornes == tango(Paires(0, 7, 31, 6))
    assert bornes == pytest.approx((0.287, 0.726), abs=0.001)
    c = {"n": 49, "nette": (net, bornes), "repondu": [44, 44], "declaree": True}
    c |= {case: getattr(partage, case) for case in CASES}
    assert (
        "sur 44 qui ont répondu les deux fois à cette question (entre 12 et 32 " in phrase_nette(c)
    )
    assert "va de 44 à 82\u00a0%" in phrase_bornes(c, 70)
    assert "44 à cette question" in phrase_bornes(c, 70)


def test_an_interval_of_answers_is_told_as_one():
    """How many answered is no exact count where the missing ones are hidden: of a hundred, then."""
    partage = Partage(49, (31, 31), (6, 10), (7, 7), (1, 5)).resserre()
    nette = part_nette(partage)
    assert nette is not None
    c = {"n": 49, "nette": nette, "repondu": list(partage.repondu), "declaree": True}
    assert partage.repondu == (44, 48)
    assert "sur les 44 à 48 qui ont répondu" in phrase_nette(c)
    assert "familles sur 100 si" in phrase_nette(c)
    assert bornes_a_la_main(partage)[1] == pytest.approx(nette[1])


def test_bounds_are_rounded_outwards():
    assert dehors(12.6 / 50, 30.2 / 50, 50) == (12, 31)
    assert dehors(-0.021, 0.5, 100) == (-3, 50)


def test_a_test_that_the_interval_does_not_confirm_is_a_weak_signal():
    """18 gain four points, 11 lose one: the ranks conclude, the net share may be nothing."""
    ecarts = np.array([4] * 18 + [-1] * 11 + [0], dtype=np.int64)
    partage = Partage(30, (18, 18), (1, 1), (11, 11), (0, 0))
    p = rangs_signes(ecarts).p
    assert classe(p) == Verdict.NETTE
    assert verdicts([partage], [p], [1]) == [Verdict.FRAGILE]
    net = Partage(30, (22, 22), (2, 2), (6, 6), (0, 0))
    assert verdicts([net], [0.001], [1]) == [Verdict.NETTE]
    assert verdicts([net], [0.001], [-1]) == [Verdict.FRAGILE]


def test_an_interval_without_zero_beside_no_conclusion_is_told_as_weak():
    c = {"verdict": "incertain", "nette": [[9, 9], [0.02, 0.4]]}
    assert phrase_desaccord(c) == INTERVALLE_SEUL
    assert phrase_desaccord(c | {"nette": [[9, 9], [-0.02, 0.4]]}) == ""
    assert phrase_desaccord(c | {"verdict": "nette"}) == ""


def test_the_test_is_named_for_what_it_reads():
    exact = Partage(30, (18, 18), (1, 1), (11, 11), (0, 0))
    assert epreuve_de(exact, binaire=False) == Epreuve.RANGS
    assert epreuve_de(exact, binaire=True) == Epreuve.MCNEMAR
    bande = Partage(30, (14, 18), (1, 5), (11, 11), (0, 0))
    assert epreuve_de(bande, binaire=False) == epreuve_de(bande, binaire=True) == Epreuve.SIGNES
