"""The attacks, written before the protection: nothing that leaves may give a small count back."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyses.confidentialite.audit import attaquer
from analyses.confidentialite.comptage import AUTRES, TOTAL, Comptage
from analyses.confidentialite.protection import Sujet, proteger
from analyses.confidentialite.regles import ORDINAIRE, OUVERT, SENSIBLE, Seuils, seuils_de
from analyses.confidentialite.regroupement import reste
from analyses.confidentialite.tableau import Cellule, Colonne, Statut, TableauProtege

from .populations import REPONSES, Individu, tableau, verites

DIMENSIONS = ("", "lieu", "mois", "autre")


@st.composite
def populations(draw):
    """Draw 5 to 150 people, some groups tiny, some answers rare."""
    hasard = random.Random(draw(st.integers(0, 10**9)))  # noqa: S311  (invented people)
    nombre = draw(st.integers(5, 150))
    territoires = draw(st.integers(1, 4))
    poids = draw(
        st.sampled_from([(5, 4, 3, 1, 1), (20, 1, 1, 0, 1), (1, 1, 1, 1, 1), (9, 9, 0, 0, 0)])
    )
    return [
        Individu(
            territoire=f"T{min(hasard.randrange(territoires), hasard.randrange(territoires))}",
            structure=f"S{hasard.choice('0001123')}",
            mois=hasard.choice(["2026-01", "2026-02", "2026-02", "2026-03"]),
            autre=hasard.choice(["x", "x", "y", "z"]),
            reponse=hasard.choices(REPONSES, poids)[0],
        )
        for _ in range(nombre)
    ]


@pytest.mark.parametrize("seuils", [SENSIBLE, ORDINAIRE])
@given(gens=populations())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_all_tables_of_a_question_together_leak_nothing(gens, seuils: Seuils):
    tableaux = [tableau(gens, dimension, seuils) for dimension in DIMENSIONS]
    assert attaquer(tableaux, verites(gens), seuils) == []


@given(gens=populations())
@settings(max_examples=20, deadline=None)
def test_what_is_shown_is_true_and_never_small(gens):
    vrais = verites(gens)
    for dimension in DIMENSIONS:
        protege = tableau(gens, dimension, SENSIBLE)
        for ligne in protege.lignes:
            assert ligne.taille >= SENSIBLE.n_min
            for colonne, cellule in zip(protege.colonnes, ligne.cellules, strict=True):
                if cellule.statut != Statut.PUBLIE:
                    continue
                assert cellule.valeur >= SENSIBLE.n_min
                assert ligne.taille - cellule.valeur >= SENSIBLE.m
                nom = "" if ligne.code == TOTAL else dimension
                if (nom, ligne.code, colonne.code) in vrais:
                    assert cellule.valeur == vrais[nom, ligne.code, colonne.code]


@given(gens=populations())
@settings(max_examples=10, deadline=None)
def test_same_population_gives_the_same_table_whatever_its_order(gens):
    melange = gens[::-1]
    for dimension in DIMENSIONS:
        assert tableau(gens, dimension, SENSIBLE) == tableau(melange, dimension, SENSIBLE)


@pytest.mark.parametrize("caches", [set(), {("T1", "c")}])
def test_the_attacker_finds_what_naive_hiding_leaves(caches):
    """The audit is not blind: hiding small cells alone is given back by the totals."""
    gens = gens_de(T1=(20, 20, 3), T2=(20, 20, 20))
    juste = tableau(gens, "territoire", OUVERT)
    naif = replace(
        juste,
        lignes=tuple(
            replace(
                ligne,
                cellules=tuple(
                    Cellule(0, ligne.taille, Statut.MASQUE)
                    if (ligne.code, c.code) in caches
                    else x
                    for c, x in zip(juste.colonnes, ligne.cellules, strict=True)
                ),
            )
            for ligne in juste.lignes
        ),
    )
    vrais = {("territoire", "T1", "c"): 3}
    assert [fuite.bas for fuite in attaquer([naif], vrais, SENSIBLE)] == [3]


def gens_de(**tailles: tuple[int, int, int]) -> list[Individu]:
    """Return people of some territoires: how many say a, b and c in each."""
    return [
        Individu(t, "S", "2026-01", "x", reponse)
        for t, nombres in tailles.items()
        for reponse, nombre in zip("abc", nombres, strict=True)
        for _ in range(nombre)
    ]


def test_a_single_small_group_is_not_given_back_by_subtraction():
    protege = tableau(
        gens_de(T1=(20, 20, 20), T2=(15, 15, 15), T3=(3, 2, 1)), "territoire", SENSIBLE
    )
    shown = {ligne.code for ligne in protege.groupes()}
    assert "T3" not in shown
    assert shown == {"T1", AUTRES}
    assert protege.regroupes == ("T2", "T3")


def test_a_single_small_cell_takes_others_with_it():
    protege = tableau(
        gens_de(T1=(20, 20, 3), T2=(20, 20, 20), T3=(20, 20, 20)), "territoire", SENSIBLE
    )
    masquees = {
        (ligne.code, colonne.code)
        for ligne in protege.groupes()
        for colonne, cellule in zip(protege.colonnes, ligne.cellules, strict=True)
        if cellule.statut == Statut.MASQUE and colonne.code in "abc"
    }
    assert ("T1", "c") in masquees
    assert len(masquees) >= 4


def test_unanimity_is_not_shown():
    protege = tableau(gens_de(T1=(60, 0, 0)), "", SENSIBLE)
    assert [c.statut for c in protege.total.cellules] == [Statut.MASQUE] * 5
    assert protege.total.taille == 60


def test_fewer_than_the_threshold_show_nothing_at_all():
    protege = tableau(gens_de(T1=(5, 5, 0)), "", SENSIBLE)
    assert protege.lignes == ()
    assert protege.en_json()["cells"] == []


def test_organisations_are_shown_as_they_are():
    protege = tableau(gens_de(T1=(1, 0, 0), T2=(0, 2, 0)), "territoire", OUVERT)
    assert not protege.a_masque
    assert [ligne.taille for ligne in protege.lignes] == [3, 1, 2]
    assert protege.seuil == 0


def _plusieurs(coches: tuple[int, ...], nombre: int) -> TableauProtege:
    comptage = Comptage(("a", "b", "c"), (), {TOTAL: coches}, {TOTAL: nombre}, multiple=True)
    colonnes = tuple(Colonne(c, c) for c in "abc")
    return proteger(comptage, Sujet("q", "Q ?", colonnes), seuils=SENSIBLE)


def test_each_answer_of_a_multiple_choice_is_protected_on_both_sides():
    protege = _plusieurs((30, 3, 45), 50)
    assert [c.valeur for c in protege.total.cellules] == [30, None, None]


def test_the_strictest_profile_wins():
    assert seuils_de(personnes=True, profils=("ordinaire", "sensible")) is SENSIBLE
    assert seuils_de(personnes=True, profils=("ordinaire", "ordinaire")) is ORDINAIRE
    assert seuils_de(personnes=True, profils=()) is SENSIBLE
    assert seuils_de(personnes=False, profils=("sensible",)) is OUVERT


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 60), min_size=1))
def test_what_is_put_together_is_large_enough_or_nothing_is_told(tailles):
    ensemble = reste(tailles, SENSIBLE)
    if ensemble is None:
        return
    assert all(tailles[code] >= 11 for code in tailles if code not in ensemble)
    if ensemble:
        assert sum(tailles[code] for code in ensemble) >= 11


def test_nobody_else_can_make_a_protected_table():
    with pytest.raises(TypeError, match="confidentialite"):
        TableauProtege("q", "Q ?", (), (), 11)
