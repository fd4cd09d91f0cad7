"""Whatever is proposed to an author, once written in their file, is accepted."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquetes.echanges.fichier import lire_texte
from enquetes.parcours.verification_questions import PAGES_RESERVEES, QUESTIONS_RESERVEES

FICHIER = """format: voix-questionnaire/1
code: essai
titre: Votre avis
pages:
  - code: {page}
    questions:
      - code: {question}
        type: nombre
        texte: Combien ?
        options: {{{options}}}
  - code: suite
    si: {si}
    questions:
      - code: suite
        type: choix_unique
        texte: Lequel ?
        choix:
          - {{code: oui, texte: Oui}}
          - {choix}
  - code: fin-de-tout
    si: {encore}
    questions:
      - code: fin-de-tout
        type: sourire
        texte: Content ?
"""
DEFAUTS = {
    "page": "combien",
    "question": "combien",
    "options": "max: 40",
    "si": "{q: combien, ge: 2}",
    "choix": "{code: non, texte: Non}",
    "encore": "{q: suite, eq: oui}",
}
PLUTOT = re.compile("Écrivez plutôt\u00a0: (.+)$")


def ecrire(**parties):
    return FICHIER.format(**(DEFAUTS | parties))


def suivre(texte):
    """Return the file with each line that is proposed in the place of its own."""
    lignes = texte.split("\n")
    for defaut in lire_texte(texte).defauts:
        if propose := PLUTOT.search(defaut.conseil):
            avant = lignes[defaut.ligne - 1]
            cle = propose[1].split(":")[0]
            debut = re.match(rf"\s*(?:- )?(?={re.escape(cle)}:)|\s*", avant)[0]
            lignes[defaut.ligne - 1] = debut + propose[1]
    return "\n".join(lignes)


def test_the_file_of_these_tests_is_right():
    assert lire_texte(ecrire()).defauts == ()


@pytest.mark.parametrize(
    ("partie", "mot"),
    [
        *(("page", mot.capitalize()) for mot in sorted(PAGES_RESERVEES)),
        *(("page", mot) for mot in sorted(PAGES_RESERVEES)),
        *(("question", mot.capitalize()) for mot in sorted(QUESTIONS_RESERVEES)),
        ("page", "Vérifier"),
        ("question", "Média"),
        ("question", "true"),
        ("page", "Null"),
        ("page", "8 ans"),
        ("question", "Suite"),
    ],
)
def test_a_code_that_is_proposed_is_accepted(partie, mot):
    texte = ecrire(**{partie: mot})
    texte = texte.replace("{q: combien", f"{{q: {DEFAUTS['question']}")
    assert lire_texte(texte).defauts
    suivi = suivre(texte)
    if partie == "question":  # the condition cites it under its new name
        nom = re.search(r"\n    questions:\n      - code: (\S+)", suivi)[1]
        suivi = suivi.replace("{q: combien", f"{{q: {nom}")
    assert lire_texte(suivi).defauts == ()


@given(st.text(st.sampled_from("aéœ1 '-_!Tru"), min_size=1, max_size=12).map(str.strip))
def test_any_words_make_a_code_that_is_accepted(mot):
    texte = ecrire(page=f'"{mot}"')
    assert lire_texte(suivre(texte)).defauts == ()


@pytest.mark.parametrize("code", ["Bus", "Mon bus", "Bus !"])
def test_two_codes_that_are_proposed_at_once_are_not_the_same(code):
    texte = ecrire(page=code).replace("- code: suite\n    si", f"- code: {code}\n    si")
    assert len(lire_texte(texte).defauts) == 2
    assert lire_texte(suivre(texte)).defauts == ()


@pytest.mark.parametrize(
    "options",
    [
        "max: 40",
        "min: 1",
        "min: 0",
        "min: -10, max: 1",
        "min: 7, max: 15",
        "min: 3, max: 3",
        "decimales: 2, min: 0.2, max: 0.7",
        "decimales: 1, max: 1",
        "min: 999999998",
    ],
)
@pytest.mark.parametrize("si", ["combien", "{q: combien, ge: beaucoup}", "{all: []}"])
def test_a_condition_that_is_proposed_about_a_number_is_accepted(options, si):
    texte = ecrire(options=options, si=si)
    (defaut,) = (d for d in lire_texte(texte).defauts if d.ligne == 12)
    assert "e+" not in defaut.conseil
    propose = PLUTOT.search(defaut.conseil)[1]
    ecrite = {"s": propose[4:], "a": f"{{{propose}}}", "g": f"{{q: combien, {propose}}}"}[
        propose[0]
    ]
    assert lire_texte(ecrire(options=options, si=ecrite)).defauts == ()


@pytest.mark.parametrize("code", ['"true"', '"null"', '"1"', "non", "no"])
def test_a_condition_that_is_proposed_about_a_list_is_accepted(code):
    choix = f"{{code: {code}, texte: Non}}"
    texte = ecrire(choix=choix, encore="x").replace("- {code: oui, texte: Oui}\n          ", "")
    texte = texte.replace(choix, choix + "\n          - {code: oui, texte: Oui}")
    (defaut,) = lire_texte(texte).defauts
    propose = PLUTOT.search(defaut.conseil)[1]
    assert lire_texte(texte.replace("si: x", propose)).defauts == ()


@pytest.mark.parametrize(
    "options",
    [
        "max: -20",
        "max: -2",
        "max: -1.5",
        "max: -999999999",
        "min: 1.51, max: 1.52",
        "min: 1.5, max: 1.7",
    ],
)
def test_settings_that_are_proposed_leave_numbers_to_answer(options):
    texte = ecrire(options=options, si="{q: combien, ge: -1000000}")
    (defaut,) = [d for d in lire_texte(texte).defauts if d.ligne == 10]
    propose = re.search(r"options: \{(.+)\}|(decimales: \d)", defaut.conseil)
    if propose is None:
        pytest.fail(defaut.conseil)
    ecrites = propose[1] or f"{options}, {propose[2]}"
    assert [d for d in lire_texte(ecrire(options=ecrites)).defauts if d.ligne == 10] == []


@pytest.mark.parametrize(
    ("options", "premiere", "propose"),
    [
        ("min: 7, max: 15", "7 et plus", "classes: [7, 10]"),
        ("min: -10, max: 3", "-10 à 0", "classes: [-10, 0, 1, 2, 3]"),
        ("min: -2.5, max: 1, decimales: 1", "de -2,5 à moins de 1", "classes: [-3, 0, 1]"),
        ("classes: [2, 5]", "0 à 4", "classes: [0, 2, 5]"),
    ],
)
def test_classes_that_do_not_begin_with_the_least_answer_are_advised_before_any(
    options, premiere, propose
):
    lecture = lire_texte(ecrire(options=options, si="{q: combien, ge: -1000000}"))
    (conseil,) = lecture.conseils
    assert lecture.est_juste
    assert f"«\u00a0{premiere}\u00a0»" in conseil.message
    assert conseil.conseil == f"Écrivez plutôt\u00a0: {propose}"
    ecrites = f"{options.split('classes')[0].rstrip(', ')}, {propose}".lstrip(", ")
    relue = lire_texte(ecrire(options=ecrites, si="{q: combien, ge: -1000000}"))
    assert (relue.est_juste, relue.conseils) == (True, ())


@pytest.mark.parametrize("options", ["max: 15", "min: 1", "min: 0.5, decimales: 1", "min: 10"])
def test_classes_that_begin_with_the_least_answer_need_no_advice(options):
    assert lire_texte(ecrire(options=options, si="{q: combien, ge: 1}")).conseils == ()


@pytest.mark.parametrize("mots", ["Oui !", "2", "true", "Œufs: frais", 'dit "oui"', "# rien"])
def test_an_answer_that_is_proposed_is_accepted(mots):
    texte = ecrire(choix="'" + mots + "'")
    assert lire_texte(suivre(texte)).defauts == ()


def test_answers_that_are_proposed_at_once_have_each_their_code():
    texte = ecrire(choix='"En bus !"\n          - En bus')
    assert lire_texte(suivre(texte)).defauts == ()


def test_languages_that_were_read_again_need_not_hold_french():
    relues = ecrire().replace(
        "titre: Votre avis", "titre: {fr: Avis, en: Opinion}\nlangues: [fr, en]"
    )
    sans = [d.message for d in lire_texte(relues).defauts]
    avec = [d.message for d in lire_texte(relues + "langues_relues: [en]\n").defauts]
    assert avec == sans
    (defaut,) = lire_texte(ecrire() + "langues_relues: en\n").defauts
    assert "liste" in defaut.message
    assert "français" not in defaut.message


def test_french_is_added_to_the_languages_that_were_written():
    defauts = lire_texte(ecrire() + "langues: [uk, de]\n").defauts
    dits = [f"{d.message} {d.conseil}" for d in defauts if d.ligne == 26]
    assert len(dits) == 2
    assert "langues: [fr, uk]" in dits[0]
    assert "«\u00a0de\u00a0» n’est pas connue" in dits[1]
