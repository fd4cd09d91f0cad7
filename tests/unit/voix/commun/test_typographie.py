"""What an ordinary keyboard types, printed as French is; whatever it is, once is enough."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from voix.commun.francais import TexteDroit, TexteFrancais, typographier

LIE = "\u00a0"


@pytest.mark.parametrize(
    ("tape", "imprime"),
    [
        ("L'accueil ici vous plaît-il ?", f"L’accueil ici vous plaît-il{LIE}?"),
        ("Ça va?", f"Ça va{LIE}?"),
        ("Quoi ?! Oui   !", f"Quoi{LIE}?! Oui{LIE}!"),
        ("« oui » et «non»", f"«{LIE}oui{LIE}» et «{LIE}non{LIE}»"),
        ("Qu'est-ce qu'«ici» ?", f"Qu’est-ce qu’«{LIE}ici{LIE}»{LIE}?"),
        ("Une fois : le matin ; ou 50 %.", f"Une fois{LIE}: le matin{LIE}; ou 50{LIE}%."),
        ("Déjà juste\u202f? «\u202fOui\u202f»", "Déjà juste\u202f? «\u202fOui\u202f»"),
        ("À 14:30, voir http://exemple.fr/a?b=c ou a.b@exemple.fr !", None),
        ("Un mot (lequel ?) : 5'30, d'accord", f"Un mot (lequel{LIE}?){LIE}: 5'30, d’accord"),
        (
            "Ce qui va: et ce qui manque; dites-le!",
            f"Ce qui va{LIE}: et ce qui manque{LIE}; dites-le{LIE}!",
        ),
        (
            "«Oui»: pourquoi ? (Un mot): lequel",
            f"«{LIE}Oui{LIE}»{LIE}: pourquoi{LIE}? (Un mot){LIE}: lequel",
        ),
        ("Vous aimez:", f"Vous aimez{LIE}:"),
        ("Tél: oui, de 10:30 à 14: 30, https: et http://a.fr: non, a:b", None),
        ("e\u0301te\u0301 ?", f"été{LIE}?"),
        ("? seul", "? seul"),
        ("", ""),
    ],
)
def test_texts_are_printed_as_they_should_be(tape, imprime):
    if imprime is None:
        imprime = tape.replace(" !", f"{LIE}!").replace("Tél:", f"Tél{LIE}:")
    assert typographier(tape) == imprime


def _sans_typographie(texte):
    nu = unicodedata.normalize("NFC", texte).replace("’", "'")
    return "".join(signe for signe in nu if signe not in " \u00a0\u202f")


@given(st.text(st.sampled_from("aé1 \u00a0\u202f?!:;»«%'’.(\n/@w_"), max_size=40) | st.text())
@example("«»")
@example("« ?»")
@example("»:»")
def test_done_twice_it_changes_nothing_more_and_no_sign_is_lost(texte):
    une_fois = typographier(texte)
    assert typographier(une_fois) == une_fois
    assert _sans_typographie(une_fois) == _sans_typographie(texte)


def test_a_field_in_french_gives_the_text_as_it_is_printed():
    assert TexteFrancais().clean(" L'épicerie du Marché ! ") == f"L’épicerie du Marché{LIE}!"


def test_a_word_as_long_as_a_page_is_read_once():
    """Read from each of its letters, it would take minutes."""
    assert typographier("a" * 300_000 + " ?") == "a" * 300_000 + "\u00a0?"


def test_a_text_that_is_too_long_is_refused_as_it_was_typed():
    with pytest.raises(ValidationError, match="5"):
        TexteFrancais(max_length=5).clean("l'an 2000 ?")
    assert TexteFrancais(max_length=5).to_python("l'an 2000 ?") == "l'an 2000 ?"


def test_no_author_turns_a_text_around():
    """« Qui demande » could be shown backwards, or turn around what stands beside it."""
    assert TexteFrancais().clean("L'épicerie\u202e du\u2069 port") == "L’épicerie du port"
    assert TexteDroit().clean("\u2067abc\u2069 \u200f!") == "abc \u200f!"
    with pytest.raises(ValidationError):
        TexteFrancais().clean(" \u202e ")
