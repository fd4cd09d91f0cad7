"""What decides that a question is asked, read from the conditions of a questionnaire (ADR 0104)."""

from datetime import date

import pytest

from analyses.extraction import aiguillages
from analyses.extraction.aiguillages import aiguiller
from analyses.extraction.plan import colonnes
from enquetes.parcours.lecture import definition_depuis

CHOIX = [
    {"code": c, "texte": {"fr": c}, "exclusif": c == "rien"} for c in ("pain", "lait", "rien")
]
MERES = {
    "venu": {"type": "oui_non"},
    "aides": {"type": "choix_multiple", "choix": CHOIX},
    "foyer": {"type": "nombre", "options": {"min": 0, "max": 12, "classes": [0, 1, 3, 6]}},
    "prix": {"type": "nombre", "options": {"max": 9, "decimales": 1, "classes": [0, 1, 2]}},
    "revenu": {"type": "oui_non"},
    "mot": {"type": "texte_court"},
}


def lues(**conditions):
    """Return what decides of each question named, asked on the condition given."""
    pages = [page(code, question) for code, question in MERES.items()]
    pages += [page(code, {"type": "oui_non"}, si) for code, si in conditions.items()]
    definition = definition_depuis(
        {
            "format": "voix-questionnaire/1",
            "code": "essai",
            "titre": {"fr": "Essai"},
            "langues": ["fr"],
            "pages": pages,
        }
    )
    vues = aiguiller(definition, list(colonnes(definition, date(2026, 9, 1))))
    return {c.question: c.aiguillage for c in vues}


def page(code, question, si=None):
    lue = {"code": code, "questions": [{"code": code, "texte": {"fr": f"{code} ?"}} | question]}
    return lue | ({"si": si} if si else {})


def posees(aiguillage):
    return {situation for situation, posee in aiguillage.situations.items() if posee}


def test_a_question_asked_of_everybody_depends_on_nothing():
    assert lues()["venu"] is None


def test_one_answer_decides():
    pourquoi = lues(pourquoi={"q": "venu", "eq": "oui"})["pourquoi"]
    assert pourquoi.meres == ("venu",)
    assert posees(pourquoi) == {("oui",)}
    assert {("non",), ("_pnr",), ("_sr",)} <= set(pourquoi.situations)


def test_ticks_that_no_condition_names_are_one_and_what_goes_with_no_other_is_told_apart():
    """Without them, everybody less who refused and who was silent would tell who was asked."""
    toutes = lues(
        sans={"all": [{"q": "aides", "has": "pain"}, {"not": {"q": "aides", "has": "rien"}}]},
        tous={"any": [{"q": "aides", "has": code} for code in ("pain", "lait", "rien")]},
    )
    seules = [(frozenset({code}),) for code in ("rien", "_pnr", "_sr")]
    assert set(toutes["sans"].situations) == {(frozenset(),), (frozenset({"pain"}),), *seules}
    assert posees(toutes["sans"]) == {(frozenset({"pain"}),)}
    ensembles = [(frozenset(c),) for c in (["pain"], ["lait"], ["pain", "lait"])]
    assert set(toutes["tous"].situations) == {*ensembles, *seules}  # who ticks, ticks something
    assert posees(toutes["tous"]) == {*ensembles, seules[0]}


@pytest.mark.parametrize(
    ("condition", "classes"),
    [
        ({"ge": 1}, {"c1", "c3", "c6"}),
        ({"ge": 4}, {"c3", "c6"}),  # a class may hold both: it may be asked
        ({"le": 0}, {"c0"}),
        ({"eq": 7}, {"c6"}),
        ({"ge": 3}, {"c3", "c6"}),
        ({"le": 2}, {"c0", "c1"}),
    ],
)
def test_a_number_is_read_in_its_classes(condition, classes):
    grand = lues(grand={"q": "foyer"} | condition)["grand"]
    assert {situation for (situation,) in posees(grand)} == classes
    assert {"c0", "c1", "c3", "c6", "_pnr", "_sr"} == {s for (s,) in grand.situations}


@pytest.mark.parametrize(
    ("condition", "classes"),
    [
        ({"ge": 3}, {"c0", "c1"}),  # the attack: « some other number » was asked in every class
        ({"le": 5}, {"c6"}),
        ({"eq": 0}, {"c1", "c3", "c6"}),  # nobody types half a person
        ({"eq": 7}, {"c0", "c1", "c3", "c6"}),
    ],
)
def test_a_negated_number_asks_who_did_not_say_it_and_no_others(condition, classes):
    petit = lues(petit={"not": {"q": "foyer"} | condition})["petit"]
    assert {s for (s,) in posees(petit)} == classes | {"_pnr", "_sr"}


def test_a_number_with_decimals_may_stand_between_two_whole_ones():
    suite = lues(suite={"not": {"any": [{"q": "prix", "le": 1}, {"q": "prix", "ge": 2}]}})["suite"]
    assert {s for (s,) in posees(suite)} == {"c1", "_pnr", "_sr"}


def test_each_of_two_questions_tells_that_the_other_may_be_asked():
    """Who answered « why » to two yes had said the first: the one asked after it alone is told."""
    oui, pain = {"q": "venu", "eq": "oui"}, {"q": "aides", "has": "pain"}
    toutes = lues(
        une=oui,
        deux={"all": [oui, pain]},
        trois={"any": [pain, {"q": "aides", "has": "lait"}]},
        autre={"q": "revenu", "eq": "oui"},
        toujours={"any": [oui, {"q": "revenu", "eq": "oui"}]},
    )
    une, deux, trois = toutes["une"], toutes["deux"], toutes["trois"]
    assert une.ou_est_posee(deux) == {("oui",)}
    assert deux.ou_est_posee(une) == {s for s in deux.situations if s[0] == "oui"}
    # « lait » is told apart by one of them only.
    assert trois.ou_est_posee(deux) == {(frozenset({"pain"}),), (frozenset({"pain", "lait"}),)}
    assert deux.ou_est_posee(trois) == {s for s in deux.situations if s[1] <= {"pain"}}
    assert une.ou_est_posee(toutes["autre"]) == frozenset()
    assert une.ou_est_posee(toutes["toujours"]) == frozenset()  # by the other answer


def test_what_shows_the_page_that_decides_decides_too():
    toutes = lues(deux={"q": "venu", "eq": "oui"}, trois={"q": "deux", "eq": "non"})
    assert toutes["trois"].meres == ("venu", "deux")
    assert posees(toutes["trois"]) == {("oui", "non")}
    # Who was not asked « deux » gave no answer to it.
    assert {s[1] for s in toutes["trois"].situations if s[0] != "oui"} == {"_sr"}


def test_a_text_that_is_not_counted_tells_nothing():
    assert lues(suite={"q": "mot", "eq": "oui"})["suite"] is None
    melee = lues(suite={"any": [{"q": "mot", "eq": "x"}, {"q": "venu", "eq": "oui"}]})["suite"]
    assert melee.meres == ("venu",)
    assert ("non",) in posees(melee)  # by the text


def test_too_many_ways_through_are_told(monkeypatch):
    """Nine hundred, where five hundred are read: twenty thousand take a minute, and say the same."""
    monkeypatch.setattr(aiguillages, "CHEMINS_AU_PLUS", 500)
    tous = {"all": [{"q": "foyer", "ge": n} for n in range(12)]}
    textes = {"any": [{"q": "mot", "eq": f"{n}"} for n in range(60)]}
    suite = lues(suite={"any": [tous, textes]})["suite"]
    assert not suite.entier
