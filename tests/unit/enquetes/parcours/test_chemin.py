"""The path has no dead end and no loop, and hidden answers weigh nothing."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquetes.champs import NATURES
from enquetes.parcours.chemin import chemin, precedente, suivante, total_est_sur
from enquetes.parcours.conditions import questions_citees
from enquetes.parcours.lecture import definition_depuis
from enquetes.parcours.verification import verifier
from tests import questionnaires

from .strategies import CODES, definitions, reponses

cas = definitions().flatmap(lambda d: st.tuples(st.just(d), reponses(d)))


@given(cas)
def test_drawn_questionnaires_are_right(tire):
    """Save that nobody may see a page: test_verification_possible."""
    assert {d.code for d in verifier(tire[0], NATURES)} <= {"condition_impossible"}


@given(cas)
def test_next_page_walks_the_whole_path_and_ends(tire):
    definition, donnees = definition_depuis(tire[0]), tire[1]
    attendues = [page.code for page in chemin(definition, donnees).pages]
    parcourues, ici = [], None
    while (page := suivante(definition, donnees, ici)) is not None:
        parcourues.append(page.code)
        ici = page.code
        assert len(parcourues) <= len(definition.pages)
    assert parcourues == attendues


@given(cas)
def test_previous_page_is_the_way_back(tire):
    definition, donnees = definition_depuis(tire[0]), tire[1]
    retour, ici = [], None
    while (page := precedente(definition, donnees, ici)) is not None:
        retour.append(page.code)
        ici = page.code
    assert retour[::-1] == [page.code for page in chemin(definition, donnees).pages]


@given(cas, st.data())
def test_a_total_that_is_told_does_not_change_whatever_comes_next(tire, data):
    definition = definition_depuis(tire[0])
    autres = data.draw(reponses(tire[0]))
    marche = chemin(definition, tire[1])
    for page in marche.pages:
        if not total_est_sur(definition, page.code):
            continue
        rang = definition.pages.index(page)
        avant = {q.code for p in definition.pages[:rang] for q in p.questions}
        plus_tard = {c: v for c, v in autres.items() if c.split(".")[0] not in avant}
        deja = {c: v for c, v in tire[1].items() if c.split(".")[0] in avant}
        assert len(chemin(definition, deja | plus_tard).pages) == len(marche.pages)


def test_a_total_is_told_once_nothing_can_change_it():
    definition = definition_depuis(questionnaires.lire("tous_types"))
    surs = [total_est_sur(definition, page.code) for page in definition.pages]
    assert surs == sorted(surs)
    assert surs[-1]


@given(cas)
def test_kept_answers_give_the_same_path_again(tire):
    definition, donnees = definition_depuis(tire[0]), tire[1]
    premier = chemin(definition, donnees)
    assert chemin(definition, premier.reponses) == premier


@given(cas, st.data())
def test_hidden_answers_have_no_influence(tire, data):
    definition, donnees = definition_depuis(tire[0]), tire[1]
    avant = chemin(definition, donnees)
    visibles = {q.code for page in avant.pages for q in page.questions}
    change = dict(donnees)
    for question in definition.questions():
        if question.code not in visibles:
            change[question.code] = data.draw(st.sampled_from(CODES) | st.just(["oui"]))
    assert chemin(definition, change) == avant


@given(cas, st.randoms(use_true_random=False))
def test_order_of_answers_changes_nothing(tire, hasard: random.Random):
    definition, donnees = definition_depuis(tire[0]), tire[1]
    melangees = list(donnees.items())
    hasard.shuffle(melangees)
    assert chemin(definition, dict(melangees)) == chemin(definition, donnees)


@given(cas)
def test_path_never_writes_in_the_answers(tire):
    definition, donnees = definition_depuis(tire[0]), tire[1]
    copie = dict(donnees)
    chemin(definition, donnees)
    assert donnees == copie


@given(cas)
def test_one_goes_on_after_the_last_answered_page(tire):
    parcours = chemin(definition_depuis(tire[0]), tire[1])
    page = parcours.reprise()
    rang = parcours.rang(page.code) if page else len(parcours.pages)
    repondue = [p.questions[0].code in parcours.reponses for p in parcours.pages]
    assert not any(repondue[rang:])
    assert rang == 0 or repondue[rang - 1]


@given(definitions())
def test_conditions_cite_earlier_questions_only(donnees):
    vues: set[str] = set()
    for page in donnees["pages"]:
        assert set(questions_citees(page.get("si"))) <= vues
        vues |= {question["code"] for question in page["questions"]}


def test_a_page_that_left_the_path_leads_to_the_next_one_on_it():
    definition = definition_depuis(
        {
            "format": "voix-questionnaire/1",
            "code": "saut",
            "titre": "Saut",
            "pages": [
                {"code": "a", "questions": [{"code": "a", "type": "oui_non", "texte": "A ?"}]},
                {
                    "code": "b",
                    "si": {"q": "a", "eq": "oui"},
                    "questions": [{"code": "b", "type": "oui_non", "texte": "B ?"}],
                },
                {"code": "c", "questions": [{"code": "c", "type": "oui_non", "texte": "C ?"}]},
            ],
        }
    )
    donnees = {"a": "non", "b": "oui", "b.precision": "caché"}
    assert suivante(definition, donnees, "b").code == "c"
    assert precedente(definition, donnees, "c").code == "a"
    assert chemin(definition, donnees).reponses == {"a": "non"}
    assert chemin(definition, donnees).rang("b") is None


class Comptees(dict):
    """Answers that count how often they are looked at."""

    regards = 0

    def get(self, cle, defaut=None):
        self.regards += 1
        return super().get(cle, defaut)

    def __contains__(self, cle):
        self.regards += 1
        return super().__contains__(cle)


def test_a_walk_looks_at_each_answer_a_fixed_number_of_times():
    def regards(nb_pages):
        pages = [
            {
                "code": f"p{n}",
                "questions": [{"code": f"q{n}", "type": "oui_non", "texte": "Oui ?"}],
                **({"si": {"q": f"q{n - 1}", "eq": "oui"}} if n else {}),
            }
            for n in range(nb_pages)
        ]
        definition = definition_depuis(
            {"format": "voix-questionnaire/1", "code": "long", "titre": "Long", "pages": pages}
        )
        donnees = Comptees({f"q{n}": "oui" for n in range(nb_pages)})
        assert suivante(definition, donnees, f"p{nb_pages - 2}").code == f"p{nb_pages - 1}"
        return donnees.regards

    assert regards(400) == 4 * regards(100)


def test_a_page_that_does_not_exist_is_an_error():
    definition = definition_depuis(
        {"format": "voix-questionnaire/1", "code": "vide", "titre": "Vide", "pages": []}
    )
    assert suivante(definition, {}, None) is None
    assert precedente(definition, {}, None) is None
    for chercher in (suivante, precedente):
        with pytest.raises(KeyError):
            chercher(definition, {}, "ailleurs")
