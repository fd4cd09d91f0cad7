"""A colon, a comma, a quotation mark that was forgotten: told once, on its line, and the rest is checked."""

import re

import pytest

from enquetes.echanges.fichier import lire_texte

JUSTE = """format: voix-questionnaire/1
code: essai
titre: Votre avis
langues: [fr]
pages:
  - code: venir
    questions:
      - code: venir
        type: choix_unique
        aide: Une phrase
        pictogramme: maison
        profil: ordinaire
        texte: Venez-vous souvent ?
        choix:
          - {code: oui, texte: Oui}
          - {code: non, texte: Non}
  - code: quand
    si: {q: venir, eq: non}
    questions:
      - code: quand
        type: mois
        texte: Quand ?
  - code: sourire
    questions:
      - code: sourire
        type: sourrire
        texte: Content ?
"""
FAUTE = (26, "Le type «\u00a0sourrire\u00a0» n’existe pas.")
MAL = "Cette ligne est mal écrite. Le reste du fichier a été vérifié quand même."
PLUTOT = re.compile("Écrivez plutôt\u00a0: (.+)$")


def ecrire(*paires):
    texte = JUSTE
    for avant, apres in paires:
        assert avant in texte
        texte = texte.replace(avant, apres, 1)
    return texte


def suivre(texte):
    """Return what is said of a text but its known error, once what is proposed is seen to be right."""
    defauts = lire_texte(texte).defauts
    assert FAUTE in [(d.ligne, d.message) for d in defauts], "the rest is no longer checked"
    siens = [d for d in defauts if (d.ligne, d.message) != FAUTE]
    lignes = texte.split("\n")
    for defaut in siens:
        avant = lignes[defaut.ligne - 1]
        marge = avant[: len(avant) - len(avant.lstrip())]
        lignes[defaut.ligne - 1] = marge + PLUTOT.search(defaut.conseil)[1]
    assert lire_texte("\n".join(lignes).replace("sourrire", "sourire")).defauts == ()
    return siens


@pytest.mark.parametrize(
    ("avant", "apres", "ligne"),
    [
        ("format: v", "format v", 1),
        ("code: essai", "code essai", 2),
        ("titre: V", "titre V", 3),
        ("titre: V", "titre = V", 3),
        ("titre: Votre avis", "titre Votre avis : ici", 3),
        ("langues: [fr]", "langues [fr]", 4),
        ("pages:", "pages", 5),
        ("type: choix_unique", "type choix_unique", 9),
        ("aide: Une", "aide Une", 10),
        ("aide: Une phrase", "aide Une phrase  # lue", 10),
        ("pictogramme: m", "pictogramme m", 11),
        ("profil: o", "profil o", 12),
        ("texte: Venez", "texte Venez", 13),
        ("si: {", "si {", 18),
        ("type: mois", "type mois", 21),
        ("texte: Quand", "texte Quand", 22),
        ("- code: sourire", "- code sourire", 23),
        ("texte: Content", "texte Content", 27),
        ("texte: Content ?", "texte Content : ou pas ?", 27),
    ],
)
def test_a_colon_that_was_forgotten_is_told_on_its_line_and_hides_nothing(avant, apres, ligne):
    (defaut,) = suivre(ecrire((avant, apres)))
    assert (defaut.ligne, defaut.message) == (ligne, MAL)


@pytest.mark.parametrize(
    "paires",
    [
        [("type: mois", "type mois"), ("texte: Quand", "texte Quand")],
        [("code: essai", "code essai"), ("titre: V", "titre V")],
        [("aide: U", "aide U"), ("pictogramme: m", "pictogramme m"), ("profil: o", "profil o")],
        [("aide: U", "aide U"), ("{code: oui, texte: Oui}", "{code: oui, texte: Oui, tout}")],
    ],
)
def test_several_forgotten_signs_are_each_told(paires):
    assert len(suivre(ecrire(*paires))) == len(paires)


