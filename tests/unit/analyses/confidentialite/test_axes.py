"""The tree of a dimension: whatever stands in it is made of what stands under it."""

import pytest

from analyses.confidentialite.axes import ADRESSES, Axe, axes_lus, dimension_montree
from analyses.confidentialite.tableau import Modalite

LIEUX = (
    Modalite("T1", "Fontaine"),
    Modalite("T2", "Voiron"),
    Modalite("A", "Abri", "T1"),
    Modalite("B", "Braise", "T2"),
    Modalite("C", "Cigale", "T2"),
)


def montrer(*codes, lieux=LIEUX, entiere=False):
    axes = [Axe("s", tuple(c.split(","))) for c in codes]
    return dimension_montree("s", "Lieu", lieux, axes, entiere=entiere)


def parents(montree):
    return {m.code: m.parent for m in montree.dimension.modalites}


def test_who_has_no_code_stands_under_the_one_that_they_have():
    montree = montrer("T1", "T2", "_nr", "A", "_nr(T1)", "B", "_nr(T2)")
    assert parents(montree) == {
        "TOTAL": "",
        "T1": "TOTAL",
        "T2": "TOTAL",
        "A": "T1",
        "B": "T2",
        "C": "T2",
        "_nr": "TOTAL",
        "_nr(T1)": "T1",
        "_nr(T2)": "T2",
    }
    libelles = [m.libelle for m in montree.dimension.modalites]
    assert len(set(libelles)) == len(libelles)
    assert libelles[-3:] == [
        "Non renseigné",
        "Non renseigné (Fontaine)",
        "Non renseigné (Voiron)",
    ]


def test_children_told_with_those_of_another_stand_under_what_holds_both():
    """T1 has nothing below: put with a structure of T2, its persons are not « under T2 »."""
    lieux = (Modalite("Z", "Zone"), *(m for m in LIEUX if m.code != "A"))
    montree = montrer("T1,T2", "Z", "B,T1", "C,_nr(T2)", lieux=lieux)
    assert parents(montree) == {
        "TOTAL": "",
        "Z": "TOTAL",
        "T1+T2": "TOTAL",
        "B+T1": "T1+T2",
        "T1": "B+T1",
        "B": "B+T1",
        "C+_nr(T2)": "T1+T2",
        "C": "C+_nr(T2)",
        "_nr(T2)": "C+_nr(T2)",
    }


def test_merged_groups_hold_theirs():
    assert parents(montrer("T1", "T2", "B,C", "_nr(T2)")) == {
        "TOTAL": "",
        "T1": "TOTAL",
        "A": "T1",
        "T2": "TOTAL",
        "B+C": "T2",
        "B": "B+C",
        "C": "B+C",
        "_nr(T2)": "T2",
    }


def test_of_two_that_overlap_one_stands_nowhere():
    publics = tuple(Modalite(p, p) for p in "xyz")
    montree = montrer("x,y", "y,z", lieux=publics)
    assert montree.adresses == {("x", "y"): "x+y"}
    assert "y+z" not in parents(montree)


def test_one_code_at_the_top_is_the_whole_when_everybody_has_it():
    seule = (Modalite("A", "Abri", "R"), Modalite("R", "Rhône"), Modalite("B", "Braise", "R"))
    toute = montrer("R", "A", "B", lieux=seule, entiere=True)
    assert (toute.racine, parents(toute)) == ("R", {"R": "", "A": "R", "B": "R"})
    partie = montrer("R", "A", "B", "_nr", lieux=seule)
    assert partie.racine == "TOTAL"
    assert parents(partie)["R"] == parents(partie)["_nr"] == "TOTAL"


def test_two_groups_that_read_alike_have_two_addresses():
    codes = tuple(Modalite(c, c) for c in ("a", "b+c", "a+b", "c"))
    adresses = montrer("a,b+c", "a+b,c", lieux=codes).adresses
    assert len(set(adresses.values())) == 2


@pytest.mark.parametrize(("version", "lus"), [(None, ("_nr(T2)",)), (ADRESSES, ("_nr",))])
def test_what_was_written_before_is_read_as_it_was_meant(version, lus):
    codes = [{"code": m.code, "libelle": m.libelle, "parent": m.parent} for m in LIEUX]
    parametres = {"adresses": version, "dimensions": [{"nom": "s", "codes": codes}]}
    (axe,) = axes_lus(parametres, [{"dimension": "s", "codes": ["_nr"], "parent": ["T2"]}])
    assert axe.codes == lus
