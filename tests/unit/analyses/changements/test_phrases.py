"""Every sentence goes the way of its scale: who reads it aloud says better for better, worse for worse."""

from typing import Any

import pytest

from analyses.changements.phrases import phrase_nette, phrase_taille, phrase_verdict
from analyses.changements.verdict import Verdict


def un_critere(**changements: Any) -> dict[str, Any]:
    return {
        "n": 40,
        "repondu": (40, 40),
        "declaree": True,
        "orientee": True,
        "baisse": False,
        "verdict": "",
        "progressent": (10, 10),
        "stables": (20, 20),
        "reculent": (10, 10),
        "manquent": (0, 0),
    } | changements


@pytest.mark.parametrize(
    ("orientee", "nette", "dite"),
    [
        (True, [[-6, -6], [-0.3, 0.05]], "négatif est un progrès."),
        (False, [[-6, -6], [-0.3, 0.05]], "négatif est une hausse."),
        (True, [[6, 6], [-0.05, 0.3]], "négatif est un recul."),
        (False, [[6, 6], [-0.05, 0.3]], "négatif est une baisse."),
        (True, [[-2, 0], [-0.3, 0.1]], "négatif est un recul."),
    ],
)
def test_a_negative_number_is_said_for_what_it_is(orientee, nette, dite):
    phrase = phrase_nette(un_critere(orientee=orientee, nette=nette))
    assert phrase.count("négatif") == 1
    assert dite in phrase


@pytest.mark.parametrize("nette", [[[-6, -6], [-0.3, -0.05]], [[6, 6], [0.05, 0.3]]])
def test_where_every_number_is_on_one_side_nothing_is_said_of_negative_ones(nette):
    assert "négatif" not in phrase_nette(un_critere(nette=nette))


@pytest.mark.parametrize(
    ("changement", "taille", "dite"),
    [
        ({}, [1, 0.5, 1.5], "1 point en mieux (entre 0,5 et 1,5)."),
        ({"baisse": True}, [1, 0.5, 1.5], "1 point en mieux (entre 0,5 et 1,5)."),
        ({}, [-2, -2.5, -1], "2 points en moins bien (entre 1 et 2,5)."),
        (
            {},
            [-1, -1.5, 0.5],
            "1 point en moins bien (entre \u22120,5 et 1,5). Un chiffre négatif est un progrès.",
        ),
        (
            {},
            [0.5, -0.5, 1],
            "0,5 point en mieux (entre \u22120,5 et 1). Un chiffre négatif est un recul.",
        ),
        ({"orientee": False}, [1, 1, 2], "1 point en plus (entre 1 et 2)."),
        ({"orientee": False}, [-1, -2, -1], "1 point en moins (entre 1 et 2)."),
        (
            {"orientee": False},
            [0, -0.5, 0.5],
            "moins d’un demi-point (entre \u22120,5 et 0,5). Un chiffre négatif est une baisse.",
        ),
        ({}, [-1.0, -2.0, 0.0], "1 point en moins bien (entre 0 et 2)."),
        ({}, [0, 0, 0], "moins d’un demi-point."),
        (
            {"etendue": [0, 7]},
            [1.5, 1, 2],
            "1,5 point en mieux sur une échelle de 0 à 7 (entre 1 et 2).",
        ),
        ({"etendue": [1, 5]}, [0, 0, 0], "moins d’un demi-point sur une échelle de 1 à 5."),
    ],
)
def test_the_typical_change_says_which_way(changement, taille, dite):
    phrase = phrase_taille(un_critere(**changement, taille=taille))
    assert phrase == f"Changement typique\u00a0: {dite}"


@pytest.mark.parametrize(
    ("nette", "dite"),
    [
        ([[9, 9], [0.1, 0.4]], "Évolution nette, en mieux\u00a0: un écart"),
        ([[-9, -9], [-0.4, -0.1]], "Évolution nette, en moins bien\u00a0: un écart"),
    ],
)
def test_a_conclusion_says_which_way(nette, dite):
    assert phrase_verdict(un_critere(verdict=Verdict.NETTE, nette=nette)).startswith(dite)


def test_where_nothing_is_concluded_no_way_is_told():
    phrase = phrase_verdict(un_critere(verdict=Verdict.INCERTAIN, nette=[[1, 1], [-0.1, 0.2]]))
    assert phrase.startswith("Ces réponses ne permettent pas de conclure.")
    assert phrase_verdict(un_critere()) == ""
