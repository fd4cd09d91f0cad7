"""The faults of authors, one by one: settings, answers, conditions, texts; and all those unforeseen."""

import copy
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from enquetes.bibliotheque.pictogrammes import PICTOGRAMMES
from enquetes.champs import NATURES, champ
from enquetes.champs.textes import TEXTE_REFUS
from enquetes.forms.passation import formulaire_de_page
from enquetes.parcours.chemin import chemin
from enquetes.parcours.lecture import canonique, definition_depuis, empreinte
from enquetes.parcours.verification import graves, verifier
from tests.questionnaires import lire

from .test_definition import json_quelconque
from .test_verification import JUSTE, Q1, Q2, place

REFUS_DIT = TEXTE_REFUS.dans("fr").texte
QM = {
    "code": "qm",
    "type": "choix_multiple",
    "texte": "Quoi ?",
    "choix": [{"code": "a", "texte": "A"}, {"code": "b", "texte": "B"}],
}
QO = {"code": "qo", "type": "oui_non", "texte": "Oui ?"}
QT = {"code": "qt", "type": "texte_court", "texte": "Quels mots ?"}
QI = {"code": "qi", "type": "information", "texte": "Bonjour."}


def avec(*questions, si):
    """Return a right questionnaire of one page a question, then a page under ``si``."""
    pages = [{"code": q["code"], "questions": [q]} for q in questions]
    fin = {"code": "der", "si": si, "questions": [{**QO, "code": "der"}]}
    return JUSTE | {"pages": [*JUSTE["pages"], *pages, fin]}


def trouver(donnees):
    return [(d.code, d.lieu) for d in verifier(donnees, NATURES, frozenset(PICTOGRAMMES))]


OPTIONS = [
    ({"decimales": 1.5}, "option_entier", "decimales"),
    ({"decimales": 9}, "option_hors_bornes", "decimales"),
    ({"decimales": -1}, "option_hors_bornes", "decimales"),
    ({"min": True}, "option_nombre", "min"),
    ({"min": float("nan")}, "option_nombre", "min"),
    ({"max": float("inf")}, "option_nombre", "max"),
    ({"max": 10**12}, "option_hors_bornes", "max"),
    ({"classes": 3}, "option_entiers", "classes"),
    ({"classes": []}, "option_entiers", "classes"),
    ({"classes": [1, "2"]}, "option_entiers", "classes"),
    ({"classes": [3, 2]}, "option_entiers", "classes"),
    ({"classes": [-(10**9), 2]}, "option_hors_bornes", "classes"),
    ({"unite": 3}, "texte_forme", "unite"),
    ({"unite": {"en": "meals"}}, "texte_francais", "unite"),
    ({"unite": "x" * 50}, "texte_long", "unite"),
]


@pytest.mark.parametrize(("options", "code", "cle"), OPTIONS)
def test_setting_of_the_wrong_kind_is_told_with_an_example(options, code, cle):
    defauts = verifier(place(JUSTE, (*Q2, "options"), options), NATURES)
    trouve = [
        d for d in defauts if d.code == code and d.lieu[: len(Q2) + 2] == (*Q2, "options", cle)
    ]
    assert trouve, defauts
    assert trouve[0].conseil.startswith(("Écrivez plutôt", "Gardez", "Mettez"))


def test_largest_answer_below_zero_needs_a_smallest_one():
    (defaut,) = verifier(place(JUSTE, (*Q2, "options"), {"max": -2}), NATURES)
    assert (defaut.code, defaut.conseil) == (
        "option_bornes",
        "Écrivez plutôt\u00a0: options: {min: -10, max: -2}",
    )


def test_every_setting_accepts_its_own_example():
    for nature in NATURES.values():
        for reglage in nature.reglages:
            definition = copy.deepcopy(lire(nature.type))
            definition["pages"][0]["questions"][0]["options"] = yaml.safe_load(reglage.exemple)
            assert graves(verifier(definition, NATURES)) == [], reglage


