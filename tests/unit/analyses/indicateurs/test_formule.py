"""Formulas: what is read, what is refused and why, what is counted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.indicateurs.formule.analyse import PROFONDEUR_MAX, lire
from analyses.indicateurs.formule.arbre import ErreurFormule, Verbe
from analyses.indicateurs.formule.calcul import (
    Donnees,
    ValeurCachee,
    calculer,
    calculer_par_territoire,
)
from analyses.indicateurs.formule.lexique import LONGUEUR_MAX
from analyses.indicateurs.registres import TABLES, Nature

REFUSEES = [
    ("", 1, "vide"),
    ("compter(acteurs)", 1, "une mesure commence par nombre"),
    ("nombr(acteurs)", 1, "Vouliez-vous écrire «\u00a0nombre\u00a0»"),
    ("nombre acteurs", 8, "il manque «\u00a0(\u00a0»"),
    ("nombre(acteur)", 8, "Vouliez-vous écrire «\u00a0acteurs\u00a0»"),
    ("nombre(acteurs", 15, "la formule s’arrête"),
    ("nombre(acteurs) nombre(acteurs)", 17, "on n’attend plus rien"),
    ("nombre(acteurs) /", 18, "une mesure commence par"),
    ("nombre(acteurs avec )", 21, "le nom d’une colonne"),
    ("nombre(acteurs avec", 20, "la fin de la formule"),
    ("nombre(acteurs avec téléphone)", 21, "Choisissez parmi"),
    ("nombre(acteurs avec rencontré)", 21, "Vouliez-vous écrire «\u00a0rencontre\u00a0»"),
    ("nombre(acteurs avec rencontr)", 21, "Vouliez-vous écrire «\u00a0rencontre\u00a0»"),
    ("nombre(acteurs avec type)", 21, "ne dit pas oui ou non"),
    ("nombre(acteurs avec type = epiceri)", 28, "Vouliez-vous écrire «\u00a0epicerie\u00a0»"),
    ("nombre(acteurs avec type >= epicerie)", 26, "n’a pas d’ordre"),
    ("nombre(acteurs avec type = )", 28, "il manque une valeur"),
    ("nombre(acteurs avec antenne = peut_etre)", 31, "ne vaut jamais"),
    ("nombre(actions avec nb_acteurs >= deux)", 35, "écrivez des chiffres"),
    ("nombre(acteurs avec rencontre_le > 2024-02-30)", 36, "écrivez-la comme"),
    ("nombre(acteurs avec rencontre_le > hier)", 36, "écrivez-la comme"),
    ("nombre(acteurs avec type dans epicerie)", 31, "après «\u00a0dans\u00a0»"),
    ("somme(acteurs)", 14, "il manque «\u00a0.\u00a0»"),
    ("somme(acteurs.nom)", 15, "n’est pas un nombre"),
    ("distincts(reunions.soutiens)", 20, "plusieurs valeurs"),
    ("nombre(territoires avec nom = x)", 25, "n’a pas de colonne"),
    ("nombre(acteurs avec au_moins(0, actions))", 30, "1 ou plus"),
    ("nombre(jalons avec au_moins(1, acteurs))", 32, "Tables permises\u00a0: aucune"),
    ("nombre(acteurs) €", 17, "n’a pas de sens"),
    ('nombre(acteurs avec nom = "x)', 27, "guillemet"),
    ("nombre(acteurs avec " + "non " * 30 + "antenne)", 101, "trop de parenthèses"),
]


@pytest.mark.parametrize(("texte", "position", "raison"), REFUSEES)
def test_a_wrong_formula_is_refused_with_its_place_and_reason(texte, position, raison):
    with pytest.raises(ErreurFormule) as refus:
        lire(texte)
    assert raison in refus.value.message
    assert refus.value.position == position
    assert str(refus.value).startswith(f"Caractère {position}\u00a0: ")


def test_a_formula_that_never_ends_is_refused():
    with pytest.raises(ErreurFormule, match="trop longue"):
        lire("nombre(acteurs) " + " " * LONGUEUR_MAX)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(texte):
    _lire_ou_refuser(texte)


_MOTS = st.sampled_from(
    [*Verbe, *TABLES, "(", ")", ".", ",", "/", "avec", "et", "ou", "non", "dans", "au_moins", "1",
     "rencontre", "type", "epicerie", "=", ">=", "renseigné", "2024-01-31", '"x"', "niveau_prouve"]
)  # fmt: skip


@given(st.lists(_MOTS, max_size=30))
def test_any_row_of_known_words_is_read_or_refused(mots):
    _lire_ou_refuser(" ".join(mots))


def _lire_ou_refuser(texte):
    refusee = None
    try:
        lire(texte)
    except ErreurFormule as refus:
        refusee = refus
    assert refusee is None or (refusee.message and 1 <= refusee.position <= len(texte) + 1)


@st.composite
def _conditions(draw, table="acteurs", profondeur=0):
    """Return the text of a condition, and the same as a Python test of a row."""
    genres = ["oui_non", "choix", "date", "renseigné"]
    genres += ["non", "et", "ou"] if profondeur < min(3, PROFONDEUR_MAX) else []
    genre = draw(st.sampled_from(genres))
    if genre == "non":
        texte, test = draw(_conditions(table, profondeur + 1))
        return f"non ({texte})", lambda ligne: not test(ligne)
    if genre in {"et", "ou"}:
        (ta, a), (tb, b) = (draw(_conditions(table, profondeur + 1)) for _ in range(2))
        tous = all if genre == "et" else any
        return f"({ta}) {genre} ({tb})", lambda ligne: tous([a(ligne), b(ligne)])
    if genre == "oui_non":
        return "antenne", lambda ligne: bool(ligne["antenne"])
    if genre == "choix":
        code = draw(st.sampled_from(TABLES["acteurs"].colonnes["type"].codes))
        return f"type = {code}", lambda ligne: ligne["type"] == code
    if genre == "date":
        jour = draw(st.dates(date(2023, 1, 1), date(2023, 12, 31)))
        return (
            f"rencontre_le >= {jour}",
            lambda ligne: ligne["rencontre_le"] is not None and ligne["rencontre_le"] >= jour,
        )
    return "rencontre_le renseigné", lambda ligne: ligne["rencontre_le"] is not None


_LIGNES = st.lists(
    st.fixed_dictionaries(
        {
            "territoire": st.integers(1, 4),
            "antenne": st.sampled_from([True, False, None]),
            "type": st.sampled_from(TABLES["acteurs"].colonnes["type"].codes),
            "rencontre_le": st.none() | st.dates(date(2023, 1, 1), date(2023, 12, 31)),
        }
    ),
    max_size=20,
)


@given(condition=_conditions(), lignes=_LIGNES)
def test_counting_is_what_the_words_say(condition, lignes):
    texte, test = condition
    donnees = Donnees({"acteurs": lignes})
    formule = lire(f"nombre(acteurs avec {texte})")
    assert calculer(formule.numerateur, donnees) == sum(test(ligne) for ligne in lignes)


@given(lignes=_LIGNES)
def test_territoires_add_up_to_the_whole(lignes):
    formule = lire("nombre(acteurs avec antenne ou rencontre_le renseigné)").numerateur
    donnees = Donnees({"acteurs": lignes})
    parts = [calculer(formule, donnees.du_territoire(t)) for t in range(1, 5)]
    assert sum(parts) == calculer(formule, donnees)


@given(lignes=_LIGNES)
def test_each_territoire_counts_as_it_would_alone(lignes):
    """A mean of rates goes through the rows once, whatever the number of territoires."""
    donnees = Donnees({"acteurs": lignes, "territoires": [{"territoire": t} for t in range(1, 5)]})
    for texte in (
        "nombre(acteurs avec antenne ou rencontre_le renseigné)",
        "nombre(territoires avec au_moins(2, acteurs avec non antenne))",
        "distincts(acteurs.type avec rencontre_le renseigné)",
    ):
        mesure = lire(texte).numerateur
        seuls = {t: calculer(mesure, donnees.du_territoire(t)) for t in range(1, 5)}
        assert calculer_par_territoire(mesure, donnees) == seuls


DONNEES = Donnees(
    {
        "territoires": [{"territoire": 1}, {"territoire": 2}, {"territoire": 3}],
        "acteurs": [
            {"territoire": 1, "actions": [{"nouvelle": True}, {"nouvelle": False}]},
            {"territoire": 2, "actions": []},
        ],
        "implications": [
            {"territoire": 1, "moment": "diagnostic", "niveau_prouve": 3},
            {"territoire": 1, "moment": "diagnostic", "niveau_prouve": 2},
            {"territoire": 1, "moment": "reunion", "niveau_prouve": 0},
            {"territoire": 2, "moment": "reunion", "niveau_prouve": 5},
        ],
        "propositions": [
            {"territoire": 1, "delai": 10, "decision": "adoptee"},
            {"territoire": 1, "delai": None, "decision": None},
            {"territoire": 2, "delai": 71, "decision": "refusee"},
        ],
        "reunions": [{"territoire": 1, "soutiens": ("repas", "garde"), "nb_soutiens": 2}],
        "reponses": [
            {"territoire": None, "questionnaire": "pouvoir", "code": "3", "_poids": 40},
            {"territoire": None, "questionnaire": "pouvoir", "code": "4", "_poids": None},
        ],
    }
)


@pytest.mark.parametrize(
    ("formule", "valeur"),
    [
        ("nombre(territoires)", 3),
        ("nombre(territoires avec au_moins(1, implications avec niveau_prouve >= 2))", 2),
        ("nombre(territoires avec au_moins(2, implications))", 1),
        ("nombre(territoires avec non au_moins(1, implications))", 1),
        ("nombre(acteurs avec au_moins(1, actions avec nouvelle))", 1),
        ("distincts(implications.moment)", 3),
        ("distincts(implications.moment avec niveau_prouve >= 2)", 2),
        ("nombre(propositions avec delai <= 60)", 1),
        ("nombre(propositions avec delai > 60)", 1),
        ("nombre(propositions avec delai renseigné)", 2),
        ("nombre(propositions avec decision ≠ adoptee)", 1),
        ("somme(propositions.delai)", 81),
        ("moyenne(propositions.delai)", 40.5),
        ("mediane(propositions.delai)", 40.5),
        ("mediane(propositions.delai avec delai > 100)", None),
        ("nombre(reunions avec soutiens dans (repas, transport))", 1),
        ("nombre(reunions avec soutiens = transport)", 0),
        ("nombre(reunions avec soutiens ≠ transport)", 1),
        ('nombre(reponses avec code = "3")', 40),
    ],
)
def test_each_verb_and_test(formule, valeur):
    assert calculer(lire(formule).numerateur, DONNEES) == valeur


def test_a_hidden_count_is_never_added():
    with pytest.raises(ValeurCachee):
        calculer(lire('nombre(reponses avec questionnaire = "pouvoir")').numerateur, DONNEES)


def test_signs_may_be_written_in_several_ways():
    for texte in ("nombre(propositions avec delai ≤ 60)", "NOMBRE( propositions avec delai<=60 )"):
        assert calculer(lire(texte).numerateur, DONNEES) == 1
    assert lire("nombre(acteurs avec raison renseigne)").numerateur.condition.operateur == (
        "renseigné"
    )


def test_every_column_of_every_table_can_be_asked_for():
    for table in TABLES.values():
        for colonne in table.colonnes.values():
            lire(f"nombre({table.nom} avec {colonne.nom} renseigné)")
            if colonne.nature == Nature.OUI_NON:
                lire(f"nombre({table.nom} avec {colonne.nom})")
            for code in colonne.codes:
                lire(f"nombre({table.nom} avec {colonne.nom} = {_ecrit(code)})")


def _ecrit(code):
    return f'"{code}"'
