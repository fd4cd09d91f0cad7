"""Every error of an author, all at once, each with its place and what to write instead."""

import copy

import pytest

from enquetes.bibliotheque import codes, lire
from enquetes.bibliotheque.pictogrammes import PICTOGRAMMES
from enquetes.champs import NATURES
from enquetes.parcours.verification import verifier

JUSTE = {
    "format": "voix-questionnaire/1",
    "code": "juste",
    "titre": "Juste",
    "pages": [
        {
            "code": "un",
            "questions": [
                {
                    "code": "q1",
                    "type": "choix_unique",
                    "texte": "Venez-vous ?",
                    "choix": [{"code": "oui", "texte": "Oui"}, {"code": "non", "texte": "Non"}],
                }
            ],
        },
        {
            "code": "deux",
            "si": {"q": "q1", "eq": "oui"},
            "questions": [
                {
                    "code": "q2",
                    "type": "nombre",
                    "texte": "Combien ?",
                    "options": {"min": 0, "max": 9},
                }
            ],
        },
    ],
}


def place(donnees, chemin, valeur):
    """Return a copy of ``donnees`` with one value changed (or removed with ``...``)."""
    change = copy.deepcopy(donnees)
    ici = change
    for cle in chemin[:-1]:
        ici = ici[cle]
    if valeur is ...:
        del ici[chemin[-1]]
    else:
        ici[chemin[-1]] = valeur
    return change


Q1 = ("pages", 0, "questions", 0)
Q2 = ("pages", 1, "questions", 0)
FAUTES = [
    (("format",), "autre", "format", ("format",)),
    (("code",), "Mon Code", "code", ("code",)),
    (("titre",), ..., "texte_manque", ("titre",)),
    (("titre",), {"en": "Only"}, "texte_francais", ("titre",)),
    (("titre",), 3, "texte_forme", ("titre",)),
    (("titre",), {"fr": ["a"]}, "texte_forme", ("titre", "fr")),
    (("titre",), {"fr": "x" * 601}, "texte_long", ("titre", "fr")),
    (("titre",), {"fr": "a", "xx": "b"}, "cle_inconnue", ("titre", "xx")),
    (("langues",), ["en"], "langues", ("langues",)),
    (("langues",), ["fr", "zz"], "langue", ("langues", 1)),
    (("langues",), ["fr", "en"], "texte_traduction", ("titre",)),
    (("duree_minutes",), True, "duree", ("duree_minutes",)),
    (("module",), 1, "texte_forme", ("module",)),
    (("repondants",), "territoires", "repondants", ("repondants",)),
    (("repondants",), ["personnes"], "repondants", ("repondants",)),
    (("titr",), "x", "cle_inconnue", ("titr",)),
    (("pages",), [], "pages", ("pages",)),
    (("pages",), None, "pages", ("pages",)),
    (("pages", 0), "page", "page_forme", ("pages", 0)),
    (("pages", 0, "code"), "verifier", "page_reservee", ("pages", 0, "code")),
    (("pages", 0, "code"), None, "page_code", ("pages", 0, "code")),
    (("pages", 1, "code"), "un", "page_double", ("pages", 1, "code")),
    (("pages", 0, "quetions"), [], "cle_inconnue", ("pages", 0, "quetions")),
    (("pages", 0, "questions"), [], "page_vide", ("pages", 0, "questions")),
    (Q1, 3, "question_forme", Q1),
    ((*Q1, "code"), "a.b", "question_code", (*Q1, "code")),
    ((*Q2, "code"), "q1", "question_double", (*Q2, "code")),
    ((*Q1, "type"), "choix", "type", (*Q1, "type")),
    ((*Q1, "type"), ..., "type", (*Q1, "type")),
    ((*Q1, "profil"), "public", "profil", (*Q1, "profil")),
    ((*Q1, "pictogramme"), "licorne", "pictogramme", (*Q1, "pictogramme")),
    ((*Q1, "requis"), True, "cle_inconnue", (*Q1, "requis")),
    ((*Q1, "choix"), ..., "choix_nombre", (*Q1, "choix")),
    ((*Q1, "choix", 0), "oui", "choix_forme", (*Q1, "choix", 0)),
    ((*Q1, "choix", 0, "code"), True, "choix_code", (*Q1, "choix", 0, "code")),
    ((*Q1, "choix", 1, "code"), "oui", "choix_double", (*Q1, "choix", 1, "code")),
    ((*Q1, "choix", 0, "exclusif"), True, "exclusif", (*Q1, "choix", 0, "exclusif")),
    ((*Q1, "choix", 0, "precision"), "oui", "drapeau", (*Q1, "choix", 0, "precision")),
    ((*Q1, "choix", 0, "image"), "x", "cle_inconnue", (*Q1, "choix", 0, "image")),
    ((*Q2, "choix"), [1, 2], "choix_de_trop", (*Q2, "choix")),
    ((*Q2, "options"), [1], "options_forme", (*Q2, "options")),
    ((*Q2, "options", "maxi"), 3, "cle_inconnue", (*Q2, "options", "maxi")),
    ((*Q2, "options", "min"), "0", "option_nombre", (*Q2, "options", "min")),
    ((*Q2, "options", "min"), 12, "option_bornes", (*Q2, "options")),
    (("pages", 1, "si"), "oui", "condition_forme", ("pages", 1, "si")),
    (("pages", 1, "si"), {"et": []}, "condition_forme", ("pages", 1, "si")),
    (("pages", 1, "si"), {"all": []}, "condition_vide", ("pages", 1, "si", "all")),
    (("pages", 1, "si"), {"q": "q1"}, "condition_operateur", ("pages", 1, "si")),
    (("pages", 1, "si", "q"), "q2", "condition_question", ("pages", 1, "si", "q")),
    (("pages", 1, "si", "q"), ["q1"], "condition_question", ("pages", 1, "si", "q")),
    (("pages", 1, "si", "eq"), "ouii", "condition_choix", ("pages", 1, "si", "eq")),
    (("pages", 1, "si"), {"q": "q1", "has": "oui"}, "condition_has", ("pages", 1, "si", "has")),
    (("pages", 1, "si"), {"q": "q1", "ge": 2}, "condition_ordre", ("pages", 1, "si", "ge")),
    (
        ("pages", 1, "si"),
        {"not": {"any": [{"q": "zz", "eq": "oui"}]}},
        "condition_question",
        ("pages", 1, "si", "not", "any", 0, "q"),
    ),
]