@pytest.mark.parametrize(
    ("changement", "valeur", "attendu"),
    [
        ((*Q2, "choix"), [{"code": "a", "texte": "A"}], ("choix_de_trop", (*Q2, "choix"))),
        ((*Q2, "pictogramme"), ["fruits"], ("pictogramme", (*Q2, "pictogramme"))),
        ((*Q2, "code"), "page", ("question_reservee", (*Q2, "code"))),
        ((*Q2, "code"), "mois", ("question_reservee", (*Q2, "code"))),
        ((*Q2, "code"), "plan-d-analyse", ("question_reservee", (*Q2, "code"))),
        ((*Q2, "code"), "csrfmiddlewaretoken", ("question_reservee", (*Q2, "code"))),
        ((*Q1, "choix", 1, "code"), ..., ("choix_code", (*Q1, "choix", 1, "code"))),
        ((*Q1, "choix", 1, "image"), "x", ("cle_inconnue", (*Q1, "choix", 1, "image"))),
        ((*Q1, "choix", 1, "code"), "_pnr", ("choix_code", (*Q1, "choix", 1, "code"))),
        ((*Q1, "choix", 1, "code"), "a.b", ("choix_code", (*Q1, "choix", 1, "code"))),
        ((*Q1, "choix", 1, "texte"), "Oui", ("choix_meme_texte", (*Q1, "choix", 1, "texte"))),
        ((*Q1, "choix", 1, "texte"), " oui", ("choix_meme_texte", (*Q1, "choix", 1, "texte"))),
        ((*Q1, "choix", 1, "texte"), f"{REFUS_DIT}.", ("choix_refus", (*Q1, "choix", 1))),
        ((*Q1, "texte"), "  \n", ("texte_manque", (*Q1, "texte"))),
        ((*Q1, "texte"), {"fr": None, "en": "x"}, ("texte_francais", (*Q1, "texte"))),
        ((*Q1, "texte"), "a\0b", ("texte_signe", (*Q1, "texte", "fr"))),
        ((*Q1, "texte"), "a\ud800", ("texte_signe", (*Q1, "texte", "fr"))),
        ((*Q1, "texte"), "a\u202eb", ("texte_signe", (*Q1, "texte", "fr"))),
        ((*Q1, "aide"), ["x"], ("texte_forme", (*Q1, "aide"))),
        (("titre",), "x" * 201, ("texte_long", ("titre", "fr"))),
        (("module",), "x" * 201, ("texte_long", ("module",))),
        (("pages", 0, "code"), "fin", ("page_reservee", ("pages", 0, "code"))),
        (("langues",), ["fr", "fr"], ("langue_double", ("langues", 1))),
        (("langues_relues",), ["fr", "uk"], ("langue_relue", ("langues_relues", 1))),
        (("langues_relues",), "fr", ("langues", ("langues_relues",))),
        (("pages", 0, "questions", 0), QI, ("sans_question", ("pages",))),
    ],
)
def test_each_fault_is_found_at_its_place(changement, valeur, attendu):
    donnees = place(JUSTE, changement, valeur)
    if valeur is QI:
        donnees["pages"] = donnees["pages"][:1]
    assert attendu in trouver(donnees)


def test_only_one_answer_may_ask_for_more():
    autre = {"code": "autre", "texte": "Autre chose", "precision": True}
    donnees = place(JUSTE, (*Q1, "choix", 1), autre)
    assert trouver(donnees) == []
    donnees = place(donnees, (*Q1, "choix", 0), autre | {"code": "oui", "texte": "Oui"})
    assert trouver(donnees) == [("precision_double", (*Q1, "choix"))]


def test_drawing_without_a_list_is_only_checked_for_its_form():
    assert verifier(place(JUSTE, (*Q1, "pictogramme"), "licorne"), NATURES) == []


def test_answers_brought_by_a_type_cannot_be_written_again():
    for question, mot in ((QO, "a déjà ses réponses"), (QT, "n’a pas de liste")):
        donnees = place(JUSTE, Q2, {**question, "choix": QM["choix"]})
        (defaut,) = verifier(donnees, NATURES)
        assert mot in defaut.message
        assert "choix_unique" in defaut.conseil


