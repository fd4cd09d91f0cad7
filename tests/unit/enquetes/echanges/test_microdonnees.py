"""The two files of fictitious respondents: all errors at once, each with its place."""

import json
import re
from datetime import date

import pytest

from enquetes.echanges.microdonnees import (
    FichierFaux,
    definition_de,
    est_datee,
    lire_description,
    lire_personnes,
)
from enquetes.parcours.lecture import definition_depuis

DESCRIPTION = {
    "questionnaire": "Essai",
    "dimensions": [
        {"name": "structure", "codes": [{"code": "R1"}, {"code": "S1", "parent": "R1"}]},
        {"name": "public", "codes": [{"code": "jeunes"}, {"code": "aînés"}]},
    ],
    "questions": [
        {"name": "repas", "type": "choix", "codes": [{"code": "oui"}, {"code": "non"}]},
        {
            "name": "aide",
            "type": "choix_multiple",
            "codes": ["a", "b"],
            "profil": "ORDINAIRE",
        },
        {"name": "reste", "type": "montant"},
    ],
    "plan": [["structure"], ["public", "structure"]],
}
ENTETE = "structure,public,repas,aide,reste,recorded_at,erased_at\n"


def lue(**changements):
    return lire_description(json.dumps(DESCRIPTION | changements))


def test_what_is_right_is_read():
    description = lue()
    (une, deux) = lire_personnes(
        ENTETE
        + 'S1,jeunes,oui,a|b,"12,5",2025-03-31T10:20:30,\nS1,aînés,,,,2025-04-01,2025-05-02\n',
        description,
    )
    assert une.valeurs == {
        "structure": "S1",
        "public": "jeunes",
        "repas": "oui",
        "aide": ["a", "b"],
        "reste": 12.5,
    }
    assert (une.recueillie_le, une.effacee_le) == (date(2025, 3, 31), None)
    assert deux.valeurs == {"structure": "S1", "public": "aînés"}
    assert deux.effacee_le == date(2025, 5, 2)
    assert description.plan == (("structure",), ("public", "structure"))
    assert [q.profil for q in description.questions] == ["sensible", "ordinaire", "sensible"]


def test_the_columns_make_a_questionnaire():
    definition = definition_depuis(definition_de(lue()))
    types = [(q.code, q.type) for q in definition.questions()]
    assert types == [
        ("structure", "choix_unique"),
        ("public", "choix_unique"),
        ("repas", "choix_unique"),
        ("aide", "choix_multiple"),
        ("reste", "nombre"),
    ]


def test_every_error_of_the_rows_is_told_with_its_line():
    with pytest.raises(FichierFaux) as faux:
        lire_personnes(
            ENTETE + "S9,jeunes,oui,a|z,dix,2025-03-31,\nS1,jeunes,oui,a,1,31/03/2025,demain\n",
            lue(),
        )
    assert faux.value.erreurs == [
        "ligne 2, structure\u00a0: le code «\u00a0S9\u00a0» n’est pas dans la description.",
        "ligne 2, aide\u00a0: le code «\u00a0z\u00a0» n’est pas dans la description.",
        (
            "ligne 2, reste\u00a0: «\u00a0dix\u00a0» n’est pas un nombre. "
            "Écrivez un montant de 0 à 999999999, comme 12,50."
        ),
        "ligne 3, recorded_at\u00a0: «\u00a031/03/2025\u00a0» n’est pas une date AAAA-MM-JJ.",
        "ligne 3, erased_at\u00a0: «\u00a0demain\u00a0» n’est pas une date AAAA-MM-JJ.",
    ]


