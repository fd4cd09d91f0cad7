"""Cohorts told together: whoever subtracts one of them learns nothing of the other."""

from itertools import product

import pytest

from analyses.changements.couples import CASES
from analyses.changements.ensemble import Rapport, reunir
from analyses.changements.verdict import Partage, part_nette

from .test_verdict import montrer


def un_rapport(comptes, instrument="v1", **changements):
    """Return a report that displays one outcome, as the engine lets it out."""
    partage = montrer(comptes)
    critere = {
        "code": "critere1",
        "questions": ["a3"],
        "libelle": "Légumes secs",
        "baisse": False,
        "binaire": False,
        "declaree": True,
        "montre": partage is not None,
    }
    if partage is not None:
        critere["connus"] = {case: list(getattr(partage, case)) for case in CASES}
    contenu = {"inscrites": sum(comptes) + 5, "criteres": [critere | changements]}
    return Rapport(instrument, contenu, sum(comptes))


def possibles(connus, n):
    """Return every split that a display allows."""
    partage = Partage(n, *(tuple(connus[case]) for case in CASES))
    return set(partage.possibles())


def apres_attaque(a, b, total):
    """Return the splits of ``a`` left to whoever reads a's report, b's and the total of the place."""
    de_a = possibles(a.contenu["criteres"][0]["connus"], a.nombre)
    de_b = possibles(b.contenu["criteres"][0]["connus"], b.nombre)
    tenables = set()
    for un, autre in product(de_a, de_b):
        somme = [x + y for x, y in zip(un, autre, strict=True)]
        if all(bas <= x <= haut for x, (bas, haut) in zip(somme, total, strict=True)):
            tenables.add(un)
    return de_a, tenables


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((14, 6, 1, 2), (12, 9, 3, 1)),
        ((20, 2, 2, 0), (9, 9, 9, 1)),
        ((11, 3, 1, 1), (15, 1, 1, 3)),
    ],
)
def test_the_total_minus_one_report_tells_nothing_more_of_the_other(a, b):
    rapports = un_rapport(a), un_rapport(b)
    (somme,) = reunir(rapports)
    total = [somme["connus"][case] for case in CASES]
    avant, apres = apres_attaque(*rapports, total)
    assert apres == avant
    vrai = [[x + y, x + y] for x, y in zip(a, b, strict=True)]
    _, trahis = apres_attaque(*rapports, vrai)
    assert trahis < avant, "the attack must be able to succeed on a total counted on the answers"


def test_what_is_added_up_holds_the_truth_and_its_interval_holds_the_narrow_one():
    a, b = (20, 8, 4, 0), (16, 9, 3, 2)
    (somme,) = reunir([un_rapport(a), un_rapport(b)])
    for case, x, y in zip(CASES, a, b, strict=True):
        bas, haut = somme["connus"][case]
        assert bas <= x + y <= haut
    assert (somme["n"], somme["cohortes"], somme["verdict"]) == (62, 2, "")
    partage = Partage(somme["n"], *(tuple(somme["connus"][case]) for case in CASES))
    etroite = part_nette(partage.resserre())
    assert etroite is not None
    (bas, haut), (moins, plus) = etroite
    assert somme["nette"] == [[bas, haut], [moins, plus]]
    assert somme["repondu"] == list(partage.repondu)


def test_other_words_the_other_way_or_a_hidden_outcome_are_not_added_up():
    un = un_rapport((20, 8, 4, 0))
    assert reunir([un]) == []
    assert reunir([un, un_rapport((16, 9, 3, 2), instrument="v2")]) == []
    assert reunir([un, un_rapport((16, 9, 3, 2), baisse=True)]) == []
    assert reunir([un, un_rapport((4, 3, 1, 0))]) == []


def test_an_outcome_that_one_cohort_had_not_declared_is_not_declared_together():
    deux = [un_rapport((20, 8, 4, 0)), un_rapport((16, 9, 3, 2), declaree=False)]
    assert [somme["declaree"] for somme in reunir(deux)] == [False]
