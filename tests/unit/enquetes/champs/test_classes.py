"""Classes of what is typed: closed, known before any answer, said in French."""

import math
import re
from datetime import date
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from enquetes.bibliotheque import fichiers
from enquetes.champs import champ, types
from enquetes.parcours.definition import Question, Texte

OUVERTURE = date(2026, 8, 28)


def question(type_, **options):
    return Question("q", type_, Texte.depuis({"fr": "?"}), options=tuple(options.items()))


def mots(une, ouverture=None):
    return [c.texte.dans("fr").texte for c in champ(une.type).classes(une, ouverture)]


@pytest.mark.parametrize(
    ("classes", "attendus"),
    [
        (
            [0, 2, 7, 13],
            [
                "Moins de 2 mois avant (juil. 2026 ou après)",
                "2 à 6 mois avant (févr. à juin 2026)",
                "7 à 12 mois avant (août 2025 à janv. 2026)",
                "Plus d’un an avant (avant août 2025)",
            ],
        ),
        (
            [0, 1, 2, 25],
            [
                "Depuis l’ouverture (août 2026 ou après)",
                "1 mois avant (juil. 2026)",
                "2 à 24 mois avant (août 2024 à juin 2026)",
                "Plus de 2 ans avant (avant août 2024)",
            ],
        ),
        (
            [0, 8, 20],
            [
                "Moins de 8 mois avant (janv. 2026 ou après)",
                "8 à 19 mois avant (2025)",
                "20 mois avant ou plus (avant janv. 2025)",
            ],
        ),
        ([2024], ["Avant 2024", "2024 ou après"]),
        (
            [2020, 2023, 2024, "2025-07"],
            [
                "Avant 2020",
                "2020 à 2022",
                "2023",
                "Janvier 2024 à juin 2025",
                "Juillet 2025 ou après",
            ],
        ),
        (
            ["2024-03", "2024-04", "2024-09"],
            ["Avant mars 2024", "Mars 2024", "Avril à août 2024", "Septembre 2024 ou après"],
        ),
    ],
)
def test_months_are_counted_in_the_periods_of_their_author(classes, attendus):
    assert mots(question("mois", classes=classes), OUVERTURE) == attendus


def test_before_there_is_a_collecte_the_preview_says_how_long_before():
    assert mots(question("mois", classes=[0, 2, 7, 13])) == [
        "Moins de 2 mois avant",
        "2 à 6 mois avant",
        "7 à 12 mois avant",
        "Plus d’un an avant",
    ]


@pytest.mark.parametrize(
    ("classes", "rangs"),
    [
        (
            [0, 2, 7, 13],
            {
                "2026-11": 0,  # during the collecte
                "2026-08": 0,
                "2026-07": 0,
                "2026-06": 1,
                "2026-02": 1,
                "2026-01": 2,
                "2025-08": 2,
                "2025-07": 3,
                "1900-01": 3,
            },
        ),
        (
            [2024, "2025-07"],
            {"2023-12": 0, "2024-01": 1, "2025-06": 1, "2025-07": 2, "2099-12": 2},
        ),
    ],
)
def test_each_month_has_the_class_whose_words_hold_it(classes, rangs):
    rang_de = champ("mois").rang_de_classe(question("mois", classes=classes), OUVERTURE)
    assert {mois: rang_de(mois) for mois in rangs} == rangs


@given(
    st.one_of(
        st.sets(st.integers(1, 600), min_size=1, max_size=11).map(lambda s: [0, *sorted(s)]),
        st.sets(st.integers(1900, 2099), min_size=1, max_size=12).map(sorted),
    ),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
)
def test_every_month_has_one_class_and_the_order_of_months_is_that_of_classes(
    classes, ouverture, jour
):
    une = question("mois", classes=classes)
    choix = champ("mois").classes(une, ouverture)
    rang_de = champ("mois").rang_de_classe(une, ouverture)
    rangs = [rang_de(f"{annee}-{jour.month:02d}") for annee in range(1900, 2100)]
    assert set(rangs) <= set(range(len(choix)))
    assert rangs == sorted(rangs, reverse=classes[0] == 0)
    assert len({c.code for c in choix}) == len({c.texte for c in choix}) == len(choix)


def test_months_without_classes_have_none():
    assert champ("mois").classes(question("mois"), OUVERTURE) == ()
    with pytest.raises(ValueError, match="without classes"):
        champ("mois").rang_de_classe(question("mois"), OUVERTURE)


