"""Who was not heard: both bases, or nothing."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from analyses.actions.clotures import publier_releve
from analyses.mesures import Entendu, entendus, perimetre_du_programme, perimetre_du_territoire
from enquetes.actions.collectes import arreter_releve
from tests import builders
from tests.integration.analyses.registres.scenes import (
    importer,
    un_membre,
    un_programme,
    une_coordination,
    une_region,
)
from tests.integration.analyses.registres.test_personnes import POUVOIR, effectif, reponses

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


def une_collecte_de_la_region(*groupes: tuple[str, int]) -> None:
    """Publish a collecte of the région, with so many answers in a structure of each commune."""
    par = une_coordination()
    collecte = builders.une_collecte_ouverte(
        par=par, territoire=une_region(), version=builders.une_version(POUVOIR), nom="region"
    )
    for code, nombre in groupes:
        maison = builders.une_structure(un_membre(code), f"Maison {code}")
        for reponse in "1234":
            builders.des_passations(
                collecte,
                nombre // 4,
                structure=maison,
                territoire=maison.territoire,
                reponses={"po1": reponse},
            )
    releve = arreter_releve(collecte=collecte, par=par)
    publier_releve(releve_id=releve.pk, par=par)


def test_a_collecte_above_the_units_is_told_unit_by_unit(client):
    """Of the units whose row is displayed alone: a small one, merged or hidden, is never told."""
    programme = un_programme(4)
    for n in range(4):
        importer("effectifs", effectif(f"{59001 + n}", 400, 100, 50))
    une_collecte_de_la_region(("59001", 80), ("59002", 60), ("59003", 4), ("59004", 100))
    dits = entendus(perimetre_du_programme(programme))
    assert {(d.territoire, d.reponses, d.accompagnees) for d in dits} <= {
        ("Commune 59001", 80, 400),
        ("Commune 59002", 60, 400),
        ("Commune 59004", 100, 400),
    }
    assert dits
    assert not {4, 64, 84, 104} & {d.reponses for d in dits}
    client.force_login(une_coordination())
    mots = client.get(reverse("analyses:bilan_word_programme", args=["essai"])).content
    texte = ZipFile(BytesIO(mots)).read("word/document.xml").decode()
    assert "Qui n’a pas été entendu" in texte
    assert dits[0].part in texte


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
