"""One slip of the hand in a file of many errors: it is told on its line, and all the others still are."""

import re
import time

import pytest

from enquetes.echanges.fichier import EXEMPLE, lire_texte

JUSTE = re.sub(r"   *# .*", "", EXEMPLE.read_text("utf-8"))
FAUX = (
    JUSTE.replace("type: sourire", "type: sourir")
    .replace("type: texte_long", "type: textearea")
    .replace("{q: manque, has: fruits}", "{q: manque, has: pommes}")
    .replace("min: 1, max: 15", "min: 15, max: 1")
    .replace("profil: ordinaire", "profil: ordinair")
    .replace("{q: accueil, le: 2}", "{q: acceuil, le: 2}")
    .replace("duree_minutes: 4", "duree_minutes: 400")
)
LUES = lire_texte(FAUX)
AUTRES = [(d.ligne, d.message) for d in LUES.defauts]
MAL = "Cette ligne est mal écrite. Le reste du fichier a été vérifié quand même."


def rang_de(debut, apres=""):
    """Return the rank of the first line that begins so, below the one that holds ``apres``."""
    lignes = FAUX.split("\n")
    depart = next(n for n, ligne in enumerate(lignes) if apres in ligne)
    return next(n for n in range(depart, len(lignes)) if lignes[n].lstrip().startswith(debut))


def avec(rang, ligne):
    lignes = FAUX.split("\n")
    lignes[rang] = ligne
    return "\n".join(lignes)


def glisser(texte, rang):
    """Return what is said of a slip, once it is seen that nothing else is said but the other errors."""
    defauts = lire_texte(texte).defauts
    dits = [(d.ligne, d.message) for d in defauts if d.ligne != rang + 1]
    assert dits == [autre for autre in AUTRES if autre[0] != rang + 1]
    siens = [d for d in defauts if d.ligne == rang + 1]
    assert siens, "not told on its line"
    return siens[0]


def test_the_file_of_these_tests_has_its_errors_and_no_slip():
    assert len(AUTRES) >= 7
    assert lire_texte(JUSTE).est_juste


TABULATIONS = [
    ("fr: Vous venez : comment ?\t", 'fr: "Vous venez : comment ?"'),
    ("fr: Vous\tvenez : comment ?", 'fr: "Vous venez : comment ?"'),
    ('fr: "Vous\tvenez comment', 'fr: "Vous venez comment"'),
    ("fr:\tVous venez : comment ?", 'fr: "Vous venez : comment ?"'),
    ("fr:\t@vous", 'fr: "@vous"'),
]


@pytest.mark.parametrize(("ecrite", "ecrire"), TABULATIONS)
def test_a_tabulation_does_not_hide_the_mend_of_its_line(ecrite, ecrire):
    rang = rang_de("fr: Vous venez ici comment")
    defaut = glisser(avec(rang, f"          {ecrite}"), rang)
    assert defaut.message == MAL
    assert defaut.conseil.endswith(f"Écrivez plutôt\u00a0: {ecrire}")
    assert "du début de la ligne" not in defaut.conseil
    assert "tabulations" in defaut.conseil


@pytest.mark.parametrize("sous", ["pied", "autre", "fruits", "rien"])
@pytest.mark.parametrize("marge", ["\t", "\t\t"])
def test_a_line_added_with_a_tabulation_after_an_answer_hides_nothing(sous, marge):
    lignes = FAUX.split("\n")
    rang = rang_de(f"- {{code: {sous}")
    ajoutee = f"{marge}- code: tab"
    texte = "\n".join([*lignes[: rang + 1], ajoutee, *lignes[rang + 1 :]])
    defauts = lire_texte(texte).defauts
    ailleurs = [
        (d.ligne - (d.ligne > rang + 1), d.message) for d in defauts if d.ligne != rang + 2
    ]
    assert ailleurs == AUTRES
    assert "10\u00a0espaces" in next(d.conseil for d in defauts if d.ligne == rang + 2)


def test_tabulations_of_the_margin_and_of_the_words_are_both_told():
    rang = rang_de("fr: Vous venez ici comment")
    defaut = glisser(avec(rang, "\t\tfr: Vous\tvenez : comment ?"), rang)
    assert 'Écrivez plutôt\u00a0: fr: "Vous venez : comment ?"' in defaut.conseil
    assert "10\u00a0espaces" in defaut.conseil


def _marge(ligne):
    return len(ligne) - len(ligne.lstrip())