def test_words_to_read_stand_alone_on_their_page():
    donnees = place(JUSTE, ("pages", 0, "questions"), [QI, QO])
    donnees["pages"][1].pop("si")
    assert trouver(donnees) == [("information_seule", ("pages", 0, "questions", 0))]


def test_many_questions_are_advised_against_and_too_many_pages_refused():
    pages = [{"code": f"p{n}", "questions": [{**QO, "code": f"q{n}"}]} for n in range(81)]
    (conseil,) = verifier(JUSTE | {"pages": pages[:31]}, NATURES)
    assert not conseil.grave
    assert "31\u00a0questions" in conseil.message
    assert graves([conseil]) == []
    defauts = verifier(JUSTE | {"pages": pages}, NATURES)
    assert [(d.code, d.grave) for d in defauts] == [
        ("trop_de_pages", True),
        ("beaucoup_de_questions", False),
    ]
    assert verifier(JUSTE | {"pages": pages[:30]}, NATURES) == []


@pytest.mark.parametrize(
    ("question", "test", "code"),
    [
        (QM, {"q": "qm", "has": "c"}, "condition_choix"),
        (QM, {"q": "qm", "eq": "a"}, "condition_eq"),
        (QM, {"q": "qm", "ge": 2}, "condition_ordre"),
        (QO, {"q": "qo", "eq": "peut-etre"}, "condition_choix"),
        (QO, {"q": "qo", "eq": True}, "condition_choix"),
        (QO, {"q": "qo", "eq": "_pnr"}, "condition_choix"),
        (QO, {"q": "qo", "le": 2}, "condition_ordre"),
        (QO, {"q": "qo", "has": "oui"}, "condition_has"),
        (QT, {"q": "qt", "eq": "pain"}, "condition_libre"),
        (QI, {"q": "qi", "eq": "x"}, "condition_information"),
        (QO, {"q": "q2", "eq": "quatre"}, "condition_nombre"),
        (QO, {"q": "q2", "ge": float("nan")}, "condition_nombre"),
        (QO, {"q": "q2", "ge": True}, "condition_nombre"),
        (QO, {"q": "der", "eq": "oui"}, "condition_question"),
        (QO, {"q": "qo", "eq": "oui", "ne": "non"}, "condition_operateur"),
        (QO, {"all": [{"q": "qo", "eq": "oui"}], "any": []}, "condition_forme"),
        (QO, {}, "condition_forme"),
        (QO, {"not": None}, "condition_forme"),
    ],
)
def test_condition_that_can_never_be_met_is_told(question, test, code):
    defauts = verifier(avec(question, si=test), NATURES)
    assert [d.code for d in defauts] == [code]
    assert defauts[0].lieu[:3] == ("pages", 3, "si")


@pytest.mark.parametrize(
    ("question", "test"),
    [
        (QM, {"q": "qm", "has": "a"}),
        (QO, {"q": "qo", "eq": "nsp"}),
        (QO, {"q": "q2", "eq": 4}),
        (QO, {"q": "q2", "le": 4}),
        (QO, {"not": {"any": [{"q": "qo", "eq": "oui"}, {"all": [{"q": "q2", "ge": 1}]}]}}),
        ({**QO, "type": "accord"}, {"q": "qo", "le": 2}),
        ({**QO, "type": "accord"}, {"q": "qo", "eq": 2}),
    ],
)
def test_condition_that_can_be_met_is_right(question, test):
    assert verifier(avec(question, si=test), NATURES) == []


def test_condition_on_a_question_of_an_unknown_type_is_not_told_twice():
    defauts = verifier(avec({**QO, "type": "ouinon"}, si={"q": "qo", "eq": "ouais"}), NATURES)
    assert [d.code for d in defauts] == ["type"]
    assert defauts[0].conseil == "Vouliez-vous écrire «\u00a0oui_non\u00a0»\u00a0?"