def test_a_colon_and_a_wrong_type_on_one_line_are_two_errors():
    defauts = lire_texte(ecrire(("type: sourrire", "type sourrire"))).defauts
    assert [(d.ligne, d.message) for d in defauts] == [(26, MAL), FAUTE]


ACCOLADES = [
    ("{code: non, texte: Non, c'est loin}", '{code: non, texte: "Non, c\'est loin"}', "«\u00a0,"),
    ("{code: non, texte: Non, ici, rien}", '{code: non, texte: "Non, ici, rien"}', "«\u00a0,"),
    ('{code: non, texte: "Non", rien}', '{code: non, texte: "Non, rien"}', "«\u00a0,"),
    ("{code: non, texte: 'L''eau', rien}", '{code: non, texte: "L\'eau, rien"}', "«\u00a0,"),
    ("{code: non, texte: Non, code postal}", '{code: non, texte: "Non, code postal"}', ""),
    (
        "{code: non, texte: {fr: Non, en bus}}",
        '{code: non, texte: {fr: "Non, en bus"}}',
        "«\u00a0,",
    ),
    ("{code: non texte: Non}", "{code: non, texte: Non}", ""),
    ("{code: non; texte: Non}", "{code: non, texte: Non}", ""),
    ("{code:non, texte:Non}", "{code: non, texte: Non}", "une espace"),
    ("{code non, texte: Non}", "{code: non, texte: Non}", "deux points"),
    ("{code: non, texte Non}", "{code: non, texte: Non}", "deux points"),
    ("{code = non, texte = Non}", "{code: non, texte: Non}", "deux points"),
    ("{code:non, texte:Non", "{code: non, texte: Non}", ""),
]


@pytest.mark.parametrize(("ecrite", "voulue", "pourquoi"), ACCOLADES)
def test_what_is_missing_between_braces_is_one_error_with_the_line_to_write(
    ecrite, voulue, pourquoi
):
    (defaut,) = suivre(ecrire(("{code: non, texte: Non}", ecrite)))
    assert (defaut.ligne, defaut.message) == (16, MAL)
    assert PLUTOT.search(defaut.conseil)[1] == f"- {voulue}"
    assert pourquoi in defaut.conseil


@pytest.mark.parametrize("si", ["{q: venir eq: non}", "{q:venir, eq:non}", "{q venir, eq: non}"])
def test_a_condition_is_read_with_what_it_lacks(si):
    (defaut,) = suivre(ecrire(("{q: venir, eq: non}", si)))
    assert PLUTOT.search(defaut.conseil)[1] == "si: {q: venir, eq: non}"


@pytest.mark.parametrize(
    "choix",
    [
        '{code: non, texte: "Votre code: 12, non"}',
        "{code: non, texte: 'c''est, non'}",
        "{code: non, texte: C’est loin de https://exemple.fr/a}",
        "{texte: Non, code: non}",
    ],
)
def test_what_is_right_between_braces_is_left_alone(choix):
    assert suivre(ecrire(("{code: non, texte: Non}", choix))) == []


def test_a_key_written_twice_and_once_empty_is_one_error():
    defauts = lire_texte(ecrire(("{code: non,", "{code: non, texte: , code: ,"))).defauts
    assert {(d.ligne, d.message) for d in defauts} == {
        (16, "«\u00a0texte\u00a0» est écrit deux fois au même endroit."),
        (16, "«\u00a0code\u00a0» est écrit deux fois au même endroit."),
        FAUTE,
    }


def test_what_is_of_no_use_is_not_also_badly_written():
    texte = ecrire(("texte: Non}", "texte: Non, exclusif: oui}"))
    messages = [d.message for d in lire_texte(texte).defauts if d.ligne == 16]
    assert messages == [
        "«\u00a0exclusif\u00a0» ne sert que quand on peut cocher plusieurs réponses."
    ]
