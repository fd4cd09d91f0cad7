"""A published row says what the register says, to the letter: nothing is decided when it is read."""

from hypothesis import given
from hypothesis import strategies as st

from analyses.confidentialite.protection import Sujet
from analyses.confidentialite.publie import Montree, tableau_publie
from analyses.confidentialite.tableau import Colonne

NATURES = ("exact", "bas", "haut", "milieu")


def ligne(montrees, codes):
    sujet = Sujet("q", "Q ?", tuple(Colonne(c, c) for c in codes))
    return tableau_publie(sujet, (), {(): montrees}, multiple=False, seuil=11).total


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(NATURES)), min_size=1
    )
)
def test_each_interval_is_the_one_that_was_written(bornes):
    ecrites = [
        Montree(f"r{rang}", min(a, b), min(a, b) if nature == "exact" else max(a, b), nature)
        for rang, (a, b, nature) in enumerate(bornes)
    ]
    total = ligne([Montree("", 80, 80, "exact"), *ecrites], [m.reponse for m in ecrites])
    assert [(c.bas, c.haut) for c in total.cellules] == [(m.bas, m.haut) for m in ecrites]


def test_a_hole_stays_a_hole():
    total = ligne([Montree("", 40, 40, "exact"), Montree("r0", 5, 35, "milieu")], ["r0", "r1"])
    assert [total.dire(c) for c in total.cellules] == ["entre 5 et 35", "masqué"]


def test_an_answer_told_with_others_is_some_part_of_them():
    montrees = [Montree("", 40, 40, "exact"), Montree("a", 25, 25, "exact")]
    total = ligne([*montrees, Montree("b+c", 15, 15, "exact")], ["a", "b", "c"])
    assert [total.dire(c) for c in total.cellules] == ["25", "moins de 16", "moins de 16"]
