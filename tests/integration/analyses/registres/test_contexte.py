"""Figures of context: never without year, place and source; shown on every dashboard they are about."""

import pytest
from django.urls import reverse

from analyses.actions.registres import ImportRefuse
from analyses.mesures import perimetre_du_programme, perimetre_du_territoire, reperes_de
from analyses.models import Contexte
from tests.integration.analyses.registres.scenes import (
    importer,
    un_membre,
    un_programme,
    une_coordination,
    une_region,
)
from tests.pdf import verifier_pdf

pytestmark = pytest.mark.django_db


def repere(**colonnes: str) -> dict[str, str]:
    return {
        "territoire": "32",
        "intitule": "Taux de pauvreté",
        "valeur": "17,2 %",
        "annee": "2021",
        "perimetre": "Région",
        "origine": "Insee, Filosofi",
    } | colonnes


def test_the_latest_of_each_is_shown_with_its_source_where_it_is_about(client):
    programme = un_programme(2)
    importer(
        "contexte",
        repere(),
        repere(annee="2019", valeur="18 %"),
        repere(territoire="59001", perimetre="Commune 59001", valeur="21 %"),
    )
    du_programme = [r.valeur for r in reperes_de(perimetre_du_programme(programme))]
    assert du_programme == ["17,2 %", "21 %"]
    assert [r.valeur for r in reperes_de(perimetre_du_territoire(un_membre("59002")))] == [
        "17,2 %"
    ]
    client.force_login(une_coordination())
    page = client.get(reverse("analyses:programme", args=["essai"])).content.decode()
    for mot in ("Le contexte", "17,2 %", "2021", "Insee, Filosofi"):
        assert mot in page
    pdf = client.get(reverse("analyses:bilan_pdf_programme", args=["essai"])).content
    verifier_pdf(pdf)


@pytest.mark.parametrize(
    ("colonne", "valeur"),
    [("annee", ""), ("annee", "21"), ("origine", ""), ("perimetre", ""), ("valeur", "")],
)
def test_a_figure_without_its_year_its_place_or_its_source_is_refused(colonne, valeur):
    une_region()
    with pytest.raises(ImportRefuse) as refus:
        importer("contexte", repere(**{colonne: valeur}))
    assert [d.colonne for d in refus.value.defauts] == [colonne]
    assert Contexte.objects.count() == 0