def test_long_mistake_is_not_quoted_whole():
    (defaut,) = verifier(place(JUSTE, (*Q2, "type"), "x" * 5000), NATURES)
    assert len(defaut.message) < 120


def test_remedies_are_sentences_in_french():
    donnees = place(JUSTE, ("langues",), ["en"])
    donnees |= {"titr": 1, "duree_minutes": "x", "pages": [{"si": 3}, *JUSTE["pages"]]}
    for defaut in verifier(donnees, NATURES):
        for phrase in (defaut.message, defaut.conseil):
            assert phrase[0] == "«" or phrase[0].isupper()
            assert " :" not in phrase.replace("\u00a0:", "")


def un_chemin(donnees, tirer):
    """Draw the way to some place of the data."""
    lieu = []
    while isinstance(donnees, dict | list) and donnees and (not lieu or tirer(st.booleans())):
        cle = tirer(
            st.sampled_from(sorted(donnees))
            if isinstance(donnees, dict)
            else st.integers(0, len(donnees) - 1)
        )
        lieu.append(cle)
        donnees = donnees[cle]
    return lieu


EN_FRANCAIS = lire("tous_types") | {"langues": ["fr"]}
etranges = json_quelconque | st.sampled_from(
    ["\0", "\ud800", "_pnr", "", "verifier", float("nan"), 10**30, [[]], {"q": []}, {"fr": None}]
)


@given(st.data())
def test_whatever_an_author_writes_is_told_wrong_or_works(data):
    """What ``verifier`` lets through can be read, hashed, walked and shown to people."""
    donnees = copy.deepcopy(
        data.draw(st.sampled_from([JUSTE, EN_FRANCAIS, avec(QM, si={"q": "qm", "has": "a"})]))
    )
    for _ in range(data.draw(st.integers(1, 2))):
        donnees = place(donnees, un_chemin(donnees, data.draw), data.draw(etranges | st.just(...)))
    if graves(verifier(donnees, NATURES, frozenset(PICTOGRAMMES))):
        return
    definition = definition_depuis(donnees)
    assert definition_depuis(json.loads(canonique(definition))) == definition
    assert len(empreinte(definition)) == 64
    assert len(chemin(definition, {}).pages) <= len(definition.pages)
    for page in definition.pages:
        for langue in ("fr", "ar"):
            form = formulaire_de_page(page, langue)(data={})
            assert form.is_valid()
            str(form).encode()
        for question in page.questions:
            champ(question.type).modalites(question)


@given(json_quelconque)
def test_any_data_is_judged(donnees):
    assert verifier(donnees, NATURES)


MOIS = {
    "code": "qm",
    "questions": [{"code": "qm", "type": "mois", "texte": {"fr": "Depuis quand ?"}}],
}


def _avec_classes(classes):
    question = MOIS["questions"][0] | {"options": {"classes": classes}}
    return JUSTE | {"langues": ["fr"], "pages": [{"code": "qm", "questions": [question]}]}


@pytest.mark.parametrize(
    "classes",
    [
        [],
        3,
        "2025",
        [0],
        [1, 4],
        [0, 4, 4],
        [0, 7, 2],
        [0, 601],
        [2025, 2024],
        [2024, "2024-01"],
        ["2025-13"],
        ["1899-12"],
        ["03/2025"],
        [0, 2024],
        [0, "2024-01"],
        [True, 2],
        [2024.0],
        list(range(13)),
    ],
)
def test_classes_of_months_that_mean_nothing_are_told_with_an_example(classes):
    (defaut,) = verifier(_avec_classes(classes), NATURES)
    assert (defaut.code, defaut.lieu[-1]) == ("option_periodes", "classes")
    assert defaut.conseil == "Écrivez plutôt\u00a0: classes: [0, 2, 7, 13]"