def test_a_right_questionnaire_has_no_defect():
    assert verifier(JUSTE, NATURES, frozenset(PICTOGRAMMES)) == []


@pytest.mark.parametrize(("chemin", "valeur", "code", "lieu"), FAUTES)
def test_each_error_is_found_at_its_place_with_an_advice(chemin, valeur, code, lieu):
    defauts = verifier(place(JUSTE, chemin, valeur), NATURES, frozenset(PICTOGRAMMES))
    trouve = [defaut for defaut in defauts if (defaut.code, defaut.lieu) == (code, lieu)]
    assert trouve, defauts
    assert trouve[0].message.endswith((".", "?"))
    assert trouve[0].conseil


def test_all_errors_come_at_once_in_the_order_of_the_file():
    faux = place(place(JUSTE, (*Q1, "type"), "choi_unique"), (*Q2, "texte"), ...)
    faux = place(faux, ("code",), "É")
    assert [d.code for d in verifier(faux, NATURES)] == ["code", "type", "texte_manque"]


def test_a_typing_error_is_answered_with_the_right_word():
    (defaut,) = verifier(place(JUSTE, (*Q1, "type"), "choix_uniqe"), NATURES)
    assert "choix_unique" in defaut.conseil


def test_too_deep_a_condition_is_refused_and_does_not_crash():
    arbre: dict = {"q": "q1", "eq": "oui"}
    for _ in range(5000):
        arbre = {"not": arbre}
    assert "condition_profonde" in {
        d.code for d in verifier(place(JUSTE, ("pages", 1, "si"), arbre), NATURES)
    }


@pytest.mark.parametrize("faux", [None, [], "texte", 3])
def test_what_is_not_a_questionnaire_is_said(faux):
    assert [d.code for d in verifier(faux, NATURES)] == ["forme"]


@pytest.mark.parametrize("code", codes())
def test_bundled_questionnaires_have_no_defect(code):
    assert verifier(lire(code), NATURES, frozenset(PICTOGRAMMES)) == []


def test_a_missing_translation_names_its_text():
    """Four answers written on one line gave the same sentence four times."""
    donnees = place(JUSTE, ("langues",), ["fr", "ar"])
    donnees = place(
        donnees, ("pages", 1, "questions", 0, "texte"), "Combien de \x1bpersonnes ? " * 3
    )
    dites = [d.message for d in verifier(donnees, NATURES) if d.code == "texte_traduction"]
    assert "Il manque la traduction de «\u00a0Oui\u00a0»\u00a0: ar." in dites
    assert (
        "Il manque la traduction de «\u00a0Combien de personnes ? Combien de perso…\u00a0»\u00a0: ar."
        in dites
    )
    assert len(set(dites)) == len(dites)