ECRITES = [n for n, ligne in enumerate(FAUX.split("\n")) if ligne.strip() and ligne[0] == " "]
"""Every line with a margin."""


@pytest.mark.parametrize("rang", ECRITES[::4])
@pytest.mark.parametrize("marge", ["\t", "\u00a0", "\t\t"])
def test_a_margin_of_other_spaces_hides_nothing(rang, marge):
    nue = FAUX.split("\n")[rang]
    if marge == "\u00a0":
        marge = nue[: _marge(nue) - 1] + marge
    glisser(avec(rang, marge + nue.lstrip()), rang)


A_SA_PLACE = [n for n in ECRITES if not FAUX.split("\n")[n].lstrip().startswith(("- ", "any:"))]
"""Those that YAML reads nowhere else: an item, or what holds a list, may stand a space further."""


@pytest.mark.parametrize("rang", A_SA_PLACE[::3])
def test_one_space_too_many_is_told_on_its_line_and_not_on_one_that_is_right(rang):
    nue = FAUX.split("\n")[rang]
    defaut = glisser(avec(rang, f" {nue}"), rang)
    assert defaut.conseil == f"Mettez {_marge(nue)}\u00a0espaces au début de la ligne."


@pytest.mark.parametrize(
    ("debut", "ecrite", "ecrire"),
    [
        ("langues:", "langues:[fr, en]", "langues: [fr, en]"),
        ("options: {min", "        options:{min: 15, max: 1}", "options: {min: 15, max: 1}"),
        ("fr: Le plus", "          fr: 'Le plus souvent", 'fr: "Le plus souvent"'),
        ("fr: Le plus", "          fr:\u00a0Le plus souvent", "fr: Le plus souvent"),
    ],
)
def test_other_slips_are_told_on_their_line(debut, ecrite, ecrire):
    rang = rang_de(debut)
    assert glisser(avec(rang, ecrite), rang).conseil == f"Écrivez plutôt\u00a0: {ecrire}"


def test_no_break_spaces_that_make_another_key_are_told_though_the_file_can_be_read():
    rang = rang_de("any:")
    assert "insécables" in glisser(avec(rang, "     \u00a0any:"), rang).conseil


@pytest.mark.parametrize("rang", [n for n in ECRITES if FAUX.split("\n")[n].lstrip()[:2] == "- "])
def test_a_dash_without_its_space_is_told_on_its_line(rang):
    nue = FAUX.split("\n")[rang]
    defaut = glisser(avec(rang, nue.replace("- ", "-", 1)), rang)
    assert (
        defaut.conseil == f"Mettez une espace après le tiret. Écrivez plutôt\u00a0: {nue.strip()}"
    )


@pytest.mark.parametrize(
    ("debut", "ecrite", "conseil"),
    [
        ("fr: Votre avis", "  fr: *Mini", 'fr: "*Mini"'),
        ("fr: Votre avis", "  fr: * obligatoire", 'fr: "* obligatoire"'),
        ("fr: Votre avis", "  fr: &Mini avis", 'fr: "&Mini avis"'),
        ("fr: Votre avis", "  fr: & avis", 'fr: "& avis"'),
        ("fr: Votre avis", "  fr: !Mini avis", 'fr: "!Mini avis"'),
        ("module:", "module: *Mini", 'module: "*Mini"'),
        (
            "- {code: pied",
            "          - {code: pied, texte: {fr: *pied, en: On foot}}",
            'fr: "*pied"',
        ),
        ("- {code: pied", "          - {code: *pied, texte: {fr: À pied, en: On foot}}", "*"),
        ("profil:", "        profil: *p", "*"),
        ("profil:", "        profil: &p ordinaire", "profil: ordinaire"),
        ("type: jours", "        type: !t jours", "type: jours"),
    ],
)
def test_what_a_questionnaire_does_not_allow_hides_nothing(debut, ecrite, conseil):
    rang = rang_de(debut)
    defaut = glisser(avec(rang, ecrite), rang)
    assert conseil in defaut.conseil
    assert ("raccourcis" in defaut.conseil) or ("!" in defaut.conseil)
    (seul,) = [d for d in lire_texte(avec(rang, ecrite)).defauts if d.ligne == rang + 1]
    assert seul == defaut