@pytest.mark.parametrize(
    ("changements", "dit"),
    [
        ({"questions": []}, "aucune question"),
        (
            {"questions": [{"name": "q", "type": "graphe", "codes": ["a"]}]},
            "«\u00a0graphe\u00a0» inconnu",
        ),
        ({"questions": [{"name": "q", "codes": []}]}, "liste «\u00a0codes\u00a0»"),
        ({"questions": [{"name": "public", "codes": ["a"]}]}, "sert deux fois"),
        ({"questions": [{"name": "q", "codes": ["TOTAL"]}]}, "n’est pas permis"),
        ({"questions": [{"name": "q", "codes": ["a"], "profil": "SECRET"}]}, "profil inconnu"),
        ({"questions": [{"codes": ["a"]}]}, "il manque un nom"),
        ({"questions": {}}, "doit être une liste"),
        (
            {"dimensions": [{"name": "d", "codes": [{"code": "a", "parent": "z"}]}], "plan": []},
            "parent",
        ),
        ({"dimensions": [{"name": "d", "codes": ["a", "a"]}], "plan": []}, "écrit deux fois"),
        ({"plan": [["age"]]}, "«\u00a0age\u00a0» n’est pas une dimension. Choisissez parmi"),
        ({"plan": ["age"]}, "«\u00a0age\u00a0» n’est pas une dimension. Choisissez parmi"),
        ({"plan": [[["structure"]]]}, "n’est pas une dimension"),
        ({"questions": [{"name": "1", "codes": ["a"]}]}, "un nombre seul n’est pas un nom"),
        ({"questions": [{"name": 're"pas', "codes": ["a"]}]}, "Retirez guillemets"),
        ({"questions": [{"name": "a|b", "codes": ["a"]}]}, "Retirez guillemets"),
        ({"questions": [{"name": "q", "codes": ["x" * 200]}]}, "64 signes au plus"),
        ({"questions": [{"name": "q", "codes": [None]}]}, "réservé ou vide"),
        ({"dimensions": [{"name": "s", "codes": ["A", "_nr"]}]}, "laissez ces cellules vides"),
        ({"dimensions": [{"name": "s", "codes": ["A", "_nr(A)"]}]}, "laissez ces cellules vides"),
        ({"questions": [{"name": "q", "codes": [True]}]}, "réservé ou vide"),
        ({"questions": [{"name": "q", "codes": ["a\u200b"]}]}, "signes invisibles"),
        (
            {"questions": [{"name": "q", "type": "choix_multiple", "codes": ["a|b"]}]},
            "la barre sépare",
        ),
        (
            {"dimensions": [{"name": "d", "codes": ["a", "b", "a+b"]}], "plan": []},
            "se lirait comme «\u00a0a \\+ b\u00a0» réunis",
        ),
        ({"plan": 3}, "liste de listes de dimensions"),
        ({"plan": "lieu"}, "«\u00a0lieu\u00a0» doit être une liste"),
        ({"plan": [3]}, "«\u00a03\u00a0» doit être une liste de dimensions"),
        ({"questions": [{"name": "q", "codes": ["a", "|moyenne"]}]}, "la barre sépare"),
        ({"questions": [{"name": "q", "type": "echelle", "codes": ["1|2"]}]}, "la barre sépare"),
        (
            {"questions": [{"name": "q", "codes": ["a", {"code": "b", "parent": "a"}]}]},
            "la réponse «\u00a0b\u00a0» a un «\u00a0parent\u00a0». Retirez-le",
        ),
        (
            {
                "dimensions": [{"name": "d", "codes": [{"code": "b", "parent": {}}, "a"]}],
                "plan": [],
            }
            | {"questions": [{"name": "q", "codes": [{"code": "b", "label": {"fr": "B"}}]}]},
            "libellé de «\u00a0b\u00a0»\u00a0: écrivez un texte",
        ),
        (
            {"questions": [{"name": "q", "codes": [{"code": "b", "label": "\ud800"}]}]},
            "signes invisibles ou coupés",
        ),
        ({"questionnaire": "a\ud800"}, "«\u00a0questionnaire\u00a0»\u00a0: retirez les signes"),
        ({"questionnaire": "a\u0000b"}, "«\u00a0questionnaire\u00a0»\u00a0: retirez les signes"),
        ({"questionnaire": {"fr": "x"}}, "«\u00a0questionnaire\u00a0»\u00a0: écrivez un titre"),
        ({"questions": [{"name": "\ud800", "codes": ["a"]}]}, "n’est pas permis"),
        (
            {"questions": [{"name": "m", "type": "montant", "codes": [0, 10]}]},
            "un montant n’a pas de codes. Retirez",
        ),
        (
            {"dimensions": [{"name": "recorded_at", "codes": ["a"]}], "plan": []},
            "«\u00a0recorded_at\u00a0» est la colonne d’un jour. Choisissez un autre nom",
        ),
    ],
)
def test_every_error_of_the_description_is_told(changements, dit):
    with pytest.raises(FichierFaux, match=dit) as faux:
        lue(**changements)
    assert str(faux.value).encode()


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("", "ligne 1, colonne 1"),
        ("[]", "doit être un objet"),
        ('{"questions": [}', "ligne 1, colonne 16. Vérifiez les guillemets"),
        ("3", "doit être un objet"),
        ("[" * 100_000, "emboîte trop de listes"),
        ('{"questionnaire": ' + "1" * 6_000 + "}", "un nombre démesuré"),
    ],
)
def test_what_is_not_a_description_is_refused_in_french(texte, dit):
    with pytest.raises(FichierFaux, match=dit) as faux:
        lire_description(texte)
    assert not re.search(r"Expecting|property|value|recursion", str(faux.value))