@pytest.mark.parametrize(
    ("options", "attendus", "rangs"),
    [
        (
            {"classes": [0, 1, 3, 6]},
            ["0", "1 à 2", "3 à 5", "6 et plus"],
            {"0": 0, "2.5": 1, "90": 3},
        ),
        ({"classes": [1, 3]}, ["0 à 2", "3 et plus"], {"0": 0, "1": 0, "3": 1}),
        ({"classes": [1, 3], "min": 1}, ["1 à 2", "3 et plus"], {"1": 0, "3": 1}),
        ({"min": 7, "max": 15}, ["7 et plus"], {"7": 0, "9": 0, "10": 0, "15": 0}),
        ({"min": 7}, ["7 à 19", "20 à 49", "50 à 99", "100 et plus"], {"7": 0, "20": 1}),
        (
            {"min": -10, "max": 2},
            ["-10 à 0", "1", "2 et plus"],
            {"-10": 0, "-3": 0, "0": 0, "1": 1, "2": 2},
        ),
        (
            {"min": 0, "max": 3, "decimales": 1},
            ["de 0 à moins de 1", "de 1 à moins de 2", "de 2 à moins de 3", "3 et plus"],
            {"0": 0, "0.5": 0, "2.5": 2, "3": 3},
        ),
        (
            {"min": 0.5, "max": 2, "decimales": 1},
            ["de 0 à moins de 1", "de 1 à moins de 2", "2 et plus"],
            {"0.5": 0, "1.5": 1},
        ),
        ({"min": -2.5, "max": -1, "decimales": 1}, ["-2,5 et plus"], {"-2.5": 0, "-1": 0}),
        ({"min": -10, "classes": [-10, 0]}, ["-10 à -1", "0 et plus"], {"-1": 0, "0": 1}),
        ({"min": 1, "max": 4}, ["1", "2", "3", "4 et plus"], {"1": 0, "4": 3}),
    ],
)
def test_numbers_are_counted_in_theirs(options, attendus, rangs):
    une = question("nombre", **options)
    assert mots(une) == attendus
    rang_de = champ("nombre").rang_de_classe(une, OUVERTURE)
    assert {valeur: rang_de(valeur) for valeur in rangs} == rangs


NOMBRE = re.compile(r"-?\d+(?:,\d+)?")


def _tient(mots, valeur):
    """Return whether the words of a class say that it holds a value: read as a person reads them."""
    lus = [Decimal(lu.replace(",", ".")) for lu in NOMBRE.findall(mots)]
    if mots.endswith("et plus"):
        return valeur >= lus[0]
    if "moins de" in mots:
        return lus[0] <= valeur < lus[1]
    return lus[0] <= valeur <= lus[-1]


def nombre(n):
    """Return a number as a file gives it: whole when it can be."""
    return int(n) if n == int(n) else float(n)


@st.composite
def nombres_a_compter(draw):
    decimales = draw(st.integers(0, 4))
    pas = Decimal(1).scaleb(-decimales)
    bornes = st.integers(-150, 150).map(Decimal) | st.integers(-999, 999).map(lambda n: n * pas)
    mini, maxi = sorted(draw(st.tuples(bornes, bornes)))
    options = {"min": nombre(mini), "max": nombre(maxi), "decimales": decimales}
    for cle in ("decimales" if not decimales else "", "max", "min" if mini == 0 else ""):
        if cle and draw(st.booleans()):
            del options[cle]
    if draw(st.booleans()):
        debuts = draw(st.sets(st.integers(-150, 150), min_size=1, max_size=8))
        options["classes"] = sorted(debuts)
    rangs = st.integers(math.ceil(mini / pas), math.floor(maxi / pas))
    return options, sorted(rang * pas for rang in draw(st.sets(rangs, max_size=20)))


@given(nombres_a_compter())
def test_every_number_has_the_one_class_whose_words_hold_it(lu):
    options, valeurs = lu
    une = question("nombre", **options)
    dits = mots(une)
    rang_de = champ("nombre").rang_de_classe(une, OUVERTURE)
    for valeur in valeurs:
        assert [_tient(dit, valeur) for dit in dits].index(True) == rang_de(str(valeur))
        assert sum(_tient(dit, valeur) for dit in dits) == 1
    assert len(set(dits)) == len(dits)


CLASSES_PUBLIEES = {
    ("alim", "a11"): ["0", "1", "2", "3", "4", "5", "6 à 9", "10 et plus"],
    ("besoins", "foyer"): ["1", "2", "3", "4", "5", "6 à 9", "10 à 19", "20 et plus"],
}


def test_numbers_of_the_bundled_questionnaires_keep_their_classes():
    dites = {
        (fichier.stem, q["code"]): mots(question("nombre", **q.get("options", {})))
        for fichier in fichiers()
        for page in yaml.safe_load(fichier.read_text("utf-8")).get("pages", ())
        for q in page["questions"]
        if q["type"] == "nombre"
    }
    assert dites == CLASSES_PUBLIEES


def test_only_what_is_typed_has_classes():
    assert {t for t in types() if champ(t).classes(question(t, classes=[0, 2]), OUVERTURE)} == {
        "mois",
        "nombre",
    }
