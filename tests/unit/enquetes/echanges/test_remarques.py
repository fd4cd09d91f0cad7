"""« # » in the sentence of an author: what follows is not read, and that is never silent."""

import pytest

from enquetes.bibliotheque import fichiers
from enquetes.echanges.fichier import EXEMPLE, lire_fichier, lire_texte

JUSTE = """format: voix-questionnaire/1
code: mini
titre: Mini
description: Pour essayer
langues: [fr, en]
pages:
  - code: colis
    questions:
      - code: colis
        type: choix_unique
        texte: {fr: Avez-vous reçu le colis ?, en: Received?}
        aide:
          fr: Ce mois-ci
          en: This month
        choix:
          - {code: o, texte: {fr: Oui, en: Yes}}
          - code: n
            texte: {fr: Non, en: No}
  - code: combien
    questions:
      - code: combien
        type: nombre
        texte:
          fr: Combien ?
          en: How many?
        options:
          min: 0
          unite: {fr: kg, en: kg}
"""
JUSTE = JUSTE.replace("titre: Mini", "titre:\n  fr: Mini\n  en: Mini").replace(
    "{fr: Avez-vous reçu le colis ?, en: Received?}",
    '{fr: "Avez-vous reçu le colis ?", en: "Received?"}',
)


def test_the_file_of_these_tests_is_right():
    assert lire_texte(JUSTE).defauts == ()


@pytest.mark.parametrize(
    ("avant", "apres", "ecrire"),
    [
        ("fr: Mini", "fr: Mini #1 des avis", 'fr: "Mini #1 des avis"'),
        ("fr: Mini", "fr: Mini   #1 des avis", 'fr: "Mini   #1 des avis"'),
        ("fr: Mini", "fr: Mini # 1", 'fr: "Mini # 1"'),
        ("fr: Mini", "fr: #1 des avis", 'fr: "#1 des avis"'),
        ("en: Mini", "en: Mini #1", 'en: "Mini #1"'),
        ("fr: Mini", 'fr: "Mini" #1 des avis', 'fr: "Mini #1 des avis"'),
        ("fr: Combien ?", "fr: Combien #repas ? #1", 'fr: "Combien #repas ? #1"'),
        (": Pour essayer", ": Pour essayer #2", 'description: "Pour essayer #2"'),
        ("fr: Ce mois-ci", "fr: Dit « #oui »", 'fr: "Dit « #oui »"'),
    ],
)
def test_words_that_a_sharp_would_cut_are_an_error_of_their_line(avant, apres, ecrire):
    """Two of them were published without their end: « Avez-vous reçu le colis »."""
    texte = JUSTE.replace(avant, apres, 1)
    lecture = lire_texte(texte)
    (defaut,) = [d for d in lecture.defauts if "«\u00a0#\u00a0»" in d.message]
    assert defaut.extrait.endswith(apres.split(": ", 1)[1])
    assert "n’est pas lu" in defaut.message
    assert defaut.conseil.endswith(f"Écrivez plutôt\u00a0: {ecrire}")
    assert len(lecture.defauts) == 1 + ("fr: #1" in apres)  # whose text is missing, too
    assert lire_texte(texte.replace(defaut.extrait, ecrire)).est_juste


def test_a_sentence_that_goes_on_below_is_told_on_the_line_of_its_sharp():
    texte = JUSTE.replace("fr: Ce mois-ci", "fr: Le colis\n            du mois #1 de l’an")
    (defaut,) = lire_texte(texte).defauts
    assert defaut.extrait == "du mois #1 de l’an"
    assert defaut.conseil.endswith('fr: "Le colis du mois #1 de l’an"')


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("fr: Mini", "fr: Mini  # le titre"),
        ("fr: Mini", "fr: Mini   #"),
        ("fr: Mini", "fr: Mini#1"),
        ("fr: Mini", "fr: 'Mini #1'  # le titre"),
        ("fr: Mini", 'fr: "Mini #1" # le titre'),
        ("titre:", "titre: # lu par les personnes"),
        ("titre:", "# le titre\n#remarque\ntitre:"),
        ("code: mini", "code: mini #1"),
        ("min: 0", "min: 0 # au moins"),
        ("min: 0", "min: 0  # au moins"),
        ("type: nombre", "type: nombre #ou mois"),
        ("questions:", "questions: #ici"),
        ("{fr: Oui, en: Yes}}", "{fr: Oui, en: Yes}} #oui"),
        ("fr: Ce mois-ci", "fr: |\n            Le colis #1"),
        ("fr: Ce mois-ci", "fr: Ce mois-ci\n          # en anglais"),
    ],
)
def test_a_remark_stays_a_remark(avant, apres):
    assert avant in JUSTE
    assert lire_texte(JUSTE.replace(avant, apres, 1)).defauts == ()


@pytest.mark.parametrize(
    ("avant", "apres", "ecrire"),
    [
        (
            "{code: o, texte: {fr: Oui, en: Yes}}",
            "{code: o, texte: {fr: Oui #1, en: Yes}}",
            '"Oui #1"',
        ),
        ("fr: Combien ?", "fr: Combien : #1 ou #2 ?", 'fr: "Combien : #1 ou #2 ?"'),
        (
            "fr: Combien ?",
            "fr: Lequel : lui ?   # le nombre",
            'fr: "Lequel : lui ?"   # le nombre',
        ),
        ("[fr, en]", "[fr, en   # deux", "langues: [fr, en]   # deux"),
    ],
)
def test_a_line_that_is_mended_keeps_what_follows_its_sharp(avant, apres, ecrire):
    lecture = lire_texte(JUSTE.replace(avant, apres))
    (defaut,) = lecture.defauts
    assert "vérifié quand même" in defaut.message
    assert ecrire in defaut.conseil


@pytest.mark.parametrize("fichier", [*fichiers(), EXEMPLE], ids=lambda f: f.stem)
def test_no_remark_of_our_own_files_is_taken_for_words(fichier):
    defauts = lire_fichier(fichier.read_bytes()).defauts
    assert [d for d in defauts if "«\u00a0#\u00a0»" in d.message] == []
