"""Two shares side by side: nothing is said that one of the possible truths would not say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.confidentialite.composition import SANS
from analyses.confidentialite.protection import Sujet
from analyses.confidentialite.publie import Montree, tableau_publie
from analyses.confidentialite.tableau import Colonne
from analyses.confidentialite.traits import AGE, TRAITS
from analyses.mesures import Part, Verdict
from analyses.mesures.parts import parts_de, phrases
from analyses.statistiques.fluctuation import fluctuation
from enquetes.bibliotheque import lire


def une_part(reponses, parmi, accompagnees=80, sur=200, attendu=None) -> Part:
    if attendu is None:
        attendu = (
            fluctuation(parmi[0], accompagnees, sur)[0],
            fluctuation(parmi[1], accompagnees, sur)[1],
        )
    return Part("60 ans ou plus", accompagnees, sur, reponses, parmi, attendu)


def un_tableau(taille: int, seuil: int = 11, **cellules: tuple[int, int]):
    codes = list(cellules)
    montrees = [
        Montree(c, bas, haut, "exact" if bas == haut else "bas")
        for c, (bas, haut) in cellules.items()
    ]
    return tableau_publie(
        Sujet("pr1", "Âge", tuple(Colonne(c, c) for c in codes)),
        (),
        {(): [Montree("", taille, taille, "exact"), *montrees]},
        multiple=False,
        seuil=seuil,
    )


@given(st.data())
def test_a_verdict_holds_for_every_truth_inside_what_is_displayed(data):
    sur = data.draw(st.integers(30, 120))
    accompagnees = data.draw(st.integers(11, sur - 11))
    moins, plus = sorted(data.draw(st.tuples(*[st.integers(11, sur)] * 2)))
    bas, haut = sorted(data.draw(st.tuples(*[st.integers(0, moins)] * 2)))
    part = une_part((bas, haut), (moins, plus), accompagnees, sur)
    vrai, parmi = data.draw(st.integers(bas, haut)), data.draw(st.integers(moins, plus))
    dessous, dessus = fluctuation(parmi, accompagnees, sur)
    if part.verdict == Verdict.PLUS:
        assert vrai > dessus
    if part.verdict == Verdict.MOINS:
        assert vrai < dessous
    assert part.part_reponses[0] <= 100 * vrai / parmi + 0.5
    assert 100 * vrai / parmi - 0.5 <= part.part_reponses[1]


@pytest.mark.parametrize(
    ("reponses", "verdict"),
    [((24, 24), Verdict.COMME), ((31, 31), Verdict.PLUS), ((17, 17), Verdict.MOINS), ((17, 19), Verdict.DOUTE), ((0, 4), Verdict.MOINS)],
)  # fmt: skip
def test_each_verdict(reponses, verdict):
    """60 answers, 80 of 200 helped: 18 to 30 expected."""
    assert une_part(reponses, (60, 60)).verdict == verdict


def test_no_difference_seen_is_not_said_to_be_none():
    dites = phrases([une_part((24, 24), (60, 60))])
    assert dites[0] == "Aucun écart net. Cela ne veut pas dire qu’il n’y en a pas."
    assert (
        dites[1] == "Avec ces réponses, un écart de moins de 12\u00a0points peut passer inaperçu."
    )


def test_few_answers_say_that_they_show_little():
    petite = une_part((5, 5), (12, 12)).ecart_visible
    grande = une_part((48, 48), (120, 120)).ecart_visible
    assert petite > 30 > grande


def test_two_classes_are_one_comparison_and_five_are_five():
    deux = parts_de(
        un_tableau(200, a=(120, 120), b=(80, 80)), un_tableau(60, a=(36, 36), b=(24, 24))
    )
    assert deux[1].attendu == fluctuation(60, 80, 200)
    cinq = dict.fromkeys("abcde", (40, 40))
    dites = parts_de(un_tableau(200, **cinq), un_tableau(60, **dict.fromkeys("abcde", (12, 12))))
    assert dites[0].attendu == fluctuation(60, 40, 200, 0.99)


@pytest.mark.parametrize("taille", [10, 201])
def test_too_few_or_too_many_answers_are_not_compared(taille):
    aidees = un_tableau(200, a=(120, 120), b=(80, 80))
    assert parts_de(aidees, un_tableau(taille, a=(5, 5), b=(taille - 5, taille - 5))) == ()


def test_those_who_did_not_say_it_are_not_counted():
    """60 answered, 0 to 4 without saying it: 56 to 60 said it."""
    repondu = {"a": (32, 36), "b": (24, 24), SANS: (0, 4)}
    part = parts_de(un_tableau(200, a=(120, 120), b=(80, 80)), un_tableau(60, **repondu))[1]
    assert part.parmi == (56, 60)
    assert part.part_reponses == (40, 43)


@pytest.mark.parametrize("trait", TRAITS, ids=lambda t: t.code)
def test_the_tranches_are_the_answers_of_the_module(trait):
    """A question of PROFIL that changes must change here, or nothing would be compared any more."""
    questions = {q["code"]: q for page in lire("profil")["pages"] for q in page["questions"]}
    question = questions[trait.question]
    assert tuple(choix["code"] for choix in question["choix"]) == trait.codes
    assert (question["type"] == "choix_multiple") == trait.multiple


def test_ages_are_named_as_respondents_read_them():
    questions = {q["code"]: q for page in lire("profil")["pages"] for q in page["questions"]}
    assert [c["texte"]["fr"] for c in questions["pr1"]["choix"]] == [
        mot for _, mot in AGE.tranches
    ]
