"""Conditions said in French."""

import pytest

from enquetes.echanges.mots import condition_en_mots
from enquetes.parcours.lecture import definition_depuis

DEFINITION = definition_depuis(
    {
        "format": "voix-questionnaire/1",
        "code": "essai",
        "titre": "Essai",
        "langues": ["fr"],
        "pages": [
            {
                "code": code,
                "questions": [{"code": code, "type": type_, "texte": texte, **autres}],
            }
            for code, type_, texte, autres in (
                ("venir", "oui_non", "Venez-vous souvent ?", {}),
                ("jours", "jours", "Combien de jours ?", {}),
                ("age", "nombre", "Quel âge ?", {}),
                (
                    "aides",
                    "choix_multiple",
                    "Quelles aides ?",
                    {"choix": [{"code": "colis", "texte": "Un colis"}]},
                ),
            )
        ],
    }
)
VENIR = "la réponse à «\u00a0Venez-vous souvent ?\u00a0»"


@pytest.mark.parametrize(
    ("arbre", "phrase"),
    [
        ({"q": "venir", "eq": "oui"}, f"{VENIR} est «\u00a0Oui\u00a0»"),
        ({"not": {"q": "venir", "eq": "oui"}}, f"{VENIR} n’est pas «\u00a0Oui\u00a0»"),
        (
            {"q": "aides", "has": "colis"},
            "la réponse à «\u00a0Quelles aides ?\u00a0» contient «\u00a0Un colis\u00a0»",
        ),
        (
            {"not": {"q": "aides", "has": "colis"}},
            "la réponse à «\u00a0Quelles aides ?\u00a0» ne contient pas «\u00a0Un colis\u00a0»",
        ),
        (
            {"q": "age", "ge": 18},
            "la réponse à «\u00a0Quel âge ?\u00a0» est «\u00a018\u00a0» ou plus",
        ),
        (
            {"q": "age", "le": 64},
            "la réponse à «\u00a0Quel âge ?\u00a0» est «\u00a064\u00a0» ou moins",
        ),
    ],
)
def test_one_comparison(arbre, phrase):
    assert condition_en_mots(DEFINITION, arbre) == phrase


def test_days_are_said_as_their_choice():
    assert "«\u00a02" in condition_en_mots(DEFINITION, {"q": "jours", "ge": 2})


def test_groups_keep_their_parentheses():
    oui, non = {"q": "venir", "eq": "oui"}, {"q": "venir", "eq": "non"}
    phrase = condition_en_mots(DEFINITION, {"all": [oui, {"any": [oui, non]}]})
    attendue = (
        f"{VENIR} est «\u00a0Oui\u00a0» et "
        f"({VENIR} est «\u00a0Oui\u00a0» ou {VENIR} est «\u00a0Non\u00a0»)"
    )
    assert phrase == attendue


def test_negated_group_is_said_as_false():
    oui, non = {"q": "venir", "eq": "oui"}, {"q": "venir", "eq": "non"}
    phrase = condition_en_mots(DEFINITION, {"not": {"any": [oui, non]}})
    assert phrase.startswith("il est faux que\u00a0: (")
