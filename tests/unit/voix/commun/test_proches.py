"""The known word that was meant: accents, marks, beginnings, letters apart."""

import pytest

from voix.commun.proches import le_plus_proche, vouliez_vous

MOTS = (
    "choix_unique",
    "choix_multiple",
    "oui_non",
    "précision",
    "pages",
    "texte_court",
    "a1",
    "a12",
)


@pytest.mark.parametrize(
    ("ecrit", "voulu"),
    [
        ("choix unique", "choix_unique"),
        ("Choix-Multiple", "choix_multiple"),
        ("precision", "précision"),
        ("précisions", "précision"),
        ("page", "pages"),
        ("ouinon", "oui_non"),
        ("txt_court", "texte_court"),
        ("A1", "a1"),
        ("a12", "a12"),
        ("xyz", None),
        ("", None),
        ("…", None),
        ("p" * 10_000, None),
    ],
)
def test_the_nearest_word_is_the_one_that_was_meant(ecrit, voulu):
    assert le_plus_proche(ecrit, MOTS) == voulu


def test_nothing_is_proposed_when_nothing_is_near():
    assert vouliez_vous("zzz", MOTS) is None
    assert vouliez_vous("oui non", MOTS) == "Vouliez-vous écrire «\u00a0oui_non\u00a0»\u00a0?"


@pytest.mark.parametrize(
    ("ecrit", "connu"), [("licorne", "livre"), ("couleur", "module"), ("secret", "source")]
)
def test_another_word_is_not_a_misspelling(ecrit, connu):
    assert le_plus_proche(ecrit, [connu]) is None
