"""The bundled indicators, definitions that are refused, and what a measure says."""

import pytest

from analyses.indicateurs.catalogue import catalogue, indicateur
from analyses.indicateurs.formule.arbre import ErreurFormule
from analyses.indicateurs.formule.calcul import Donnees
from analyses.indicateurs.indicateur import IndicateurInvalide
from analyses.indicateurs.mesure import mesurer, moyenne_des_taux
from analyses.indicateurs.unites import Acteur, Personne, Presence, Reponse, Territoire

UN = {
    "code": "X1",
    "nom": "Essai",
    "definition": "Acteurs rencontrés, sur les acteurs.",
    "formule": "nombre(acteurs avec rencontre) / nombre(acteurs)",
}


def test_the_thirteen_and_the_seventeen():
    codes = [i.code for i in catalogue()]
    assert codes == [f"I{n}" for n in range(1, 14)] + [f"P{n:02}" for n in range(1, 18)]


def test_targets_are_those_of_the_table():
    objectifs = {i.code: i.objectif for i in catalogue()}
    assert [objectifs[f"I{n}"] for n in range(1, 14)] == [
        100, 100, 80, 90, 80, 60, 60, 100, 100, 80, 100, 100, 100,
    ]  # fmt: skip


def test_bases_are_those_of_the_specification():
    unites = {i.code: i.unite for i in catalogue()}
    assert unites["I1"] is Presence
    assert unites["I2"] is Reponse
    assert {unites[f"I{n}"] for n in (4, 5, 6, 7)} == {Acteur}
    assert {unites[f"I{n}"] for n in (3, 8, 9, 10, 11, 12, 13)} == {Territoire}
    assert {i.code for i in catalogue() if i.personnes} == {
        "P05", "P06", "P07", "P12", "P13", "P14", "P16",
    }  # fmt: skip
    assert unites["P06"] is Personne


def test_each_is_said_in_a_few_plain_words():
    """For the notice board: short, and none is the name of evaluators."""
    for un in catalogue():
        assert 2 <= len(un.clair.split()) <= 12, un.code
    assert len({un.clair for un in catalogue()}) == 29  # I8 and P01 are the same


def test_what_the_source_left_open_is_said():
    dits = {i.code for i in catalogue() if i.ambigu}
    assert {"I1", "I2", "I3", "I4", "I5", "I6", "I8", "I9", "I10", "I11", "I12"} <= dits


@pytest.mark.parametrize(
    ("changement", "message"),
    [
        ({"formule": "nombre(acteurs avec rencontre) / nombre(territoires)"}, "des acteurs par"),
        ({"formule": "nombre(acteurs)"}, "Il manque la base"),
        ({"forme": "nombre"}, "n’a pas de base"),
        ({"formule": "moyenne(propositions.delai) / somme(propositions.delai)"}, "moyenne"),
        ({"objectif": 120}, "de 0 à 100"),
        ({"objectif": -1}, "de 0 à 100"),
        ({"nom": ""}, "Il manque le code"),
        (
            {"details": {"Autre": "somme(effectifs.engagees avec dernier)"}},
            "Un détail ne compte pas",
        ),
    ],
)
def test_a_definition_that_does_not_hold_is_refused(changement, message):
    with pytest.raises(IndicateurInvalide) as refus:
        indicateur(UN | changement)
    assert message in refus.value.message


def test_a_wrong_formula_or_detail_is_refused():
    with pytest.raises(ErreurFormule):
        indicateur(UN | {"formule": "nombre(acteurs) / nombre(acteur)"})
    with pytest.raises(ErreurFormule):
        indicateur(UN | {"details": {"Autre": "nombre(rien)"}})


def donnees(rencontres, autres):
    return Donnees(
        {
            "territoires": [{"territoire": 1}],
            "acteurs": [{"territoire": 1, "rencontre": True}] * rencontres
            + [{"territoire": 1, "rencontre": False}] * autres,
        }
    )


def test_a_measure_has_its_k_and_n():
    mesure = mesurer(indicateur(UN | {"objectif": 80}), donnees(8, 2))
    assert (mesure.k, mesure.n, mesure.valeur, mesure.atteint, mesure.ecart) == (
        8,
        10,
        80,
        True,
        0,
    )


def test_over_zero_there_is_a_reason_and_no_value():
    mesure = mesurer(indicateur(UN | {"objectif": 80}), donnees(0, 0))
    assert (mesure.k, mesure.n, mesure.valeur, mesure.atteint) == (0, 0, None, None)
    assert mesure.motif == "Pas de résultat\u00a0: la base est de 0\u00a0acteur."


def test_a_small_base_gets_no_percentage():
    mesure = mesurer(indicateur(UN), donnees(7, 2))
    assert (mesure.k, mesure.n, mesure.valeur) == (7, 9, None)
    assert "moins de 10" in mesure.motif


def test_rounding_never_reaches_a_target():
    """199 of 250 is 79.6 %, shown as 80 %."""
    mesure = mesurer(indicateur(UN | {"objectif": 80}), donnees(199, 51))
    assert (mesure.valeur, mesure.atteint) == (80, False)


def test_a_target_may_be_a_ceiling():
    au_plus = indicateur(UN | {"objectif": 80, "sens": "au_plus"})
    assert mesurer(au_plus, donnees(8, 2)).atteint is True
    assert mesurer(au_plus, donnees(9, 1)).atteint is False


def test_an_indicator_that_cannot_be_counted_says_why():
    mesure = mesurer(indicateur(UN | {"absent": "Pas encore."}), donnees(8, 2))
    assert (mesure.k, mesure.valeur, mesure.motif) == (None, None, "Pas encore.")


def test_an_interval_only_when_asked_for():
    assert mesurer(indicateur(UN), donnees(8, 2)).intervalle is None
    assert mesurer(indicateur(UN | {"intervalle": "wilson"}), donnees(8, 2)).intervalle == (49, 94)


def test_the_mean_of_rates_weighs_territoires_alike():
    lignes = [{"territoire": 1, "rencontre": True}] * 90
    lignes += [{"territoire": 1, "rencontre": False}] * 10
    lignes += [{"territoire": 2, "rencontre": False}] * 10
    deux = Donnees({"territoires": [{"territoire": 1}, {"territoire": 2}], "acteurs": lignes})
    assert mesurer(indicateur(UN), deux).valeur == 82
    assert moyenne_des_taux(indicateur(UN), deux) == (45, 2)
