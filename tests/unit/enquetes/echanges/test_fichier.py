"""A questionnaire in a text file: read, or explained line by line."""

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from enquetes.bibliotheque import fichiers
from enquetes.champs import NATURES, types
from enquetes.echanges.fichier import EXEMPLE, TAILLE_MAX, lire_fichier, lire_texte
from enquetes.echanges.typographie import soigner
from enquetes.parcours.lecture import definition_depuis, empreinte, en_json

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
  - code: pourquoi
    si: {q: venir, eq: no}
    questions:
      - code: pourquoi
        type: texte_long
        texte: Pourquoi ?
"""


def lignes(lecture):
    return [(defaut.ligne, defaut.message) for defaut in lecture.defauts]


ECRITS = [f for f in fichiers() if "modules" not in yaml.safe_load(f.read_text("utf-8"))]
"""Those that have pages of their own; the others put modules together, which an author cannot."""


@pytest.mark.parametrize("fichier", ECRITS, ids=lambda f: f.stem)
def test_bundled_files_are_read_as_the_library_reads_them(fichier):
    lecture = lire_fichier(fichier.read_bytes())
    assert lecture.defauts == ()
    assert lecture.donnees == yaml.safe_load(fichier.read_text("utf-8"))


def _genre(type_):
    nature = NATURES[type_]
    return (nature.choix, nature.multiple, nature.numerique, nature.libre, nature.repond)


def test_example_is_right_and_shows_every_way_to_answer():
    lecture = lire_fichier(EXEMPLE.read_bytes())
    assert lecture.defauts == ()
    montres = {
        question["type"] for page in lecture.donnees["pages"] for question in page["questions"]
    }
    # A new type of a kind that is shown already changes no file but its own.
    assert montres <= set(types())
    assert {_genre(type_) for type_ in montres} == {_genre(type_) for type_ in types()}


def test_french_texts_are_printed_as_french_is_before_they_are_hashed():
    tapee, imprimee = JUSTE, JUSTE
    for avant, apres in (
        ("titre: Votre avis", "titre: L'avis de l'épicerie"),
        ("texte: Pourquoi ?", "texte: {fr: 'Pourquoi ?', en: 'Why don''t you ?'}"),
        ("texte: Venez-vous souvent ?", "texte: Venez-vous souvent?"),
    ):
        tapee = tapee.replace(avant, apres)
    for avant, apres in (
        ("titre: Votre avis", "titre: L’avis de l’épicerie"),
        ("texte: Pourquoi ?", "texte: {fr: \"Pourquoi\u00a0?\", en: 'Why don''t you ?'}"),
        ("souvent ?", "souvent\u00a0?"),
    ):
        imprimee = imprimee.replace(avant, apres)
    lues = [lire_texte(texte) for texte in (tapee, imprimee)]
    assert [lue.defauts for lue in lues] == [(), ()]
    une, autre = (definition_depuis(lue.donnees) for lue in lues)
    assert une.titre.dans("fr").texte == "L’avis de l’épicerie"
    assert empreinte(une) == empreinte(autre)
    assert en_json(definition_depuis(soigner(en_json(une)))) == en_json(une)


def test_words_stay_words():
    lecture = lire_texte(JUSTE)
    assert lecture.est_juste
    assert lecture.donnees["pages"][1]["si"]["eq"] == "no"


def test_every_error_is_told_at_once_with_its_line_quoted():
    faux = JUSTE.replace("type: choix_unique", "type: choix_uniqe").replace(
        "q: venir, eq: no", "q: venire, eq: no"
    )
    lecture = lire_texte(faux.replace("duree", "duree").replace("langues: [fr]", "langue: [fr]"))
    assert {ligne for ligne, _ in lignes(lecture)} >= {4, 9, 15}
    assert [defaut.extrait for defaut in lecture.defauts if defaut.ligne == 9] == [
        "type: choix_uniqe"
    ]
    assert "choix_unique" in next(d.conseil for d in lecture.defauts if d.ligne == 9)


def test_missing_key_is_told_where_it_should_be():
    lecture = lire_texte(JUSTE.replace("        texte: Pourquoi ?\n", ""))
    assert [ligne for ligne, _ in lignes(lecture)] == [17]


def test_key_written_twice_is_not_lost_silently():
    lecture = lire_texte(JUSTE.replace("code: essai\n", "code: essai\ncode: autre\n"))
    assert lignes(lecture) == [(3, "«\u00a0code\u00a0» est écrit deux fois au même endroit.")]


@pytest.mark.parametrize(
    ("texte", "ligne", "conseil"),
    [
        (JUSTE.replace("  - code: venir", "\t- code: venir"), 6, "tabulations"),
        (JUSTE.replace("titre: Votre avis", "titre: Votre avis : ici"), 3, "guillemets"),
        (JUSTE.replace("titre: Votre avis", 'titre: "Votre avis'), 3, 'titre: "Votre avis"'),
        (JUSTE.replace("code: essai", "code: &a essai\nmodule: *a"), 2, "Recopiez"),
        (JUSTE.replace("{code: oui, texte: Oui}", "{code: oui, texte: Oui ?}"), 12, "accolades"),
        (JUSTE.replace("code: essai", "code: !!python/name:os.system x"), 2, "!"),
    ],
)
def test_bad_writing_is_told_with_its_line_and_a_remedy(texte, ligne, conseil):
    lecture = lire_texte(texte)
    assert lecture.donnees is None
    assert lecture.defauts[0].ligne == ligne
    assert conseil in lecture.defauts[0].conseil


FAUX = JUSTE.replace("type: texte_long", "type: textearea").replace("eq: no", "eq: nom")
"""Two errors that reading alone does not see: lines 15 and 18."""


@pytest.mark.parametrize(
    ("avant", "apres", "ligne", "ecrire"),
    [
        ("titre: Votre avis", "titre: Votre avis : ici", 3, 'titre: "Votre avis : ici"'),
        ("titre: Votre avis", 'titre: "Votre avis', 3, 'titre: "Votre avis"'),
        ("titre: Votre avis", "titre:Votre avis", 3, "titre: Votre avis"),
        ("titre: Votre avis", "titre: @avis", 3, 'titre: "@avis"'),
        ("titre: Votre avis", "titre: 'l'avis'", 3, 'titre: "l\'avis"'),
        ("titre: Votre avis", 'titre: "dit "oui""', 3, 'titre: "dit \\"oui\\""'),
        ("langues: [fr]", "langues: [fr", 4, "langues: [fr]"),
        ("pages:", "pages", 5, "pages:"),
        ("  - code: venir", "\t- code: venir", 6, "2\u00a0espaces"),
        ("        type: choix_unique", "         type: choix_unique", 9, "8\u00a0espaces"),
        ("texte: Oui}", "texte: Hello?}", 12, '- {code: oui, texte: "Hello?"}'),
        ("texte: Oui}", "texte: Oui: oui}", 12, '- {code: oui, texte: "Oui: oui"}'),
        ("texte: Oui}", "texte: Oui", 12, "- {code: oui, texte: Oui}"),
    ],
)
def test_one_slip_of_writing_hides_no_other_error(avant, apres, ligne, ecrire):
    lecture = lire_texte(FAUX.replace(avant, apres, 1))
    assert lecture.donnees is None
    assert [defaut.ligne for defaut in lecture.defauts] == [ligne, 15, 18]
    assert lecture.defauts[0].message == (
        "Cette ligne est mal écrite. Le reste du fichier a été vérifié quand même."
    )
    assert ecrire in lecture.defauts[0].conseil


def test_several_slips_of_writing_are_told_together():
    texte = FAUX.replace("titre: Votre avis", 'titre: "Votre avis').replace(
        "texte: Non}", "texte: Non ?}"
    )
    lecture = lire_texte(texte.replace("texte: Pourquoi ?", "texte:Pourquoi"))
    assert [defaut.ligne for defaut in lecture.defauts] == [3, 13, 15, 18, 19]


def test_what_could_not_be_read_is_said_and_not_guessed():
    texte = FAUX.replace("titre: Votre avis", "titre: Votre avis : ici")
    lecture = lire_texte(texte.replace("code: essai", "? [code]\n: essai"))
    assert [defaut.ligne for defaut in lecture.defauts] == [4]
    assert "le reste du fichier sera vérifié alors" in lecture.defauts[0].message


def test_a_file_full_of_slips_is_not_read_for_ever():
    texte = "\n".join(f"titre{n}: a : b" for n in range(20_000))
    debut = time.process_time()
    lecture = lire_texte(texte)
    assert not lecture.est_juste
    assert len(lecture.defauts) < 50
    assert time.process_time() - debut < 10


def test_a_scale_that_is_not_asked_in_full_is_told_when_it_is_checked():
    (defaut,) = lire_texte(
        JUSTE.replace("code: essai", "code: essai\nechelle: fies\nsource: FAO")
    ).defauts
    assert (defaut.ligne, "toute l’échelle" in defaut.message) == (3, True)


@pytest.mark.parametrize(
    ("ecrit", "voulu"),
    [
        ("radio", "choix_unique"),
        ("checkbox", "choix_multiple"),
        ("choix", "choix_unique"),
        ("Texte", "texte_court"),
        ("date", "mois"),
        ("oui/non", "oui_non"),
        ("likert", "accord"),
    ],
)
def test_a_type_of_another_tool_is_called_by_its_name_here(ecrit, voulu):
    texte = JUSTE.replace("type: texte_long", f"type: {ecrit}")
    (defaut,) = lire_texte(texte).defauts
    assert defaut.conseil == f"Vouliez-vous écrire «\u00a0{voulu}\u00a0»\u00a0?"


@pytest.mark.parametrize(
    ("ecrit", "voulu"), [("Téxte", "texte"), ("label", "texte"), ("question", "texte")]
)
def test_a_key_of_another_tool_is_called_by_its_name_here(ecrit, voulu):
    texte = JUSTE.replace("texte: Pourquoi ?", f"{ecrit}: Pourquoi")
    conseils = [defaut.conseil for defaut in lire_texte(texte).defauts if defaut.ligne == 19]
    assert f"Vouliez-vous écrire «\u00a0{voulu}\u00a0»\u00a0?" in conseils


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (JUSTE.encode("utf-16"), "UTF-8"),
        (JUSTE.replace("avis", "avis é").encode("latin-1"), "UTF-8"),
        (JUSTE.replace("avis", "a\x00is").encode(), "signe invisible"),
        (b"x" * (TAILLE_MAX + 1), "trop gros"),
        (b"", "n’est pas un questionnaire"),
        (b"bonjour", "n’est pas un questionnaire"),
        (b"- un\n- deux", "n’est pas un questionnaire"),
        (b"? [a, b]\n: c", ""),
        (b"[" * 100_000, ""),
        (b"--- a\n--- b", "n’est pas un questionnaire"),
        (b"a: &b [*b]", "mal écrite"),
    ],
)
def test_anything_else_is_explained(octets, message):
    lecture = lire_fichier(octets)
    assert not lecture.est_juste
    assert message in lecture.defauts[0].message


def test_line_of_the_first_byte_that_is_not_utf8():
    lecture = lire_fichier("a: b\nc: é".encode("latin-1"))
    assert lecture.defauts[0].ligne == 2


@pytest.mark.parametrize(
    ("avant", "apres", "ligne", "conseil"),
    [
        (
            "    questions:\n      - code: pourquoi",
            "\tquestions:\n      - code: pourquoi",
            16,
            "4\u00a0espaces",
        ),
        (
            "    questions:\n      - code: pourquoi",
            "    \tquestions:\n      - code: pourquoi",
            16,
            "4\u00a0espaces",
        ),
        (
            "    questions:\n      - code: pourquoi",
            "    questions:\t\n      - code: pourquoi",
            16,
            "questions:",
        ),
        ("      - code: pourquoi", "\t- code: pourquoi", 17, "6\u00a0espaces"),
        ("      - code: pourquoi", "      -\tcode: pourquoi", 17, "- code: pourquoi"),
        ("code: pourquoi\n        type", "code: pourquoi\n\t\ttype", 18, "8\u00a0espaces"),
        ("        type: texte_long", "        type:\ttexte_long", 18, "type: texte_long"),
    ],
)
def test_a_tabulation_hides_no_other_error_wherever_it_is(avant, apres, ligne, conseil):
    """One tabulation in a file of 24 errors: three were told."""
    assert avant in JUSTE
    faux = JUSTE.replace("questionnaire/1", "questionnaire/9").replace(avant, apres)
    (dit,) = [d for d in lire_texte(faux).defauts if d.ligne == ligne]
    assert "Le reste du fichier a été vérifié quand même." in dit.message
    assert dit.conseil.endswith(
        (f"Mettez {conseil} au début de la ligne.", f"plutôt\u00a0: {conseil}")
    )
    assert [d.ligne for d in lire_texte(faux).defauts] == [1, ligne]


def test_a_file_written_with_tabulations_is_read_to_its_end():
    lus = [ligne.replace("  ", "\t") for ligne in JUSTE.splitlines()]
    assert "suite n’a pas pu" not in str(lire_texte("\n".join(lus)).defauts)


def test_letters_lost_on_the_way_are_errors_of_their_lines_beside_all_the_others():
    texte = JUSTE.replace("Pourquoi ?", "Pour\ufffd ?").replace(
        "type: texte_long", "type: texte_lon"
    )
    defauts = lire_fichier(f"# \ufffd\n{texte}".encode()).defauts
    perdues = [d.ligne for d in defauts if "perdue" in d.message]
    assert perdues[0] == 1
    assert len(perdues) == 2
    assert len(defauts) == 3
    assert "UTF-8" in defauts[0].conseil


def test_byte_order_mark_of_a_windows_editor_is_accepted():
    assert lire_fichier(JUSTE.encode("utf-8-sig")).est_juste


def test_short_file_cannot_unfold_into_a_huge_one():
    bombe = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{nom}: &{nom} [{','.join(['*' + avant] * 9)}]\n"
        for avant, nom in zip("abcdefgh", "bcdefghi", strict=True)
    )
    debut = time.process_time()
    assert not lire_texte(bombe).est_juste
    assert time.process_time() - debut < 1


@given(st.binary(max_size=400))
def test_no_bytes_are_too_strange(octets):
    lecture = lire_fichier(octets)
    assert lecture.est_juste or lecture.defauts


@given(
    st.integers(0, len(JUSTE)),
    st.integers(0, 40),
    st.text(alphabet="[]{}:-,?!&*'\"#|>%@ \n\tano1.é", max_size=8),
)
def test_no_slip_of_the_hand_is_too_strange(debut, longueur, frappe):
    lecture = lire_texte(JUSTE[:debut] + frappe + JUSTE[debut + longueur :])
    assert lecture.est_juste or lecture.defauts


@pytest.mark.parametrize(
    ("texte", "conseil"),
    [
        (JUSTE + "--- autre\n", "enlevez la ligne"),
        (JUSTE.replace("code: essai", "? [code]\n: essai"), "un mot et non une liste"),
        (JUSTE.replace("code: essai", "code: !!binary ZXNzYWk="), "commence par"),
        (JUSTE.replace("code: essai", "code: !a essai"), "commence par"),
        (JUSTE.replace("[fr]", "!!set {fr}"), "commence par"),
    ],
)
def test_what_yaml_allows_and_nobody_needs_is_refused_kindly(texte, conseil):
    (defaut,) = lire_texte(texte).defauts
    assert conseil in defaut.conseil
    assert defaut.ligne > 0


def test_keys_are_words_even_when_they_look_like_numbers():
    lecture = lire_texte(JUSTE + "true: a\n1: b\n")
    assert [(ligne, message.split("\u00a0")[1]) for ligne, message in lignes(lecture)] == [
        (20, "true"),
        (21, "1"),
    ]


def test_signs_that_a_database_refuses_are_found_behind_their_escapes():
    for echappe in ('"a\\0b"', '"\\uD800"', '"\\u202Ea"'):
        (defaut,) = lire_texte(JUSTE.replace("Votre avis", echappe)).defauts
        assert (defaut.ligne, defaut.message) == (3, "Ce texte contient un signe invisible.")


def test_answer_true_of_yaml_is_explained():
    texte = JUSTE.replace("type: choix_unique", "type: oui_non").replace("eq: no", "eq: true")
    sans_choix = "\n".join(
        li for li in texte.split("\n") if "choix" not in li and "- {c" not in li
    )
    (defaut,) = lire_texte(sans_choix).defauts
    assert "«\u00a0true\u00a0» n’est pas une réponse" in defaut.message
    assert "oui, non, nsp, nc" in defaut.conseil
