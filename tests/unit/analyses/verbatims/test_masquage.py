"""What holds for every text: valid offsets, no overlap, masking twice changes nothing, bounded work."""

import re
import sys
from re import _parser as analyseur

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses.verbatims.detecteurs import (
    adresses,
    chiffres_tapes,
    contacts,
    dates,
    expressions,
    lieux,
    mots,
    nombres,
    signalements,
    telephones,
    voies,
    voies_rares,
)
from analyses.verbatims.lexiques import lexiques, son
from analyses.verbatims.masquage import analyser, masquer
from analyses.verbatims.modele import REMPLACEMENTS, Span, Type
from analyses.verbatims.pliage import lire, plier

from .corpus import lire as lire_corpus

MODULES = (
    adresses, chiffres_tapes, contacts, dates, expressions, lieux, mots, nombres, signalements, telephones,
    voies, voies_rares,
)  # fmt: skip
MORCEAUX = st.sampled_from(
    [
        "ma fille ",
        "Lina",
        "karim ",
        "06 12 ",
        "34 56 78",
        "@",
        " arobase ",
        "gmail.com",
        " point ",
        "zéro six ",
        "12 rue ",
        "des Lilas",
        " bât B",
        "93170 ",
        "Bagnolet",
        "Mme ",
        "[prénom]",
        "[lieu]",
        "FR76 ",
        "3000",
        "/",
        ".",
        ",",
        "\n",
        "’",
        "é",
        "e\u0301",
        "ﬁ",
        "\u200b",
        "İ",
        "ß",
        "\uff11\uff12",
        "٣",
        "à Saint-",
        "le 12/",
        "03/1984",
        "AB-123",
        "-CD",
        "https://",
        "insta ",
        "Rose ",
        "Pierre ",
        "M. ",
        "EL ",
        "école ",
        "je m'appelle ",
        "\ud800",
        "😀",
        "Їжак ",
        "فاطمة ",
    ]
)
TEXTES = st.one_of(
    st.text(max_size=80),
    st.lists(st.one_of(MORCEAUX, st.text(max_size=4)), max_size=14).map("".join),
    st.sampled_from([v.texte for v in lire_corpus("developpement")]),
)


@given(TEXTES)
@settings(max_examples=400, deadline=None)
def test_spans_are_valid_in_order_and_apart(texte):
    analyse = analyser(texte)
    for suite in (analyse.spans, analyse.signalements):
        place = 0
        for trouve in suite:
            assert place <= trouve.debut < trouve.fin <= len(texte)
            place = trouve.fin
    for signale in analyse.signalements:
        assert signale.motif
        assert not any(s.debut < signale.fin and signale.debut < s.fin for s in analyse.spans)


@given(TEXTES)
@settings(max_examples=400, deadline=None)
def test_masking_twice_changes_nothing(texte):
    une_fois = masquer(texte, analyser(texte).spans)
    assert analyser(une_fois).spans == ()


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_folded_texts_keep_their_places(texte):
    pliage = lire(texte)
    assert len(pliage.plie) == len(pliage.plat) == len(pliage.origines)
    assert list(pliage.origines) == sorted(pliage.origines)
    assert pliage.plie == plier(texte)
    for place in range(len(pliage.plie)):
        debut, fin = pliage.bornes(place, place + 1)
        assert 0 <= debut < fin <= len(texte)
        assert pliage.plie[place] in plier(texte[debut:fin])


@pytest.mark.parametrize("forme", ["é", "e\u0301"])
def test_offsets_are_those_of_the_text_as_given(forme):
    """Composed or not, invisible characters or not: the same name, at its own place."""
    texte = f"avec Am{forme}lie\u200b et {forme}mile."
    masques = [texte[s.debut : s.fin].rstrip("\u200b") for s in analyser(texte).spans]
    assert masques == [f"Am{forme}lie", f"{forme}mile"]


def test_a_text_is_replaced_by_types():
    texte = "ma fille Lina, 06 12 34 56 78, à Montreuil"
    assert masquer(texte, analyser(texte).spans) == "ma fille [prénom], [téléphone], à [lieu]"
    assert set(REMPLACEMENTS) == set(Type)


