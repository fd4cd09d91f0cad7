"""What a reader may do to a text: take away, generalise, correct. Never add."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.verbatims.retouche import CACHE, MOT, cacher, decouper, mots_ajoutes

TEXTE = "ma voisine [prénom] manje au resto du bout de la rue"


@pytest.mark.parametrize(
    "apres",
    [
        TEXTE,
        "",
        "ma voisine mange au resto",
        "MA VOISINE",
        "une personne [prénom] manje au resto de la rue",
        "[…] manje […]",
    ],
)
def test_taking_away_correcting_and_generalising_are_allowed(apres):
    assert mots_ajoutes(TEXTE, apres) == []


@pytest.mark.parametrize(
    ("apres", "ajoutes"),
    [
        ("ma voisine zorkha manje", ["zorkha"]),
        ("manje ma voisine tranquillement", ["tranquillement"]),
        ("ma voisine et moi jouons", ["moi", "jouons"]),
    ],
)
def test_words_that_were_not_said_are_named(apres, ajoutes):
    trouves = mots_ajoutes(TEXTE, apres)
    assert set(ajoutes) <= set(trouves)


def test_words_keep_their_order():
    assert "chat" in mots_ajoutes("le chat mange la souris", "la souris mange le chat")


def test_hidden_words_leave_one_mark():
    assert cacher("un deux trois quatre", {1, 2}) == f"un {CACHE} quatre"
    assert cacher("un, deux. trois", {0, 1}) == f"{CACHE}, {CACHE}. trois"
    assert cacher("un deux", set()) == "un deux"
    with pytest.raises(ValueError, match="words"):
        cacher("un", {3})


@given(st.text(max_size=80), st.data())
def test_hiding_adds_nothing_and_keeps_the_rest(texte, data):
    nombre = len(MOT.findall(texte))
    rangs = data.draw(st.sets(st.integers(0, max(nombre - 1, 0)), max_size=nombre))
    cache = cacher(texte, rangs if nombre else set())
    assert mots_ajoutes(texte, cache) == []
    restants = [mot for rang, mot in enumerate(MOT.findall(texte)) if rang not in rangs]
    assert [mot for mot in MOT.findall(cache) if mot != CACHE] == [
        mot for mot in restants if mot != CACHE
    ]


@given(st.text(max_size=80))
def test_pieces_make_the_text_again(texte):
    pieces = decouper(texte, [(0, 2)])
    assert "".join(morceau for morceau, _, _ in pieces) == texte
    assert [rang for _, rang, _ in pieces if rang is not None] == list(
        range(len(MOT.findall(texte)))
    )
