"""Slips of a whole level, a dash or a mark inside a text: each on its line, and the rest is still checked."""

import pytest

from enquetes.echanges.fichier import lire_texte

JUSTE = """format: voix-questionnaire/1
code: essai
titre: Essai
langues: [fr]
pages:
  - code: a
    questions:
      - code: a
        type: choix_unique
        texte: Quoi
        choix:
          - {code: pain, texte: "Du pain"}
          - {code: riz, texte: "Du riz"}
  - code: b
    questions:
      - code: b
        type: accord
        texte: Ici on écoute
  - code: c
    questions:
      - code: c
        type: sourrire
        texte: Content
"""
FAUTE = (22, "Le type «\u00a0sourrire\u00a0» n’existe pas.")
"""The known error, below: it is told as long as the rest can be read."""


def dit(avant, apres):
    """Return what is said of a slip, once it is seen that the known error is told beside it."""
    assert JUSTE.count(avant) == 1
    defauts = lire_texte(JUSTE.replace(avant, apres)).defauts
    assert FAUTE in [(d.ligne, d.message) for d in defauts]
    return [(d.ligne, d.conseil) for d in defauts if (d.ligne, d.message) != FAUTE]


def test_nothing_else_is_wrong():
    assert dit("Essai\n", "Essai\n") == []


@pytest.mark.parametrize(
    ("avant", "apres", "ligne", "marge"),
    [
        ("        type: accord", "          type: accord", 17, 8),
        ("        type: accord", "      type: accord", 17, 8),
        ("        texte: Ici", "          texte: Ici", 18, 8),
        ("\n  - code: b", "\n    - code: b", 14, 2),
        ("\n  - code: b", "\n- code: b", 14, 2),
        ("  - code: b\n    questions", "  - code: b\n      questions", 15, 4),
        ("          - {code: riz", "            - {code: riz", 13, 10),
    ],
)
def test_a_level_too_far_or_too_near_is_told_with_its_spaces(avant, apres, ligne, marge):
    assert dit(avant, apres) == [(ligne, f"Mettez {marge}\u00a0espaces au début de la ligne.")]


@pytest.mark.parametrize(
    ("avant", "apres", "ligne", "ecrire"),
    [
        ("- {code: pain", "{code: pain", 12, '- {code: pain, texte: "Du pain"}'),
        ("- {code: riz", "{code: riz", 13, '- {code: riz, texte: "Du riz"}'),
        ('"Du riz"', '"Du "riz" blanc"', 13, r'- {code: riz, texte: "Du \"riz\" blanc"}'),
        ('"Du riz"', "'L'ami'", 13, """- {code: riz, texte: "L'ami"}"""),
        ("Ici on écoute", '"Ici" on écoute', 18, r'texte: "\"Ici\" on écoute"'),
    ],
)
def test_a_dash_or_a_mark_inside_a_text_is_told_as_it_should_be_written(
    avant, apres, ligne, ecrire
):
    assert dit(avant, apres) == [(ligne, f"Écrivez plutôt\u00a0: {ecrire}")]


def test_a_page_or_a_question_without_its_dash_is_told_to_take_one():
    doubles = dict(dit("\n  - code: b", "\n    code: b"))
    assert "mettez un tiret devant" in doubles[14]
    assert "Mettez un tiret devant" in dict(dit("      - code: b", "        code: b"))[15]
