"""Two slips in one line, or a line that nothing mends: the rest of the file is checked all the same."""

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
        texte: Venez-vous souvent ?
        choix:
          - {code: oui, texte: Oui}
          - {code: no, texte: Non}
          - {code: nsp, texte: Je ne sais pas}
  - code: pourquoi
    si: {q: venir, eq: no}
    questions:
      - code: pourquoi
        type: textearea
        texte: Pourquoi ?
"""
FIN = 19
"""The last line of it that is wrong: a type that does not exist."""
SUITE = "Le reste du fichier a été vérifié quand même."

ECRITES = [
    # A margin that is odd, and something else.
    (13, "- {code: no, texte: Non}", "- {code: no ] texte: Non}"),
    (13, "          - {code: no, texte: Non}", "           -{code: no, texte: Non ?}"),
    (13, "- {code: no, texte: Non}", "- code: no, texte: 'Non}"),
    (9, "        type: choix_unique", "       type choix_unique"),
    (8, "      - code: venir\n        type", "     - code venir\n        type"),
    (15, "  - code: pourquoi\n    si", " -code pourquoi\n    si"),
]


@pytest.mark.parametrize(("ligne", "avant", "apres"), ECRITES)
def test_a_line_with_two_slips_hides_nothing_further_down(ligne, avant, apres):
    texte = JUSTE.replace(avant, apres)
    assert texte != JUSTE
    lecture = lire_texte(texte)
    assert not lecture.est_juste
    dits = {defaut.ligne: defaut for defaut in lecture.defauts}
    assert ligne in dits, lecture.defauts
    assert FIN in dits, lecture.defauts
    assert SUITE in dits[ligne].message
    assert set(dits) == {ligne, FIN}  # what stands for its words is no error of the author's


def test_two_texts_that_are_not_closed_are_told_apart():
    """YAML takes what stands between them for one text, and sees the fault after it."""
    texte = JUSTE.replace("texte: Venez-vous souvent ?", 'texte: "Venez-vous souvent ?').replace(
        "texte: Je ne sais pas}", 'texte: "Je ne sais pas}'
    )
    lecture = lire_texte(texte)
    assert [defaut.ligne for defaut in lecture.defauts] == [10, 14, FIN]
    assert 'texte: "Venez-vous souvent ?"' in lecture.defauts[0].conseil
    assert '- {code: nsp, texte: "Je ne sais pas"}' in lecture.defauts[1].conseil


def test_a_brace_that_was_never_opened_is_put_back():
    texte = JUSTE.replace("- {code: no, texte: Non}", "- code: no, texte: Non}")
    lecture = lire_texte(texte)
    assert [defaut.ligne for defaut in lecture.defauts] == [13, FIN]
    assert "- {code: no, texte: Non}" in lecture.defauts[0].conseil


def test_a_code_that_could_be_read_still_answers_the_conditions():
    """« si: {q: venir, eq: no} » would otherwise be told of an answer that is there."""
    lecture = lire_texte(JUSTE.replace("- {code: no, texte: Non}", "- {code: no ] texte: Non}"))
    assert [defaut.ligne for defaut in lecture.defauts] == [13, FIN]
    assert "guillemets" in lecture.defauts[0].conseil
