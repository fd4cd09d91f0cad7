"""Nested counts of persons as the cases of one table, and what a formula adds of them."""

from hypothesis import given
from hypothesis import strategies as st

from analyses.indicateurs.formule.analyse import lire
from analyses.indicateurs.personnes import Case, cases, cases_lues
from analyses.mesures.protection import regrouper

A = "somme(effectifs.accompagnees avec dernier)"
E = "somme(effectifs.engagees avec dernier)"
R = "somme(effectifs.regulieres avec dernier et engagees renseigné)"
SANS = "somme(effectifs.accompagnees avec dernier et regulieres renseigné)"


@st.composite
def _lignes(draw):
    a = draw(st.integers(0, 500))
    e = draw(st.none() | st.integers(0, a))
    r = None if e is None else draw(st.none() | st.integers(0, e))
    return {"accompagnees": a, "engagees": e, "regulieres": r}


@given(st.lists(_lignes(), max_size=6))
def test_cases_add_up_to_what_the_words_of_a_formula_say(lignes):
    comptes = [cases("effectifs", ligne) for ligne in lignes]
    presentes = sorted({case for compte in comptes for case in compte})

    def somme(texte):
        voulues = cases_lues(lire(texte).numerateur, presentes)
        return sum(n for compte in comptes for case, n in compte.items() if case in voulues)

    assert somme(A) == sum(ligne["accompagnees"] for ligne in lignes)
    assert somme(E) == sum(ligne["engagees"] or 0 for ligne in lignes)
    assert somme(R) == sum(ligne["regulieres"] or 0 for ligne in lignes)
    assert somme(SANS) == sum(
        ligne["accompagnees"] for ligne in lignes if ligne["regulieres"] is not None
    )


def groupes(*nombres, **sens):
    tous = {Case(3, rang): nombre for rang, nombre in enumerate(nombres, start=1)}
    return [sorted(case.rang for case in colonne) for colonne in regrouper(tous, 11, **sens)]


def test_what_is_too_small_goes_with_its_neighbour():
    assert groupes(100, 50, 50) == [[1], [2], [3]]
    assert groupes(100, 3, 97) == [[1], [2, 3]]
    assert groupes(100, 97, 3) == [[1], [2, 3]]
    assert groupes(5, 95, 100) == [[1, 2], [3]]
    assert groupes(200, 0, 0) == [[1, 2, 3]]
    assert groupes(4, 3, 2) == [[1, 2, 3]]


def test_active_ambassadors_are_told_before_those_who_are_only_trained():
    """Of 55 recruited, 42 trained, 33 active: 33 and 55 are told, 42 is not (9 are trained only)."""
    assert groupes(13, 9, 33) == [[1], [2, 3]]
    assert groupes(13, 9, 33, le_fond_d_abord=True) == [[3], [1, 2]]
