"""A brace over several lines, an apostrophe not closed, a shortcut, a capital: told where they are."""

import pytest

from enquetes.echanges.fichier import lire_texte
from tests.unit.enquetes.echanges.test_oublis import MAL, ecrire, suivre


@pytest.mark.parametrize(
    ("avant", "apres", "lignes"),
    [
        ("titre: Votre avis", "titre: {fr: Votre avis,\n  en: Your opinion", [4]),
        ("titre: Votre avis", "titre: {\n  fr: Votre avis,\n  en: Your opinion", [5]),
        ("titre: Votre avis", "titre: {\n  fr: Votre avis,\n  en: Your opinion,  # lu", [5]),
        ("langues: [fr]", "langues: [\n  fr", [5]),
        ("{code: non, texte: Non}", "{code: non,\n             texte: {fr: Non", [17]),
        ("{q: venir, eq: non}", "{q: venir,\n         eq: non", [19]),
        ("texte: Content ?", "texte: {fr: Content ?,\n          en: Happy", [27, 28]),
        ("texte: Venez-vous souvent ?", "texte: {fr: 'Venez-vous souvent ?}", [13]),
        ("texte: Venez-vous souvent ?", 'texte: {fr: "Venez-vous souvent ?}', [13]),
        ("texte: Content ?", "texte: {fr: 'Content d'être là ?}", [27]),
    ],
)
def test_what_is_opened_and_not_closed_is_told_with_the_line_to_write(avant, apres, lignes):
    texte = ecrire((avant, apres))
    defauts = lire_texte(texte).defauts
    siens = [d for d in defauts if "sourrire" not in d.message]
    assert len(defauts) == len(siens) + 1, "the rest is no longer checked"
    assert [(d.ligne, d.message) for d in siens] == [(n, MAL) for n in lignes]
    ecrites = texte.split("\n")
    for defaut in siens:
        voulue = defaut.conseil.partition("Écrivez plutôt\u00a0: ")[2]
        assert voulue, defaut.conseil
        ligne = ecrites[defaut.ligne - 1]
        ecrites[defaut.ligne - 1] = ligne[: len(ligne) - len(ligne.lstrip())] + voulue
    relues = lire_texte("\n".join(ecrites)).defauts
    assert ["sourrire" in d.message for d in relues] == [True]


def test_two_apostrophes_that_are_not_closed_are_both_told():
    texte = ecrire(
        ("texte: Venez-vous souvent ?", "texte: {fr: 'Venez-vous souvent ?}"),
        ("texte: Quand ?", "texte: {fr: 'Quand ?}"),
    )
    assert [d.ligne for d in suivre(texte)] == [13, 22]


def test_a_shortcut_for_a_type_tells_the_types_and_nothing_else():
    une = ecrire().split("  - code: quand")[0]
    (defaut,) = lire_texte(une.replace("type: choix_unique", "type: *x")).defauts
    assert defaut.ligne == 9
    assert "choix_unique, confiance" in defaut.conseil


@pytest.mark.parametrize(
    ("avant", "apres", "ligne", "voulue"),
    [
        ("titre: V", "Titre: V", 3, "titre"),
        ("pages:", "Pages:", 5, "pages"),
        (
            "    questions:\n      - code: venir",
            "    Questions:\n      - code: venir",
            7,
            "questions",
        ),
        ("type: choix_unique", "TYPE: choix_unique", 9, "type"),
        ("choix:\n", "Choix:\n", 14, "choix"),
        ("{code: non,", "{Code: non,", 16, "code"),
        ("texte: Content ?", "texte: {FR: Content}", 27, "fr"),
    ],
)
def test_a_capital_in_a_key_is_one_error_and_hides_nothing(avant, apres, ligne, voulue):
    defauts = [
        d for d in lire_texte(ecrire((avant, apres))).defauts if "sourrire" not in d.message
    ]
    assert [d.ligne for d in defauts] == [ligne]
    assert f"Écrivez «\u00a0{voulue}\u00a0», sans majuscule." == defauts[0].conseil