@pytest.mark.parametrize(
    "classes",
    [[0, 2], [0, 2, 7, 13], list(range(12)), [2024], [2023, 2024, "2025-07"], ["2025-07"]],
)
def test_classes_of_months_are_before_the_opening_or_between_dates(classes):
    assert verifier(_avec_classes(classes), NATURES) == []


def test_months_without_classes_may_be_asked_and_what_is_lost_is_said():
    (conseil,) = verifier(JUSTE | {"langues": ["fr"], "pages": [MOIS]}, NATURES)
    assert (conseil.code, conseil.grave) == ("option_conseillee", False)
    assert "n’aura pas de tableau" in conseil.message
    assert conseil.conseil == "Écrivez plutôt\u00a0: options: {classes: [0, 2, 7, 13]}"


@pytest.mark.parametrize("futur", [False, True, "jamais", 1, ["non"]])
def test_months_to_come_are_taken_or_refused_by_a_word(futur):
    (defaut,) = verifier(_avec_futur(futur), NATURES)
    assert (defaut.code, defaut.lieu[-1]) == ("option_oui_non", "futur")
    assert defaut.conseil == "Écrivez plutôt\u00a0: futur: non"


@pytest.mark.parametrize("futur", ["oui", "non"])
def test_both_words_are_taken(futur):
    assert verifier(_avec_futur(futur), NATURES) == []


def _avec_futur(futur):
    definition = _avec_classes([0, 2])
    definition["pages"][0]["questions"][0]["options"]["futur"] = futur
    return definition


@pytest.mark.parametrize(
    ("ecrit", "ecrire"),
    [
        ("non", "- {code: non, texte: Non}"),
        ("oui", "- {code: oui-2, texte: Oui}"),
        ("Je ne sais pas", "- {code: je-ne-sais-pas, texte: Je ne sais pas}"),
        ("À l’épicerie, oui ?", '- {code: a-l-epicerie-oui, texte: "À l’épicerie, oui ?"}'),
        ("Œufs", "- {code: oeufs, texte: Œufs}"),
        (3, '- {code: "3", texte: "3"}'),
        (None, "- {code: autre, texte: Autre}"),
    ],
)
def test_an_answer_written_as_words_is_written_for_its_author(ecrit, ecrire):
    choix = [{"code": "oui", "texte": "D’accord"}, ecrit]
    (defaut,) = verifier(place(JUSTE, (*Q1, "choix"), choix), NATURES)
    assert defaut.conseil == f"Écrivez plutôt\u00a0: {ecrire}"
    reecrit = yaml.safe_load(ecrire)
    assert verifier(place(JUSTE, (*Q1, "choix"), [choix[0], *reecrit]), NATURES) == []


def test_a_setting_that_is_not_known_goes_alone():
    options = {"min": 10, "max": 2, "couleur": "rouge"}
    defauts = {d.code: d for d in verifier(place(JUSTE, (*Q2, "options"), options), NATURES)}
    assert set(defauts) == {"cle_inconnue", "option_bornes"}
    assert defauts["cle_inconnue"].conseil == (
        "Enlevez «\u00a0couleur\u00a0» et sa valeur, et gardez le reste."
    )


@pytest.mark.parametrize("options", [{"max": "1000000000"}, {"classes": [0, "10000000000"]}])
def test_a_number_with_too_many_digits_is_too_great_and_not_a_word(options):
    (defaut,) = verifier(place(JUSTE, (*Q2, "options"), options), NATURES)
    assert defaut.code == "option_hors_bornes"
    assert "\u202f999" in defaut.message


def test_all_is_told_at_once_even_under_another_fault():
    seul = [{"code": "oui", "texte": "Oui", "precision": "peut-être"}]
    une = verifier(place(JUSTE, (*Q1, "choix"), seul), NATURES)
    assert {"choix_nombre", "drapeau"} <= {d.code for d in une}
    inconnu = place(place(JUSTE, (*Q1, "type"), "choix_uniqe"), (*Q1, "choix"), ["oui", {}])
    assert {"type", "choix_forme", "choix_code"} <= {d.code for d in verifier(inconnu, NATURES)}
