"""Attacks on the composition of those who are helped: each is tried before anything is shown."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.confidentialite.composition import (
    Compte,
    classes_dites,
    en_classes,
    n_apprend_rien,
    retenir,
    tableau_de_composition,
)
from analyses.confidentialite.protection import Sujet
from analyses.confidentialite.publie import Montree, tableau_publie
from analyses.confidentialite.regles import SENSIBLE
from analyses.confidentialite.tableau import Colonne, TableauProtege
from analyses.confidentialite.traits import AGE, TRAITS, TRANSPORT, trait

N_MIN = SENSIBLE.n_min
CODES = AGE.codes


def compte(*nombres: int) -> Compte:
    return Compte(sum(nombres), dict(zip(CODES, nombres, strict=True)))


def dites(nombres: tuple[int, ...], n_min: int = N_MIN) -> dict[str, int] | None:
    lues = classes_dites(AGE, compte(*nombres), n_min)
    return None if lues is None else {c.code: n for c, n in lues.items()}


def test_a_small_tranche_is_put_with_its_neighbour_and_the_whole_gives_nothing_back():
    assert dites((20, 30, 40, 50, 60)) == dict(zip(CODES, (20, 30, 40, 50, 60), strict=True))
    assert dites((20, 30, 40, 50, 3)) == {
        "moins_26+de_26_a_39": 50,
        "de_40_a_59": 40,
        "de_60_a_74+plus_74": 53,
    }
    assert dites((2, 3, 40, 8, 3)) == {
        "moins_26+de_26_a_39+de_40_a_59": 45,
        "de_60_a_74+plus_74": 11,
    }
    assert dites((20, 30, 40, 8, 2)) is None
    assert dites((0, 0, 0, 0, 0)) is None


@pytest.mark.parametrize("trait_", [t for t in TRAITS if not t.multiple], ids=lambda t: t.code)
def test_each_step_holds_every_tranche_once_and_is_made_of_the_step_before(trait_):
    avant = {frozenset(c.codes) for c in trait_.fines}
    for decoupe in trait_.plus_larges:
        assert sorted(code for c in decoupe for code in c.codes) == sorted(trait_.codes)
        for classe in decoupe:
            dedans = [fine for fine in avant if fine <= set(classe.codes)]
            assert frozenset().union(*dedans) == set(classe.codes)
        avant = {frozenset(c.codes) for c in decoupe}


def test_whoever_knows_the_rule_finds_no_tranche_that_is_not_told():
    """Every count of 0 to 6 in five tranches, told from 3 on.

    Larger totals are left out: there the enumeration, not the rule, would narrow.
    """
    n_min, plus = 3, 6
    possibles: dict[tuple[tuple[str, int], ...], list[tuple[int, ...]]] = defaultdict(list)
    for nombres in product(range(plus + 1), repeat=len(CODES)):
        montrees = dites(nombres, n_min)
        if montrees and max(montrees.values()) <= plus:
            possibles[tuple(montrees.items())].append(nombres)
    assert len(possibles) > 50
    for montree, mondes in possibles.items():
        for rang, code in enumerate(CODES):
            if code in dict(montree):
                continue
            assert len({monde[rang] for monde in mondes}) > n_min, (montree, code)


@given(
    st.lists(
        st.one_of(st.none(), st.tuples(*[st.integers(0, 40)] * 5)),
        min_size=1,
        max_size=6,
    )
)
def test_counts_written_again_and_again_never_tell_of_a_few(versions):
    """Whatever was told before, in finer or wider classes, no class moved by 1 to 10 persons."""
    comptes = [None if v is None else compte(*v) for v in versions]
    montres = {}
    for jusqu_a in range(1, len(comptes) + 1):
        dit = retenir(AGE, comptes[:jusqu_a], N_MIN)
        if dit is not None:
            montres[dit.rang] = dit
    for un, autre in product(montres.values(), repeat=2):
        for decoupe in (AGE.fines, *AGE.plus_larges):
            for classe in decoupe:
                valeurs = [_somme(d.nombres, classe) for d in (un, autre)]
                if None not in valeurs:
                    assert not 0 < abs(valeurs[0] - valeurs[1]) < N_MIN
        assert not 0 < abs(un.total - autre.total) < N_MIN


def _somme(nombres, classe) -> int | None:
    dedans = {c: n for c, n in nombres.items() if set(c.codes) <= set(classe.codes)}
    codes = {code for c in dedans for code in c.codes}
    return sum(dedans.values()) if codes == set(classe.codes) else None


def test_a_correction_of_one_person_leaves_what_was_told():
    versions = [compte(20, 30, 40, 50, 60), compte(20, 30, 40, 50, 61)]
    assert retenir(AGE, versions, N_MIN).rang == 0
    assert retenir(AGE, [*versions, compte(20, 30, 40, 50, 72)], N_MIN).rang == 2


def test_a_withdrawal_tells_nothing_and_is_not_a_way_to_start_again():
    versions = [compte(20, 30, 40, 50, 60), None]
    assert retenir(AGE, versions, N_MIN) is None
    assert retenir(AGE, [*versions, compte(20, 30, 40, 50, 61)], N_MIN) is None
    assert retenir(AGE, [*versions, compte(20, 30, 40, 50, 60)], N_MIN).rang == 2


@given(st.lists(st.integers(0, 60), min_size=6, max_size=6), st.integers(0, 60))
def test_of_several_choices_both_sides_are_many(nombres, total):
    bons = dict(zip(TRANSPORT.codes, (min(n, total) for n in nombres), strict=True))
    lues = classes_dites(TRANSPORT, Compte(total, bons), N_MIN) or {}
    assert all(N_MIN <= n <= total - N_MIN for n in lues.values())


# What a composition says of answers.


def reponses(cellules: list[tuple[int, int]], taille: int, *, multiple: bool = False):
    """Return a published table of ages: an interval for each tranche, and one for silence."""
    codes = [*CODES, "_silence"]
    return tableau_publie(
        Sujet("pr1", "Âge", tuple(Colonne(c, c) for c in codes)),
        (),
        {
            (): [
                Montree("", taille, taille, "exact"),
                *(
                    Montree(c, bas, haut, "exact" if bas == haut else "bas")
                    for c, (bas, haut) in zip(codes, cellules, strict=True)
                ),
            ]
        },
        multiple=multiple,
        seuil=N_MIN,
    )


def composition(*nombres: int) -> TableauProtege:
    return tableau_de_composition(AGE, retenir(AGE, [compte(*nombres)], 3), "2026-01-01", 3)


def mondes(protege: TableauProtege) -> set[tuple[int, ...]]:
    """Return every truth that a displayed row allows."""
    ligne = protege.total
    possibles = product(*(range(c.bas, c.haut + 1) for c in ligne.cellules))
    return {monde for monde in possibles if sum(monde) == ligne.taille}


@given(
    st.lists(st.integers(0, 5), min_size=6, max_size=6),
    st.lists(st.booleans(), min_size=6, max_size=6),
    st.lists(st.integers(0, 9), min_size=5, max_size=5),
)
def test_where_it_is_shown_a_composition_narrows_no_answer(vraies, caches, aides):
    """All truths, one by one, before and after: they are the same."""
    cellules = [
        (0, max(3, n)) if cache else (n, n) for n, cache in zip(vraies, caches, strict=True)
    ]
    dite = reponses(cellules, sum(vraies))
    if classes_dites(AGE, compte(*aides), 3) is None:
        return
    file = composition(*aides)
    avant = mondes(dite)
    apres = {
        monde
        for monde in avant
        if all(
            sum(monde[CODES.index(c)] for c in colonne.code.split("+")) <= cellule.valeur
            for colonne, cellule in zip(file.colonnes, file.total.cellules, strict=True)
        )
    }
    if n_apprend_rien(file, dite, dite.total):
        assert avant == apres


def test_everybody_answered_the_composition_would_give_back_a_hidden_answer():
    """56 helped, 56 answers: 15 helped of 60 or over and 12 answers of 60 to 74 leave 3 of 75."""
    dite = reponses([(0, 4), (20, 20), (20, 20), (12, 12), (0, 4), (0, 0)], 56)
    tous = composition(1, 20, 20, 12, 3)
    assert tous.colonnes[0].code == "moins_26+de_26_a_39"
    assert not n_apprend_rien(tous, dite, dite.total)
    assert n_apprend_rien(composition(40, 40, 40, 40, 40), dite, dite.total)


def test_more_answers_than_persons_is_never_shown():
    dite = reponses([(20, 20)] * 5 + [(0, 0)], 100)
    assert not n_apprend_rien(composition(12, 12, 12, 12, 12), dite, dite.total)


def des_trajets(total: int, voitures: int) -> TableauProtege:
    """Return what is told of who has a car; the other choices are too small, or nearly everybody."""
    compte = Compte(total, dict.fromkeys(TRANSPORT.codes, 0) | {"voiture": voitures})
    return tableau_de_composition(TRANSPORT, retenir(TRANSPORT, [compte], N_MIN), "2026-01-01", 11)


def des_conducteurs(taille: int, voitures: int) -> TableauProtege:
    colonnes = (Colonne("voiture", "voiture"),)
    return tableau_publie(
        Sujet("pr4", "Trajets", colonnes),
        (),
        {
            (): [
                Montree("", taille, taille, "exact"),
                Montree("voiture", voitures, voitures, "exact"),
            ]
        },
        multiple=True,
        seuil=N_MIN,
    )


@pytest.mark.parametrize(
    ("aidees", "reponses_", "montre"),
    [
        ((300, 200), (150, 60), True),
        ((300, 200), (150, 30), False),  # 120 answers without a car, 100 helped without one
        ((300, 50), (150, 60), False),  # 60 answers with a car, 50 helped with one
        ((140, 50), (150, 45), False),  # more answers than persons
        ((140, 20), (141, 25), False),
    ],
)
def test_of_several_choices_each_side_has_room_for_its_answers(aidees, reponses_, montre):
    dite = des_conducteurs(*reponses_)
    assert n_apprend_rien(des_trajets(*aidees), dite, dite.total) is montre


def test_more_answers_than_persons_of_several_choices_is_never_shown():
    """Nothing is told of any choice, and yet there are more answers than persons."""
    dite = des_conducteurs(150, 45)
    compte = Compte(140, dict.fromkeys(TRANSPORT.codes, 0))
    assert classes_dites(TRANSPORT, compte, N_MIN) is None
    deux = tableau_publie(
        Sujet("pr4", "Trajets", (Colonne("voiture", "voiture"),)),
        (),
        {(): [Montree("", 140, 140, "exact")]},
        multiple=True,
        seuil=N_MIN,
    )
    assert not n_apprend_rien(deux, dite, dite.total)


def test_answers_in_wider_classes_say_what_their_cells_say():
    dite = reponses([(20, 20), (0, 4), (30, 30), (15, 15), (0, 4), (0, 4)], 70)
    classes = AGE.plus_larges[0]
    montree = en_classes(AGE, classes, dite, dite.total)
    cellules = [(c.bas, c.haut) for c in montree.total.cellules]
    assert cellules == [(20, 24), (30, 30), (15, 19), (0, 4)]
    assert montree.total.taille == 70


def test_only_age_and_transport_can_be_compared():
    """Never health nor origin (domaine §3.3)."""
    assert {t.code for t in TRAITS} == {"age", "transport"}
    with pytest.raises(KeyError):
        trait("sante")