def test_a_second_document_is_told_for_what_it_is():
    fin = FAUX.rstrip("\n") + "\n---\n"
    rang = fin.count("\n") - 1
    defaut = glisser(fin, rang)
    assert defaut.conseil == (
        "Un seul questionnaire par fichier\u00a0: enlevez la ligne «\u00a0---\u00a0»."
    )
    assert len(lire_texte(fin).defauts) == len(AUTRES) + 1
    assert glisser(fin + "# la fin\n", rang) == defaut


def test_a_second_questionnaire_is_not_mixed_with_the_first():
    texte = FAUX.rstrip("\n") + "\n---\n"
    rang = texte.count("\n") - 1
    defaut = glisser(texte + FAUX, rang)
    assert "et ce qui la suit" in defaut.conseil
    assert "n’a pas été lu" in defaut.message


def test_a_line_between_the_heading_and_the_pages_does_not_lose_the_pages():
    lignes = FAUX.split("\n")
    rang = rang_de("pages:") - 1
    lignes[rang] = "---"
    glisser("\n".join(["---", *lignes[1:]]), rang)


@pytest.mark.parametrize("largeur", [2, 4, 8])
def test_a_file_of_tabulations_has_one_fault_for_them_all(largeur):
    """With four spaces a tabulation, 162 faults were told; with eight, 39."""
    texte = re.sub(
        r"^ +",
        lambda m: "\t" * (len(m[0]) // largeur) + " " * (len(m[0]) % largeur),
        FAUX,
        flags=re.MULTILINE,
    )
    defauts = lire_texte(texte).defauts
    rang = next(n for n, ligne in enumerate(texte.split("\n"), 1) if ligne[:1] == "\t")
    (sien,) = [d for d in defauts if "tabulation" in d.conseil]
    assert sien.ligne == rang
    assert f"chaque tabulation par {largeur}\u00a0espaces" in sien.conseil
    assert [(d.ligne, d.message) for d in defauts if d is not sien] == AUTRES


def test_one_tabulation_a_level_is_read_too_beside_other_slips():
    texte = re.sub(r"^(?:  )+", lambda m: "\t" * (len(m[0]) // 2), FAUX, flags=re.MULTILINE)
    texte = texte.replace("fr: Le plus souvent.", "fr: Le plus : souvent")
    defauts = lire_texte(texte).defauts
    assert len(defauts) == len(AUTRES) + 2
    assert sum("tabulation" in d.conseil for d in defauts) == 1


def test_tabulations_that_no_width_explains_are_one_fault():
    lignes = FAUX.split("\n")
    faux = [
        ("\t" * (1 + n % 3) if ligne[:1] == " " else "") + ligne.strip()
        for n, ligne in enumerate(lignes)
    ]
    (defaut,) = lire_texte("\n".join(faux)).defauts
    assert "tabulations" in defaut.message
    assert "le reste du fichier sera vérifié alors" in defaut.message


def test_a_long_file_of_tabulations_is_not_read_for_ever():
    lignes = [f"\t- a: b : {n}" for n in range(9_000)]
    debut = time.process_time()
    assert not lire_texte("pages:\n" + "\n".join(lignes)).est_juste
    assert time.process_time() - debut < 15


def test_a_no_break_space_is_told_where_it_is_and_the_line_that_is_right_is_not():
    rang = rang_de("- {code: lait")
    nue = FAUX.split("\n")[rang]
    defaut = glisser(avec(rang, "         \u00a0" + nue.lstrip()), rang)
    assert "insécables" in defaut.conseil
    assert "10\u00a0espaces" in defaut.conseil
    glisser(avec(rang, nue.replace("- {", "-\u00a0{")), rang)


@pytest.mark.parametrize("fin", ["\r\n", "\r", "\u2028", "\x85"])
def test_lines_of_any_editor_are_told_by_their_number(fin):
    """A file of another age, with a slip at its end, was an error of ours."""
    rang = rang_de("fr: Que faudrait-il")
    texte = avec(rang, "          fr: Que changer : ici ?").replace("\n", fin)
    glisser(texte, rang)
    defauts = lire_texte(texte.replace("  - code: venir", "\t- code: venir")).defauts
    page = rang_de("- code: venir")  # and its question, two lines below
    assert [d.ligne for d in defauts if d.message == MAL] == [page + 1, page + 3, rang + 1]


def test_no_break_spaces_below_a_text_are_the_author_s():
    texte = JUSTE.replace("fr: Le plus souvent.", "fr: Le plus\n           \u00a0souvent.")
    assert texte != JUSTE
    assert lire_texte(texte).defauts == ()