@pytest.mark.parametrize(
    "spans",
    [
        [Span(0, 5, Type.NOM), Span(3, 6, Type.NOM)],
        [Span(2, 2, Type.NOM)],
        [Span(0, 99, Type.NOM)],
        [Span(4, 6, Type.NOM), Span(0, 2, Type.NOM)],
    ],
)
def test_spans_that_are_not_in_order_are_refused(spans):
    with pytest.raises(ValueError, match="span"):
        masquer("un texte", spans)


def test_badly_written_words_sound_like_words():
    assert son("manje") == son("mange")
    assert son("kelke") == son("quelque")
    assert lexiques().sonne_comme_un_mot("beaucou")
    assert not lexiques().sonne_comme_un_mot("shaynez")


def _motifs() -> list[tuple[str, re.Pattern[str]]]:
    trouves = []
    for module in MODULES:
        for nom, valeur in vars(module).items():
            siennes = valeur.values() if isinstance(valeur, dict) else valeur
            valeurs = siennes if isinstance(valeur, dict | tuple) else [valeur]
            trouves += [
                (f"{module.__name__}.{nom}", v) for v in valeurs if isinstance(v, re.Pattern)
            ]
    return trouves


@pytest.mark.parametrize(
    ("nom", "motif"), _motifs(), ids=lambda x: x if isinstance(x, str) else ""
)
def test_every_pattern_looks_at_a_bounded_part_of_the_text(nom, motif):
    """The work at each place has a ceiling: no pattern without an end, but for runs of letters."""
    largeur = analyseur.parse(motif.pattern, motif.flags & ~re.UNICODE.value).getwidth()[1]
    if nom.endswith(("mots._MOT", "lieux._MOT")):
        return  # One class repeated, nothing after it to come back for.
    assert largeur <= 900, (nom, largeur)


ADVERSES = {
    "chiffres": "0 6 1 2 ", "lettres": "a", "points": ".", "arobases": "a@", "mots": "zero six ",
    "tirets": "a-", "adresses": "12 rue de la ", "noms": "Marie Lina ", "codes": "93170 ",
    "espaces": " ", "urls": "www.a.", "apostrophes": "l'", "dates": "12/03/", "iban": "fr76 3",
    "point": "a point ", "etage": "bat b, ", "terrasses": "Les Terrasses ", "rues": "j'habite rue ", "mots_de_rue": "cent deux ", "accents": "e\u0301\u0301", "crochets": "[prénom]",
    "saints": "saint ", "expressions": "ali baba ", "insta": "insta est ", "plaques": "ab-123-",
}  # fmt: skip


@pytest.mark.parametrize("morceau", ADVERSES.values(), ids=ADVERSES)
@pytest.mark.parametrize("taille", [1000, 4000])
def test_work_grows_like_the_text(morceau, taille):
    """Counted in lines of Python run, never in seconds: the same ceiling a character at any length."""
    lexiques()
    texte = morceau * (taille // len(morceau))
    assert _lignes_executees(texte) <= LIGNES_PAR_CARACTERE * len(texte) + 2000


LIGNES_PAR_CARACTERE = 120


def _lignes_executees(texte: str) -> int:
    compte = 0

    def suivre(cadre, evenement, _argument):
        nonlocal compte
        if "verbatims" not in cadre.f_code.co_filename:
            return None
        compte += evenement == "line"
        return suivre

    avant = sys.gettrace()
    sys.settrace(suivre)
    try:
        analyser(texte)
    finally:
        sys.settrace(avant)
    return compte


@pytest.mark.parametrize("texte", ["appelez le +33 6 12 34 56 78 merci", "ou  0612345678\u00a0!"])
def test_a_span_leaves_the_spaces_around_alone(texte):
    (span,) = analyser(texte).spans
    trouve = texte[span.debut : span.fin]
    assert trouve == trouve.strip()


@pytest.mark.parametrize(
    "adresse",
    [
        "sonia{at}gmail{dot}com",
        "k.diallo{arobase}yahoo{point}fr",
        "le-jardin<chez>orange<point>fr",
        "jp.durand [at] orange [dot] fr",
    ],
)
def test_an_address_whose_signs_are_in_brackets_is_masked_whole(adresse):
    texte = f"écrivez à {adresse} svp"
    assert [(texte[s.debut : s.fin], s.type) for s in analyser(texte).spans] == [
        (adresse, Type.EMAIL)
    ]
