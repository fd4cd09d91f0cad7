"""A mistyped code never becomes somebody else's."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from enquetes.parcours.code_effacement import ALPHABET, depuis_octets, lire

codes = st.binary(min_size=16, max_size=32).map(depuis_octets)


@given(codes)
def test_code_is_read_as_it_is_written_or_typed(code):
    assert len(code) == 9
    assert code[4] == "-"
    assert lire(code) == code
    assert lire(f"  {code.lower()} ") == code
    assert lire(code.replace("-", "")) == code
    assert lire(" ".join(code.replace("-", "\u2013"))) == code


@given(codes, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_found(code, place, signe):
    signes = code.replace("-", "")
    faux = signes[:place] + signe + signes[place + 1 :]
    assert lire(faux) == (code if faux == signes else None)


@given(codes, st.integers(0, 6), st.sampled_from([1, 2]))
def test_two_signs_swapped_are_always_found(code, place, saut):
    signes = list(code.replace("-", ""))
    if place + saut < len(signes):
        signes[place], signes[place + saut] = signes[place + saut], signes[place]
        faux = "".join(signes)
        assert lire(faux) == (code if faux == code.replace("-", "") else None)


@given(codes, st.sampled_from(ALPHABET))
def test_a_pair_typed_as_another_pair_is_always_found(code, signe):
    signes = code.replace("-", "")
    for place, (un, deux) in enumerate(pairwise(signes)):
        if un == deux != signe:
            assert lire(signes[:place] + signe * 2 + signes[place + 2 :]) is None


@given(st.text(max_size=20))
def test_anything_else_is_no_code(saisie):
    lu = lire(saisie)
    assert lu is None or lire(lu) == lu


def test_signs_that_look_alike_are_not_guessed():
    for saisie in ("", "0000-0000", "OOOO-OOOO", "2222-222", "2222-22222", "2222-222é"):
        assert lire(saisie) is None
