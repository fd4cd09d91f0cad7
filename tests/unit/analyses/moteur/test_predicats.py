"""A group's name in the register: one for each group, whatever signs its codes hold."""

from itertools import combinations

from analyses.confidentialite.moteur.unites import LONGUEUR, Axe, Groupe


def test_groups_that_differ_have_names_that_differ():
    groupes = [
        Groupe(()),
        Groupe((Axe("s", ("a", "b")),)),
        Groupe((Axe("s", ("a+b",)),)),
        Groupe((Axe("s", ("a+b", "c")),)),
        Groupe((Axe("s", ("a", "b+c")),)),
        Groupe((Axe("s", ("a & p=x",)),)),
        Groupe((Axe("s", ("a",)), Axe("p", ("x",)))),
        Groupe((Axe("s", ("a\\",)), Axe("p", ("x",)))),
        Groupe((Axe("s", ("a\\+b",)),)),
    ]
    for un, autre in combinations(groupes, 2):
        assert un.predicat != autre.predicat


def test_the_order_of_codes_and_axes_says_nothing():
    un = Groupe((Axe("s", ("a", "b")), Axe("p", ("x",))))
    assert (
        un.predicat == Groupe((Axe("p", ("x",)), Axe("s", ("b", "a")))).predicat == "p=x & s=a+b"
    )


def test_many_codes_told_as_one_fit_the_column():
    codes = tuple(f"{rang:064}" for rang in range(60))
    long, autre = Groupe((Axe("s", codes),)), Groupe((Axe("s", codes[:-1]),))
    assert len(long.predicat) == len(autre.predicat) == LONGUEUR
    assert long.predicat != autre.predicat
