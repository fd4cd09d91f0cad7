"""Those who have no code are groups like others: each has a name of its own, and is what it says."""

import numpy as np
import pytest

from analyses.confidentialite.moteur.unites import Dimension, Personnes, Regroupement, Unites
from analyses.confidentialite.silences import (
    NON_RENSEIGNE,
    contenant,
    est_reserve,
    non_renseigne,
    relire_codes,
)

LIEUX = Dimension(
    "s",
    ("t1", "t2", "t1s1", "t1s2", "t2s3", "t2s4"),
    ("", "", "t1", "t1", "t2", "t2"),
)


def unites(dimension, effectifs, n_min=11, **autres):
    """Return the groups of some numbers of persons, by code (nothing: those who have none)."""
    rangs = [dimension.codes.index(c) if c else -1 for c in effectifs]
    codes = np.repeat(rangs, list(effectifs.values()))
    return Unites(Personnes({"s": dimension}, {"s": codes}), n_min, **autres)


def tailles(vues):
    """Return the number of persons of each group, by name."""
    noms = [groupe.predicat for groupe in vues.ventiler(("s",))]
    assert len(set(noms)) == len(noms)
    return {g.predicat: int(vues.groupes[g].sum()) for g in vues.groupes}


def test_silence_inside_two_places_and_nowhere_at_all_are_three_groups():
    ici = {"t1": 12, "t2": 15, "t1s1": 20, "t1s2": 20, "t2s3": 20, "t2s4": 20, "": 25}
    dites = tailles(unites(LIEUX, ici))
    assert dites["s=_nr"] == 25
    assert (dites["s=_nr(t1)"], dites["s=_nr(t2)"]) == (12, 15)
    assert dites["s=t1"] == dites["s=_nr(t1)"] + dites["s=t1s1"] + dites["s=t1s2"]


def test_the_same_name_is_the_same_persons_whatever_the_threshold():
    """Found by an attacker: 9 in t1, 24 in t2; « _nr » was the first for one question, the second for another."""
    ici = {"t1": 9, "t2": 24, "t1s1": 30, "t2s3": 40}
    large, serre = unites(LIEUX, ici, 8), unites(LIEUX, ici, 11)
    communs = tailles(large).keys() & tailles(serre).keys()
    assert {"s=_nr(t2)", "s=t1"} <= communs
    assert {n: tailles(large)[n] for n in communs} == {n: tailles(serre)[n] for n in communs}
    assert tailles(large)["s=_nr(t1)"] == 9
    assert "s=_nr(t1)" not in tailles(serre)


def test_who_has_a_code_with_nothing_below_it_did_answer():
    """T01 has no children: put with T02, its persons are still of T01."""
    dimension = Dimension("s", ("T01", "T02", "T03", "S021", "S022"), ("", "", "", "T02", "T02"))
    dites = tailles(unites(dimension, {"T01": 8, "T02": 2, "S021": 4, "S022": 20, "T03": 30}))
    assert dites == {
        "TOTAL": 64,
        "s=T01+T02": 34,
        "s=T03": 30,
        "s=S021+T01+_nr(T02)": 14,
        "s=S022": 20,
    }


def test_a_group_that_goes_no_further_is_not_broken_down():
    dites = tailles(unites(Dimension("s", ("a", "b")), {"a": 12, "b": 12}))
    assert dites == {"TOTAL": 24, "s=a": 12, "s=b": 12}


def test_merges_made_once_are_made_again_with_silences():
    ici = {"t1": 12, "t2": 15, "t1s1": 20, "t1s2": 20, "t2s3": 20, "t2s4": 20}
    deja = [Regroupement("s", ("t1",), "TOTAL", ("_nr(t1)", "t1s2"), 11)]
    assert tailles(unites(LIEUX, ici, deja=deja))["s=_nr(t1)+t1s2"] == 32


@pytest.mark.parametrize("code", ["_nr", "_nr(t1)", "_nr()"])
def test_such_names_are_kept_for_silences(code):
    assert est_reserve(code)


@pytest.mark.parametrize("code", ["nr", "_nr2", "a_nr", "_nr(", "(t1)"])
def test_other_names_are_free(code):
    assert not est_reserve(code)


def test_a_silence_says_whose_it_is():
    assert contenant(NON_RENSEIGNE) == ""
    assert contenant(non_renseigne("t1")) == "t1"
    assert contenant("t1") is None


PARENTS = dict(zip(LIEUX.codes, LIEUX.parents, strict=True)) | {"t3": ""}


@pytest.mark.parametrize(
    ("codes", "parent", "lus"),
    [
        (["_nr"], [], ("_nr",)),
        (["_nr"], ["t1"], ("_nr(t1)",)),
        (["t1s1"], ["t1"], ("t1s1",)),
        (["_nr", "t1s1"], ["t1"], ("_nr(t1)", "t1s1")),
        (["_nr"], ["t1", "t3"], ("_nr(t1)", "t3")),
        (["_nr", "t1s1"], ["_nr", "t1"], ("_nr", "_nr(t1)", "t1s1")),
    ],
)
def test_what_was_written_before_is_read_as_it_was_meant(codes, parent, lus):
    assert relire_codes(codes, parent, PARENTS) == lus
