"""Who was not heard: both bases, or nothing."""

import pytest
from django.urls import reverse

from analyses.mesures import Entendu, entendus, perimetre_du_programme, perimetre_du_territoire
from tests.integration.analyses.registres.scenes import (
    importer,
    un_membre,
    un_programme,
    une_coordination,
)
from tests.integration.analyses.registres.test_personnes import effectif, reponses

pytestmark = pytest.mark.django_db


def test_answers_are_set_against_the_caseload_of_their_place(client):
    programme = un_programme(2)
    importer("effectifs", effectif("59001", 400, 100, 50), effectif("59002", 300, 100, 50))
    reponses(30, 40, 50, 60)
    (dit,) = entendus(perimetre_du_programme(programme))
    assert (dit.reponses, dit.accompagnees, dit.part) == (180, 400, "45\u00a0%")
    assert entendus(perimetre_du_territoire(un_membre())) == [dit]
    assert entendus(perimetre_du_territoire(un_membre("59002"))) == []
    client.force_login(une_coordination())
    page = client.get(reverse("analyses:programme", args=["essai"])).content.decode()
    assert "Qui n’a pas été entendu" in page
    assert "45\u00a0%" in page


@pytest.mark.parametrize("accompagnees", [None, 9])
def test_nothing_is_said_without_a_caseload_that_may_be_told(accompagnees):
    programme = un_programme(1)
    if accompagnees:
        importer("effectifs", effectif("59001", accompagnees, 5, 1))
    reponses(30, 40, 50, 60)
    assert entendus(perimetre_du_programme(programme)) == []


def test_nothing_is_said_before_a_closing():
    programme = un_programme(1)
    importer("effectifs", effectif("59001", 400, 100, 50))
    reponses(30, 40, 50, 60, publier=False)
    assert entendus(perimetre_du_programme(programme)) == []


@pytest.mark.parametrize(
    ("dites", "sur", "part"),
    [(180, 400, "45\u00a0%"), (190, 200, "presque toutes"), (189, 200, "94\u00a0%"), (200, 200, "presque toutes")],
)  # fmt: skip
def test_the_few_who_are_left_are_not_counted(dites, sur, part):
    assert Entendu("C", "T", dites, sur).part == part


def test_more_answers_than_persons_is_a_register_to_check():
    assert "vérifiez le registre" in Entendu("C", "T", 210, 200).part
