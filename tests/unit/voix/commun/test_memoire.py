"""What is made from an immutable object is made once, whatever the object holds."""

from voix.commun.memoire import par_identite


def test_made_once_for_each_object_even_without_a_hash():
    appels = []

    @par_identite(10)
    def mesurer(objet: dict, ajout: int) -> int:
        appels.append(ajout)
        return len(objet) + ajout

    un, pareil = {"a": 1}, {"a": 1}
    assert [mesurer(un, 1), mesurer(un, 1), mesurer(un, 2), mesurer(pareil, 1)] == [2, 2, 3, 2]
    assert appels == [1, 2, 1]


def test_an_object_that_was_forgotten_is_made_again():
    @par_identite(1)
    def copier(objet: list) -> list:
        return list(objet)

    un = [1]
    premier = copier(un)
    assert copier(un) is premier
    copier([2])
    assert copier(un) is not premier
