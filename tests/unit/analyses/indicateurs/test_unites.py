"""Units never mix."""

import pytest

from analyses.indicateurs.unites import (
    UNITES,
    Acteur,
    Effectif,
    Part,
    Personne,
    Territoire,
)


def test_a_share_of_one_unit_by_another_is_refused():
    with pytest.raises(TypeError, match="personnes / territoires"):
        Part(Effectif(8, Personne), Effectif(10, Territoire))  # type: ignore[misc]  # refused too


def test_two_units_are_never_added():
    with pytest.raises(TypeError):
        Effectif(1, Acteur) + Effectif(1, Territoire)
    with pytest.raises(TypeError):
        Part(Effectif(1, Acteur), Effectif(2, Acteur)) + Part(
            Effectif(1, Personne), Effectif(2, Personne)
        )


def test_pooling_adds_numerators_and_denominators():
    mises = Part(Effectif(1, Acteur), Effectif(2, Acteur)) + Part(
        Effectif(3, Acteur), Effectif(10, Acteur)
    )
    assert (mises.k.nombre, mises.n.nombre, mises.unite) == (4, 12, Acteur)


def test_a_part_never_exceeds_the_whole():
    with pytest.raises(ValueError, match="11 / 10"):
        Part(Effectif(11, Acteur), Effectif(10, Acteur))
    with pytest.raises(ValueError, match="-1"):
        Effectif(-1, Acteur)


def test_each_unit_has_its_words():
    assert len({u.pluriel for u in UNITES.values()}) == len(UNITES)
    assert str(Effectif(1, Acteur)) == "1 acteur"
    assert str(Effectif(0, Acteur)) == "0 acteur"
    assert str(Effectif(2, Acteur)) == "2 acteurs"
