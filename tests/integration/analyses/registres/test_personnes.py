"""Figures about persons leave protected: by themselves, and by subtraction."""

import pytest

from analyses.actions.clotures import publier_releve
from analyses.actions.referent import abaisser_profil
from analyses.mesures import perimetre_du_programme, perimetre_du_territoire
from analyses.models import Programme
from enquetes.actions.collectes import arreter_releve
from tests import builders
from tests.integration.analyses.registres.scenes import (
    importer,
    mesure,
    un_membre,
    un_programme,
    une_coordination,
    une_region,
)
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


def effectif(code: str, accompagnees: int, engagees: int, regulieres: int = 0) -> dict[str, str]:
    return {
        "territoire": code,
        "du": "2024-01-01",
        "au": "2024-12-31",
        "accompagnees": str(accompagnees),
        "engagees": str(engagees),
        "regulieres": str(regulieres),
        "origine": "essai",
    }


def test_a_large_group_has_its_figures():
    programme = un_programme(2)
    importer("effectifs", effectif("59001", 200, 60), effectif("59002", 100, 40))
    portee = mesure(perimetre_du_programme(programme), "P06")
    assert (portee.k, portee.n, portee.valeur) == (100, 300, 33)
    assert portee.intervalle == (28, 39)
    assert mesure(perimetre_du_programme(programme), "P05").k == 100


@pytest.mark.parametrize(
    ("accompagnees", "engagees"), [(9, 4), (200, 7), (200, 195), (200, 0), (200, 200)]
)
def test_a_small_group_or_a_small_rest_is_hidden(accompagnees, engagees):
    programme = un_programme(1)
    importer("effectifs", effectif("59001", accompagnees, engagees))
    portee = mesure(perimetre_du_programme(programme), "P06")
    assert (portee.k, portee.valeur, portee.intervalle) == (None, None, None)
    assert "Masqué" in portee.motif


def test_few_persons_are_not_even_counted():
    programme = un_programme(1)
    importer("effectifs", effectif("59001", 200, 7))
    engagees = mesure(perimetre_du_programme(programme), "P05")
    assert engagees.k is None
    assert "réponse" not in engagees.motif  # nobody answers a register


def test_nothing_written_is_not_hidden():
    engagees = mesure(perimetre_du_programme(un_programme(1)), "P06")
    assert "Rien n’est encore saisi" in engagees.motif


def test_what_is_hidden_in_one_territoire_is_not_found_by_subtraction():
    """Programme 107, first territoire 100: the second would be 7."""
    un_programme(2)
    importer("effectifs", effectif("59001", 200, 100), effectif("59002", 200, 7))
    entier = mesure(perimetre_du_programme(Programme.nomme("essai")), "P06")
    premier = mesure(perimetre_du_territoire(un_membre("59001")), "P06")
    second = mesure(perimetre_du_territoire(un_membre("59002")), "P06")
    assert second.k is None
    assert entier.k is None or premier.k is None


def test_a_territoire_that_stands_alone_in_its_programme_has_its_figure():
    un_programme(3)
    importer(
        "effectifs",
        effectif("59001", 200, 100),
        effectif("59002", 200, 90),
        effectif("59003", 200, 80),
    )
    assert mesure(perimetre_du_territoire(un_membre("59001")), "P06").k == 100
    assert mesure(perimetre_du_territoire(une_region()), "P06").k == 270


def test_only_the_latest_count_of_each_territoire_is_added():
    programme = un_programme(1)
    ancien = effectif("59001", 500, 400) | {"du": "2023-01-01", "au": "2023-12-31"}
    importer("effectifs", ancien, effectif("59001", 200, 100))
    assert mesure(perimetre_du_programme(programme), "P06").n == 200


POUVOIR = builders.UNE_DEFINITION | {
    "code": "pouvoir",
    "pages": [
        {
            "code": "ecoute",
            "questions": [{"code": "po1", "type": "accord", "texte": {"fr": "On vous écoute."}}],
        }
    ],
}


def reponses(*nombres: int, publier: bool = True, abaissee: bool = False) -> None:
    """Let so many persons give each answer, from « pas du tout » to « tout à fait »."""
    par = une_coordination()
    collecte = builders.une_collecte_ouverte(
        par=par, territoire=un_membre(), version=builders.une_version(POUVOIR)
    )
    if abaissee:
        referent = builders.un_compte(Role.REFERENT, une_region(), email="referent@exemple.fr")
        abaisser_profil(collecte=collecte, question="po1", raison="Essai.", par=referent)
    for code, nombre in enumerate(nombres, start=1):
        builders.des_passations(collecte, nombre, reponses={"po1": str(code)})
    releve = arreter_releve(collecte=collecte, par=par)
    if publier:
        publier_releve(releve_id=releve.pk, par=par)


@pytest.mark.parametrize("nombres", [(30, 40, 50, 60), (20, 0, 0, 30), (11, 12, 200, 90)])
def test_answers_are_read_from_what_a_closing_displays(nombres):
    """The exact share, or a range that holds it: never more than the displayed table says."""
    programme = un_programme(1)
    reponses(*nombres)
    ecoute = mesure(perimetre_du_programme(programme), "P13")
    vraie = 100 * sum(nombres[2:]) / sum(nombres)
    if ecoute.k is None:
        assert "masqué" in ecoute.motif.lower()
        assert ecoute.valeur is None
        assert ecoute.entre is None or ecoute.entre[0] <= vraie <= ecoute.entre[1]
    else:
        assert abs(ecoute.valeur - vraie) <= 0.5


def test_a_range_is_said_when_the_exact_share_is_hidden():
    programme = un_programme(1)
    reponses(30, 40, 50, 60)
    ecoute = mesure(perimetre_du_programme(programme), "P13")
    assert ecoute.en_json()["valeur"] is None
    assert ecoute.en_json()["entre"] is not None
    assert ecoute.motif.startswith("Entre ")


def test_nothing_is_told_before_a_closing():
    programme = un_programme(1)
    reponses(30, 40, 50, 60, publier=False)
    assert "Rien n’est encore saisi" in mesure(perimetre_du_programme(programme), "P13").motif


@pytest.mark.parametrize("abaissee", [False, True])
def test_an_indicator_reads_no_figure_of_an_inner_circle(abaissee):
    """A notice board shows indicators: what has the thresholds of an inner circle is not there."""
    programme = un_programme(1)
    reponses(12, 3, 20, 25, abaissee=abaissee)
    ecoute = mesure(perimetre_du_programme(programme), "P13")
    assert (ecoute.k, ecoute.valeur) == (None, None)
    assert (ecoute.entre is None) == abaissee