@pytest.mark.parametrize(
    ("texte", "dit"), [("", "Il manque ces colonnes"), (ENTETE, "aucune personne")]
)
def test_an_empty_file_is_refused(texte, dit):
    with pytest.raises(FichierFaux, match=dit):
        lire_personnes(texte, lue())


def test_more_than_three_dimensions_are_refused():
    dimensions = [{"name": n, "codes": ["a"]} for n in "abcd"]
    with pytest.raises(FichierFaux, match="plus de trois dimensions"):
        lue(dimensions=dimensions, plan=[list("abcd")])


def test_fifty_errors_are_enough():
    with pytest.raises(FichierFaux) as faux:
        lire_personnes(ENTETE + "S9,jeunes,oui,a,1,2025-03-31,\n" * 70, lue())
    assert len(faux.value.erreurs) == 51
    assert faux.value.erreurs[-1] == "… et 20 autres erreurs."


@pytest.mark.parametrize("signe", [";", "\t"])
def test_separators_quotes_and_blank_lines_of_a_spreadsheet(signe):
    ligne = signe.join(["S1", "jeunes", '"oui"', " a | b ", '"12,5"', "2025-03-31", ""])
    vide = signe * 6
    entete = ENTETE.strip().replace(",", f" {signe}")
    lues = lire_personnes(f"{entete}\r\n\r\n{ligne}\r\n{vide}\r\n{ligne}\r\n", lue())
    assert [(p.valeurs["aide"], p.valeurs["reste"]) for p in lues] == [(["a", "b"], 12.5)] * 2


@pytest.mark.parametrize(
    ("ligne", "dit"),
    [
        ("S1,jeunes,oui,a,1,,", "ligne 2, recorded_at\u00a0: écrivez le jour"),
        ("S1,jeunes,oui,a,1,2025-03-31T99,", "n’est pas une date"),
        ("S1,jeunes,oui,a,1,2025-W10-1,", "n’est pas une date"),
        ("S1,jeunes,oui,a,1,2025-02-30,", "n’est pas une date"),
        ("S1,jeunes,oui,a,1,0001-01-01,", "ligne 2, recorded_at.*un jour de 1900 à 2199"),
        ("S1,jeunes,oui,a,1,2999-01-01,", "ligne 2, recorded_at.*un jour de 1900 à 2199"),
        ("S1,jeunes,oui,a,1,2025-03-01,2025-02-28", "ligne 2, erased_at.*est avant recorded_at"),
        ("S1,jeunes,oui,a,-12,2025-03-01,", "ligne 2, reste.*Écrivez un montant de 0"),
        ("S1,jeunes,oui,a,1_000,2025-03-01,", "ligne 2, reste.*Écrivez un montant de 0"),
        ("S1,jeunes,oui,a,1e300,2025-03-01,", "ligne 2, reste.*Écrivez un montant de 0"),
        ("S1,jeunes,oui,a,١٢,2025-03-01,", "ligne 2, reste.*Écrivez un montant de 0"),
        ("S1,jeunes,oui,a,1,2025-03-31,,,", "plus de cellules que de colonnes"),
        ("\nS1,jeunes,oui,a,1,31/03/2025,", "ligne 3, recorded_at"),
        ('S1,jeunes,oui,a,1,2025-03-31,"' + "x" * 200_000, "ligne 2\u00a0: ce n’est pas du CSV"),
    ],
)
def test_a_row_that_cannot_be_dated_or_read_is_told(ligne, dit):
    with pytest.raises(FichierFaux, match=dit):
        lire_personnes(f"{ENTETE}{ligne}\n", lue())


def test_a_column_written_twice_is_refused():
    with pytest.raises(FichierFaux, match="écrites deux fois\u00a0: repas"):
        lire_personnes(ENTETE.replace("aide", "repas").replace("reste", "aide,reste"), lue())


def test_without_the_column_of_days_everybody_is_of_today():
    entete = ENTETE.replace(",recorded_at,erased_at", "")
    (une,) = lire_personnes(f"{entete}S1,jeunes,oui,a,1\n", lue())
    assert une.effacee_le is None
    assert (est_datee(entete), est_datee(ENTETE)) == (False, True)
    assert est_datee('lieu;"recorded_at"\r\nA;2025-03-01\r\n')
    with pytest.raises(FichierFaux, match="Il manque la colonne recorded_at"):
        lire_personnes(f"{entete.strip()},erased_at\nS1,jeunes,oui,a,1,\n", lue())
